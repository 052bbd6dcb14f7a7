import { Entity } from 'typeorm'
import type { ApplicationId } from '../application/applications.js'
import { Flag, Id, Integer, Reference, Text, Timestamp } from '../db/columns.js'
import type { DeliveryOutcome, PostFailure } from './delivery-terms.js'

/** One event for one endpoint: what is left to do about it, and how the last attempt went. */
@Entity('webhook_deliveries')
export class WebhookDeliveryEntity {
  @Id()
  id: string

  @Reference()
  endpointId: string

  /** What the receiver knows it by, the same at each attempt (S-109). */
  @Text()
  eventId: string

  /** Of the event among all events; null for a test. */
  @Integer({ nullable: true })
  position: number | null

  @Text()
  type: string

  @Flag()
  isTest: boolean

  @Reference({ nullable: true })
  companyId: string | null

  @Text({ nullable: true })
  applicationId: ApplicationId | null

  @Reference({ nullable: true })
  authorizationId: string | null

  @Timestamp()
  createdAt: Date

  @Integer()
  attempts: number

  /** When to try next; null once nothing is left to do. */
  @Timestamp({ nullable: true })
  dueAt: Date | null

  /** A process is at it; if it is killed, another may begin then. */
  @Timestamp({ nullable: true })
  claimedUntil: Date | null

  @Timestamp({ nullable: true })
  lastTriedAt: Date | null

  /** What the receiver answered last; of its answer nothing else is kept. */
  @Integer({ nullable: true })
  statusCode: number | null

  @Text({ nullable: true })
  failure: PostFailure | null

  @Text({ nullable: true })
  outcome: DeliveryOutcome | null
}
