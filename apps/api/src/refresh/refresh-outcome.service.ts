import type { OAuthError, OAuthErrorCode } from '@optin-hub/oauth-client'
import { IsNull, type EntityManager } from 'typeorm'
import type { AuditService } from '../audit/audit.service.js'
import { AuthorizationEntity } from '../authorization/authorization.entity.js'
import { leaseEnded, noProblem, type AuthorizationService } from '../authorization/authorization.service.js'
import type { InvalidReason } from '../authorization/authorization-state.js'
import type { ChangeService } from '../change/change.service.js'
import type { Clock } from '../clock.js'
import type { RequestContext } from '../context.js'
import type { Database } from '../db/transaction.js'
import type { EventService } from '../event/event.service.js'
import type { Tally } from '../tally.js'
import type { SealedTokens, VaultService } from '../vault/vault.service.js'
import type { ApplicationHealthService } from './application-health.service.js'
import { RefreshAttemptEntity, type AttemptOutcome } from './refresh-attempt.entity.js'
import { nextAttemptAt, planRefresh } from './refresh-policy.js'

export type RefreshResult = 'REFRESHED' | 'FAILED' | 'NOT_DUE' | 'PAUSED' | 'ELSEWHERE'

interface Surroundings {
  database: Database
  clock: Clock
  random: () => number
  authorizations: AuthorizationService
  vault: VaultService
  audit: AuditService
  health: ApplicationHealthService
  changes: ChangeService
  events: EventService
  tally: Tally
  /** In the transaction that saves what was given up; as it was when that was told. */
  onRecovered: (manager: EntityManager, authorization: AuthorizationEntity) => Promise<void>
}

type Attempt = Pick<
  RefreshAttemptEntity,
  'id' | 'authorizationId' | 'applicationId' | 'generation' | 'startedAt'
>

/** What an answer of UPS changes: each is one transaction, and loses to whatever changed the authorization first (S-22). */
export class RefreshOutcome {
  constructor(private readonly on: Surroundings) {}

  /** Who wanted it. What UPS answers is recorded as the hub's own work: others may have asked for the same attempt. */
  asked({ viewer, requestId }: RequestContext, authorization: AuthorizationEntity): Promise<void> {
    const { companyId, applicationId } = authorization
    const record = { actorId: viewer?.userId ?? null, companyId, applicationId, requestId }
    return this.on.database.inTransaction((manager) =>
      this.on.audit.record(manager, { name: 'authorization.refresh_requested', ...record }),
    )
  }

