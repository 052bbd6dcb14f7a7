import { Entity } from 'typeorm'
import { Id, Integer, Json, Reference, SealedText, Text, Timestamp } from '../db/columns.js'
import type { EventType } from '../event/event-types.js'
import type { SealContext, Sealed } from '../seal.js'

export type DisabledReason = 'GONE' | 'FAILING'

/** Where an API client is told of events. Its secrets come in and never go out again: people see the last four characters. */
@Entity('webhook_endpoints')
export class WebhookEndpointEntity {
  @Id()
  id: string

  @Reference()
  clientId: string

  @Text()
  url: string

  /** null: of all. */
  @Json({ nullable: true })
  eventTypes: readonly EventType[] | null

  @SealedText()
  secret: Sealed

  @Text()
  secretLastFour: string

  /** +1 with each new secret, so that a former one does not open in its place. */
  @Integer()
  secretGeneration: number

  @Timestamp()
  secretSetAt: Date

  /** Signs beside the secret until its time is over (S-110). */
  @SealedText({ nullable: true })
  formerSecret: Sealed | null

  @Timestamp({ nullable: true })
  formerSecretUntil: Date | null

  @Timestamp()
  createdAt: Date

  @Timestamp({ nullable: true })
  pausedAt: Date | null

  /** By the hub itself: the receiver said that it is gone, or took nothing for days. */
  @Timestamp({ nullable: true })
  disabledAt: Date | null

  @Text({ nullable: true })
  disabledReason: DisabledReason | null

  /** One after the other; 0 after a success. */
  @Integer()
  failures: number

  @Timestamp({ nullable: true })
  failingSince: Date | null

  /** Nothing is tried before, so that a dead receiver costs the others next to nothing. */
  @Timestamp({ nullable: true })
  restUntil: Date | null

  @Timestamp({ nullable: true })
  lastTriedAt: Date | null

  @Timestamp({ nullable: true })
  lastDeliveredAt: Date | null
}

type Place = Pick<WebhookEndpointEntity, 'id' | 'secretGeneration'>

const place = (column: string, rowId: string, generation: number): SealContext => ({
  table: 'webhook_endpoints',
  rowId,
  column,
  companyId: null,
  application: null,
  generation,
})

export const secretContext = ({ id, secretGeneration }: Place): SealContext =>
  place('secret', id, secretGeneration)

export const formerSecretContext = ({ id, secretGeneration }: Place): SealContext =>
  place('formerSecret', id, secretGeneration)
