import { IsNull, type EntityManager } from 'typeorm'
import type { Secret } from '@optin-hub/oauth-client'
import { AuthorizationEntity } from '../authorization/authorization.entity.js'
import { ownerOf, type AuthorizationService } from '../authorization/authorization.service.js'
import type { InvalidReason } from '../authorization/authorization-state.js'
import { isAhead, type Clock } from '../clock.js'
import { newId } from '../db/new-id.js'
import type { Database } from '../db/transaction.js'
import type { TokenCause } from '../vault/token-history.entity.js'
import type { TokenSetEntity } from '../vault/token-set.entity.js'
import type { VaultService } from '../vault/vault.service.js'
import type { ApplicationHealthService } from './application-health.service.js'
import { RefreshAttemptEntity } from './refresh-attempt.entity.js'
import { isActive, longestWaitMs, planRefresh } from './refresh-policy.js'

/** A killed owner is replaced after this; a living one renews, so that a slow UPS is waited for. */
const leaseMs = 20_000
const renewEveryMs = 5_000
/** After a time in which nobody could write, owners get so long to renew or to settle before they count as gone. */
const afterStallMs = 10_000
/** Callers cannot make one authorization ask UPS more often than this (S-153). */
const askedAtMostEveryMs = 60_000

interface Surroundings {
  database: Database
  clock: Clock
  random: () => number
  /** This process. */
  owner: string
  authorizations: AuthorizationService
  vault: VaultService
  health: ApplicationHealthService
}

export interface RefreshRequest {
  authorizationId: string
  cause: TokenCause
  /** What the caller saw; if another generation is there by now, somebody else has refreshed. */
  seenGeneration?: number
}

/** What may be sent, and the durable record that it will be. */
export interface Intent {
  attempt: RefreshAttemptEntity
  authorization: AuthorizationEntity
  tokens: TokenSetEntity
  refreshToken: Secret
  /** What a refusal would mean: after an earlier attempt without a known outcome, that the pair was lost. */
  invalidReason: InvalidReason
}

export type Taken = { intent: Intent } | { result: 'NOT_DUE' | 'PAUSED' } | { heldElsewhere: true }

/** One process asks for one authorization at a time: a lease in its row, and an intent that outlives the process (S-23, S-24). */
export class RefreshLease {
  constructor(private readonly on: Surroundings) {}

