import { Entity } from 'typeorm'
import type { ApplicationId } from '../application/applications.js'
import { CountedId, Integer, Reference, Text, Timestamp } from '../db/columns.js'
import type { EventType } from './event-types.js'

/** A change of an authorization that others are told of; written in the transaction of the change (S-117). */
@Entity('authorization_events')
export class AuthorizationEventEntity {
  /** Given when the row is written, while its authorization is held: of one authorization, in the order of what happened. */
  @CountedId()
  number: number

  /** By which the outside knows it, however often it is told. */
  @Text()
  id: string

  /** Its place among all that are committed, without a gap; null until `EventService.number` has given it one. */
  @Integer({ nullable: true })
  position: number | null

  @Text()
  type: EventType

  @Reference()
  companyId: string

  @Text()
  applicationId: ApplicationId

  @Reference()
  authorizationId: string

  @Text()
  vaultKey: string

  /** As it was from then on. */
  @Text()
  status: string

  @Integer()
  generation: number

  @Text({ nullable: true })
  endReason: string | null

  /** Until when it could be renewed without a person; null where it is over. */
  @Timestamp({ nullable: true })
  refreshExpiresAt: Date | null

  @Timestamp()
  at: Date
}