  /**
   * The new pair, by compare-and-swap on the generation. Heals an authorization that was given up as lost in rotation
   * while this answer was on its way: no newer generation exists then.
   */
  async store(attempt: Attempt, sealed: SealedTokens): Promise<RefreshResult> {
    const result = await this.on.database.inTransaction(async (manager): Promise<RefreshResult> => {
      const authorization = await this.on.authorizations.hold(manager, attempt.authorizationId)
      const wasLost =
        authorization?.endReason === 'LOST_IN_ROTATION' && authorization.status === 'REAUTHORIZATION_REQUIRED'
      const isSame = authorization?.generation === attempt.generation
      if (!authorization || !isSame || !(authorization.status === 'AUTHORIZED' || wasLost)) {
        await this.#tellWhatUpsMayHonour(manager, authorization, sealed.row.expiresAt)
        return this.#drop(manager, attempt)
      }
      const { generation } = sealed.row
      await this.on.vault.put(manager, sealed)
      const life = { ...sealed.row, lastHandedOutAt: authorization.lastHandedOutAt }
      const { nextRefreshAt, urgentAt } = planRefresh(life, this.on.clock(), this.on.random())
      const healed = wasLost ? { status: 'AUTHORIZED' as const, endedAt: null, endReason: null } : {}
      const changes = { generation, nextRefreshAt, urgentAt, ...noProblem, ...leaseEnded, ...healed }
      await manager.update(AuthorizationEntity, { id: authorization.id }, changes)
      const standing = { ...authorization, ...changes }
      await this.on.changes.note(manager, standing)
      const { refreshExpiresAt } = sealed.row
      if (wasLost || authorization.atRiskSince)
        await this.on.events.note(manager, standing, { type: 'authorization.recovered', refreshExpiresAt })
      if (wasLost) await this.on.onRecovered(manager, authorization)
      await this.#settle(manager, attempt, 'STORED')
      await this.#settleEarlier(manager, attempt, 'SUPERSEDED')
      await this.on.health.worked(manager, attempt.applicationId)
      await this.#record(manager, authorization, {
        name: wasLost ? 'authorization.recovered' : 'authorization.refreshed',
        details: { generation, cause: sealed.cause },
      })
      return 'REFRESHED'
    })
    this.#count(attempt, result === 'REFRESHED' ? 'renewed' : 'dropped')
    return result
  }

  /** UPS refuses the refresh token: over at once, with one audit event (S-31, S-33). */
  refused(attempt: Attempt, reason: InvalidReason): Promise<RefreshResult> {
    this.#count(attempt, reason.toLowerCase())
    return this.on.database.inTransaction(async (manager) => {
      const authorization = await this.#unchanged(manager, attempt)
      // A refusal is an answer: UPS serves this application.
      await this.on.health.worked(manager, attempt.applicationId)
      if (!authorization) return this.#drop(manager, attempt)
      await this.on.authorizations.markInvalid(manager, authorization, reason)
      await manager.update(AuthorizationEntity, { id: authorization.id }, leaseEnded)
      await this.#settle(manager, attempt, reason === 'LOST_IN_ROTATION' ? 'LOST' : 'REFUSED')
      await this.#settleEarlier(manager, attempt, 'LOST')
      return 'FAILED'
    })
  }

  /** UPS surely did not act, or may have (then the intent stays unsettled). The grant stands; no token column is written (S-32). */
  failed(attempt: Attempt, error: OAuthError): Promise<RefreshResult> {
    this.#count(attempt, error.failure)
    return this.on.database.inTransaction(async (manager) => {
      const isOutage = await this.on.health.failed(manager, attempt, error)
      if (error.failure !== 'unknown-outcome') await this.#settle(manager, attempt, 'NOT_ACTED')
      return this.#noteProblem(manager, attempt, { code: error.code, isOutage })
    })
  }

  /** A damaged row or a missing key: flagged, and no other authorization waits for it (S-51). */
  unreadable(attempt: Pick<Attempt, 'authorizationId' | 'generation'>): Promise<RefreshResult> {
    return this.on.database.inTransaction((manager) =>
      this.#noteProblem(manager, attempt, { code: 'TOKENS_UNREADABLE', isOutage: false }),
    )
  }

  /** Outside the transaction, which may be tried more than once. */
  #count({ applicationId }: Attempt, outcome: string): void {
    this.on.tally.add('refreshes', { application: applicationId, outcome })
  }

  async #noteProblem(
    manager: EntityManager,
    attempt: Pick<Attempt, 'authorizationId' | 'generation'>,
    { code, isOutage }: { code: OAuthErrorCode | 'TOKENS_UNREADABLE'; isOutage: boolean },
  ): Promise<RefreshResult> {
    const authorization = await this.#unchanged(manager, attempt)
    if (!authorization) return 'NOT_DUE'
    const now = this.on.clock()
    const attempts = authorization.problemAttempts + 1
    await manager.update(
      AuthorizationEntity,
      { id: authorization.id },
      {
        problemSince: authorization.problemSince ?? now,
        problemAttempts: attempts,
        problemCode: code,
        nextRefreshAt: nextAttemptAt(now, { attempts, isOutage }, this.on.random()),
        ...leaseEnded,
      },
    )
    await this.on.changes.note(manager, authorization)
    if (!authorization.problemSince) {
      await this.#record(manager, authorization, { name: 'authorization.refresh_failed', details: { code } })
    }
    return 'FAILED'
  }

  async #unchanged(
    manager: EntityManager,
    attempt: Pick<Attempt, 'authorizationId' | 'generation'>,
  ): Promise<AuthorizationEntity | null> {
    const authorization = await this.on.authorizations.hold(manager, attempt.authorizationId)
    const isSame = authorization?.status === 'AUTHORIZED' && authorization.generation === attempt.generation
    return isSame ? authorization : null
  }

  /** An opt-out, a new opt-in or another process came first: what UPS answered is of no use to anybody. */
  async #drop(manager: EntityManager, attempt: Attempt): Promise<RefreshResult> {
    const known = await manager.findOneBy(RefreshAttemptEntity, { id: attempt.id })
    // The commit had worked, and only the news of it was lost (S-144).
    if (known?.outcome === 'STORED') return 'REFRESHED'
    if (known?.outcome === 'REFUSED' || known?.outcome === 'LOST') return 'FAILED'
    await this.#settle(manager, attempt, 'SUPERSEDED')
    await this.on.audit.record(manager, {
      name: 'authorization.refresh_dropped',
      applicationId: attempt.applicationId,
      details: { authorizationId: attempt.authorizationId, generation: attempt.generation },
    })
    return 'NOT_DUE'
  }

  /** Opted out while UPS answered: the access token that nobody will see lives on there, and the page says until when. */
  async #tellWhatUpsMayHonour(
    manager: EntityManager,
    authorization: AuthorizationEntity | null,
    expiresAt: Date,
  ): Promise<void> {
    if (authorization?.status !== 'NOT_AUTHORIZED') return
    const { id, upsMayHonourUntil } = authorization
    if (upsMayHonourUntil && upsMayHonourUntil >= expiresAt) return
    await manager.update(AuthorizationEntity, { id }, { upsMayHonourUntil: expiresAt })
  }

  async #settle(manager: EntityManager, { id }: Attempt, outcome: AttemptOutcome): Promise<void> {
    await manager.update(RefreshAttemptEntity, { id }, { settledAt: this.on.clock(), outcome })
  }

  /** Attempts with the same token that were in doubt until now. */
  async #settleEarlier(manager: EntityManager, attempt: Attempt, outcome: AttemptOutcome): Promise<void> {
    const { authorizationId, generation } = attempt
    await manager.update(
      RefreshAttemptEntity,
      { authorizationId, generation, settledAt: IsNull() },
      { settledAt: this.on.clock(), outcome },
    )
  }

  #record(
    manager: EntityManager,
    { companyId, applicationId }: AuthorizationEntity,
    event: Pick<Parameters<AuditService['record']>[1], 'name' | 'details'>,
  ): Promise<void> {
    return this.on.audit.record(manager, { ...event, companyId, applicationId })
  }
}