  /** Lease and intent in one transaction, after reading again what is there now. */
  take(request: RefreshRequest): Promise<Taken> {
    return this.on.database.inTransaction(async (manager) => {
      const authorization = await this.on.authorizations.hold(manager, request.authorizationId)
      const tokens = authorization && (await this.on.vault.find(manager, authorization.id))
      if (!authorization || !tokens || authorization.status !== 'AUTHORIZED') return { result: 'NOT_DUE' }
      const now = this.on.clock()
      if (isAhead(authorization.leaseUntil, now, leaseMs)) return { heldElsewhere: true }
      const { id: authorizationId, applicationId, generation } = authorization
      const unsettled = { authorizationId, generation, settledAt: IsNull() }
      const isInDoubt = await manager.existsBy(RefreshAttemptEntity, unsettled)
      if (isInDoubt && this.on.database.msSinceStall() < afterStallMs) return { heldElsewhere: true }
      if (mustWait(authorization, request.cause, now)) return { result: 'NOT_DUE' }
      if (!isInDoubt && !(await this.#isDue(manager, { authorization, tokens }, request)))
        return { result: 'NOT_DUE' }
      // A person who asks is a probe of their own; everybody else heeds the pause.
      if (request.cause !== 'BY_HAND' && !(await this.on.health.mayAsk(manager, applicationId)))
        return { result: 'PAUSED' }

      const hasExpired = tokens.refreshExpiresAt <= now
      const refreshToken = this.on.vault.openRefreshToken(ownerOf(authorization), tokens)
      const cause = causeOf(request, authorization, now)
      const attempt = {
        id: newId(now),
        authorizationId,
        applicationId,
        generation,
        cause,
        owner: this.on.owner,
        startedAt: now,
      }
      await manager.insert(RefreshAttemptEntity, attempt)
      await manager.update(
        AuthorizationEntity,
        { id: authorizationId },
        { leaseOwner: this.on.owner, leaseUntil: new Date(now.getTime() + leaseMs) },
      )
      return {
        intent: {
          attempt: { ...attempt, settledAt: null, outcome: null },
          authorization,
          tokens,
          refreshToken,
          // Our clock may be wrong: only UPS can say that it is over.
          invalidReason: isInDoubt
            ? 'LOST_IN_ROTATION'
            : hasExpired
              ? 'REFRESH_TOKEN_EXPIRED'
              : 'REFUSED_BY_UPS',
        },
      }
    })
  }

  /** Keeps the lease while `work` runs. A failed renewal is no reason to stop: what was sent must be heard out (S-28). */
  async renewedDuring<T>(authorizationId: string, work: () => Promise<T>): Promise<T> {
    const timer = setInterval(() => void this.#renew(authorizationId).catch(() => undefined), renewEveryMs)
    try {
      return await work()
    } finally {
      clearInterval(timer)
    }
  }

  /**
   * Asked just before sending. A process that stood still between intent and sending may have been replaced, and the
   * token in its hands be spent: it lets go of the intent, with which nothing was done.
   */
  async isStillOurs({ attempt }: Intent): Promise<boolean> {
    const age = this.on.clock().getTime() - attempt.startedAt.getTime()
    if (age >= 0 && age < renewEveryMs) return true
    return this.on.database.inTransaction(async (manager) => {
      const authorization = await this.on.authorizations.hold(manager, attempt.authorizationId)
      const now = this.on.clock()
      const isOurs = authorization?.leaseOwner === this.on.owner && (authorization.leaseUntil ?? now) > now
      if (isOurs && authorization.generation === attempt.generation) return true
      await manager.update(RefreshAttemptEntity, { id: attempt.id }, { settledAt: now, outcome: 'NOT_ACTED' })
      return false
    })
  }

  async #isDue(
    manager: EntityManager,
    held: { authorization: AuthorizationEntity; tokens: TokenSetEntity },
    { cause, seenGeneration }: RefreshRequest,
  ): Promise<boolean> {
    const { authorization, tokens } = held
    const now = this.on.clock()
    if (cause === 'BY_HAND') return true
    if (cause === 'ON_DEMAND') {
      const isYoung = now.getTime() - tokens.issuedAt.getTime() < askedAtMostEveryMs && tokens.expiresAt > now
      return authorization.generation === seenGeneration && !isYoung
    }
    if (!authorization.nextRefreshAt || authorization.nextRefreshAt > now) return false
    if (authorization.problemSince) return true
    // It may have become idle since it was planned: then UPS is not asked, and it is planned anew.
    const plan = planRefresh(
      { ...tokens, lastHandedOutAt: authorization.lastHandedOutAt },
      now,
      this.on.random(),
    )
    if (plan.nextRefreshAt <= now) return true
    const { nextRefreshAt, urgentAt } = plan
    await manager.update(
      AuthorizationEntity,
      { id: authorization.id },
      { nextRefreshAt, urgentAt, claimedUntil: null },
    )
    return false
  }

  async #renew(authorizationId: string): Promise<void> {
    const leaseUntil = new Date(this.on.clock().getTime() + leaseMs)
    await this.on.database.inTransaction((manager) =>
      manager.update(AuthorizationEntity, { id: authorizationId, leaseOwner: this.on.owner }, { leaseUntil }),
    )
  }
}

/** After a failure of its own an authorization waits, whoever asks; only a person may ask at once. */
function mustWait(authorization: AuthorizationEntity, cause: TokenCause, now: Date): boolean {
  const { problemSince, nextRefreshAt } = authorization
  return cause !== 'BY_HAND' && problemSince !== null && isAhead(nextRefreshAt, now, longestWaitMs)
}

/** The sweep refreshes what is active ahead of expiry, and what is idle to keep it alive; the history tells them apart. */
function causeOf({ cause }: RefreshRequest, { lastHandedOutAt }: AuthorizationEntity, now: Date): TokenCause {
  return cause === 'AHEAD_OF_EXPIRY' && !isActive(lastHandedOutAt, now) ? 'KEEP_ALIVE' : cause
}
