import { Entity } from 'typeorm'
import type { ApplicationId } from '../application/applications.js'
import { Id, Integer, Reference, Text, Timestamp } from '../db/columns.js'
import type { TokenCause } from '../vault/token-history.entity.js'

/** STORED, or SUPERSEDED by a pair that came first; REFUSED by UPS; NOT_ACTED: surely without effect; LOST in rotation. */
export type AttemptOutcome = 'STORED' | 'SUPERSEDED' | 'REFUSED' | 'NOT_ACTED' | 'LOST'

/**
 * The durable intent: written before UPS is asked (S-24), settled with what came of it. Unsettled, with the lease of its
 * owner lapsed, it is in doubt: UPS may have rotated the refresh token of this generation without our knowing the new one.
 */
@Entity('refresh_attempts')
export class RefreshAttemptEntity {
  @Id()
  id: string

  @Reference()
  authorizationId: string

  @Text()
  applicationId: ApplicationId

  /** Of the pair whose refresh token was sent. */
  @Integer()
  generation: number

  @Text()
  cause: TokenCause

  @Text()
  owner: string

  @Timestamp()
  startedAt: Date

  @Timestamp({ nullable: true })
  settledAt: Date | null

  @Text({ nullable: true })
  outcome: AttemptOutcome | null
}
