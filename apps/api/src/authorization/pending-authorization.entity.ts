import { Entity } from 'typeorm'
import type { ApplicationId } from '../application/applications.js'
import { Id, Reference, SealedText, Text, Timestamp } from '../db/columns.js'
import type { SealContext, Sealed } from '../seal.js'
import type { OptInOutcome } from './opt-in-outcome.js'
import type { ReturnTo } from './return-to.js'

/** One visit to UPS.com: who began it, in which browser session, for whom. Used once (S-2 to S-5). */
@Entity('pending_authorizations')
export class PendingAuthorizationEntity {
  @Id()
  id: string

  /** Keyed hash of `state`; the value itself is never stored. */
  @Text()
  stateHash: string

  @Reference()
  sessionId: string

  @Reference()
  userId: string

  @Reference()
  companyId: string

  @Text()
  applicationId: ApplicationId

  @Reference()
  authorizationId: string

  /** PKCE verifier, where the application uses PKCE. */
  @SealedText({ nullable: true })
  codeVerifier: Sealed | null

  @Text()
  returnTo: ReturnTo

  @Text({ nullable: true })
  upsProfileNote: string | null

  @Timestamp()
  createdAt: Date

  @Timestamp()
  expiresAt: Date

  @Timestamp({ nullable: true })
  consumedAt: Date | null

  /** Set by an opt-out, withdrawal or removal while the person was at UPS.com (S-17). */
  @Timestamp({ nullable: true })
  voidedAt: Date | null

  @Text({ nullable: true })
  outcome: OptInOutcome | null

  @Timestamp({ nullable: true })
  outcomeAt: Date | null
}

/** What a stored PKCE verifier is bound to. */
export function verifierContext(visit: {
  id: string
  companyId: string
  applicationId: string
}): SealContext {
  return {
    table: 'pending_authorizations',
    rowId: visit.id,
    column: 'codeVerifier',
    companyId: visit.companyId,
    application: visit.applicationId,
    generation: null,
  }
}
