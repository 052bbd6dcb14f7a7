import { OAuthError, type OAuthErrorCode, type TokenSet } from '@optin-hub/oauth-client'
import type { EntityManager } from 'typeorm'
import type { ApplicationService } from '../application/application.service.js'
import type { AuditService } from '../audit/audit.service.js'
import { AuthorizationEntity } from '../authorization/authorization.entity.js'
import {
  noProblem,
  ownerOf,
  type AuthorizationKey,
  type AuthorizationService,
} from '../authorization/authorization.service.js'
import type { Clock } from '../clock.js'
import { requireViewer, type RequestContext } from '../context.js'
import { timeUntil } from '../db/columns.js'
import type { Leases } from '../db/lease.js'
import type { Database } from '../db/transaction.js'
import type { Logger } from '../log.js'
import { can } from '../permissions.js'
import { SealError } from '../seal.js'
import type { TokenCause } from '../vault/token-history.entity.js'
import type { TokenSetEntity } from '../vault/token-set.entity.js'
import type { VaultService } from '../vault/vault.service.js'
import { nextAttemptAt, refreshDueAt } from './refresh-policy.js'
import { hasUnknownOutcome } from './refresh-problem.js'
import { refreshErrors } from './refresh.errors.js'

/** Longer than the OAuth client's deadline, so that a lease never lapses while its request is under way. */
const leaseMs = 60_000

interface Surroundings {
  database: Database
  clock: Clock
  random: () => number
  owner: string
  log: Pick<Logger, 'error'>
  leases: Leases
  applications: ApplicationService
  authorizations: AuthorizationService
  vault: VaultService
  audit: AuditService
}

export type RefreshResult = 'REFRESHED' | 'FAILED' | 'NOT_DUE' | 'ELSEWHERE'

interface Held {
  authorization: AuthorizationEntity
  tokens: TokenSetEntity
}

/** One refresh, however many ask: UPS kills a refresh token the moment it is used. */
export class RefreshService {
  readonly #underWay = new Map<string, Promise<RefreshResult>>()

  constructor(private readonly on: Surroundings) {}

  /** An admin's "check now": asks UPS, whatever the token's age. */
  async checkNow(context: RequestContext, key: AuthorizationKey): Promise<AuthorizationEntity> {
    const viewer = requireViewer(context)
    const authorization = await this.on.authorizations.getVisible(context, key)
    if (!can(viewer, 'authorization.check', key.companyId)) throw refreshErrors.REFRESH_NOT_YOURS_TO_ASK()
    if (authorization.status !== 'AUTHORIZED') throw refreshErrors.REFRESH_NEEDS_AUTHORIZATION()
    const result = await this.refresh(authorization.id, 'BY_HAND')
    if (result === 'ELSEWHERE') throw refreshErrors.REFRESH_UNDER_WAY()
    return this.on.authorizations.getVisible(context, key)
  }

  async due(limit: number): Promise<string[]> {
    const rows = await this.on.database.reader.find(AuthorizationEntity, {
      select: { id: true },
      where: { nextRefreshAt: timeUntil(this.on.clock()) },
      order: { nextRefreshAt: 'ASC' },
      take: limit,
    })
    return rows.map(({ id }) => id)
  }

  /** Callers in this process share one attempt; a lease keeps other processes from sending the same token. */
  refresh(id: string, cause: TokenCause): Promise<RefreshResult> {
    const joined = this.#underWay.get(id)
    if (joined) return joined
    const attempt = this.#leased(id, cause).finally(() => this.#underWay.delete(id))
    this.#underWay.set(id, attempt)
    return attempt
  }

  /** Resolves when every attempt of this process has ended; a sent refresh is never cut off. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#underWay.values())
  }

  async #leased(id: string, cause: TokenCause): Promise<RefreshResult> {
    const lease = { name: `refresh ${id}`, owner: this.on.owner }
    if (!(await this.on.leases.take({ ...lease, lastsMs: leaseMs }))) return 'ELSEWHERE'
    try {
      return await this.#attempt(id, cause)
    } finally {
      await this.on.leases.release(lease)
    }
  }

  async #attempt(id: string, cause: TokenCause): Promise<RefreshResult> {
    const held = await this.#read(id)
    const isDue = held?.authorization.nextRefreshAt && held.authorization.nextRefreshAt <= this.on.clock()
    if (!held || (cause !== 'BY_HAND' && !isDue)) return 'NOT_DUE'
    if (held.tokens.refreshExpiresAt <= this.on.clock()) return this.#end(held, 'REFRESH_TOKEN_EXPIRED')
    let tokens: TokenSet
    try {
      const refreshToken = this.on.vault.openRefreshToken(ownerOf(held.authorization), held.tokens)
      tokens = await this.on.applications.clientOf(held.authorization.applicationId).refresh(refreshToken)
    } catch (error) {
      if (error instanceof SealError) return this.#noteUnreadable(held, error)
      if (!(error instanceof OAuthError)) throw error
      if (error.failure !== 'grant') return this.#noteFailure(held, error.code)
      const wasLost = hasUnknownOutcome(held.authorization.problemCode)
      return this.#end(held, wasLost ? 'LOST_IN_ROTATION' : 'REFUSED_BY_UPS')
    }
    return this.#store(held, tokens, cause)
  }

  async #read(id: string): Promise<Held | null> {
    const authorization = await this.on.database.reader.findOneBy(AuthorizationEntity, {
      id,
      status: 'AUTHORIZED',
    })
    const tokens = authorization && (await this.on.vault.find(this.on.database.reader, id))
    return authorization && tokens ? { authorization, tokens } : null
  }

  async #store(held: Held, tokens: TokenSet, cause: TokenCause): Promise<RefreshResult> {
    return this.#ifUnchanged(held, async (manager, authorization) => {
      const generation = authorization.generation + 1
      const stored = await this.on.vault.put(manager, ownerOf(authorization), { tokens, generation, cause })
      const nextRefreshAt = refreshDueAt(stored, this.on.random())
      await manager.update(
        AuthorizationEntity,
        { id: authorization.id },
        { generation, nextRefreshAt, ...noProblem },
      )
      await this.on.audit.record(manager, {
        name: 'authorization.refreshed',
        companyId: authorization.companyId,
        applicationId: authorization.applicationId,
        details: { generation, cause },
      })
      return 'REFRESHED'
    })
  }

  #end(
    held: Held,
    reason: 'REFUSED_BY_UPS' | 'REFRESH_TOKEN_EXPIRED' | 'LOST_IN_ROTATION',
  ): Promise<RefreshResult> {
    return this.#ifUnchanged(held, async (manager, authorization) => {
      await this.on.authorizations.markInvalid(manager, authorization, reason)
      return 'FAILED'
    })
  }

  /** A damaged row or a missing key: flagged, tried again later, and no other authorization waits for it (S-51). */
  #noteUnreadable(held: Held, err: SealError): Promise<RefreshResult> {
    this.on.log.error({ err, authorizationId: held.authorization.id }, 'stored tokens cannot be read')
    return this.#noteFailure(held, 'TOKENS_UNREADABLE')
  }

  /** The grant still stands: only what is wrong since when, and when to try next, is written (S-32). */
  #noteFailure(held: Held, code: OAuthErrorCode | 'TOKENS_UNREADABLE'): Promise<RefreshResult> {
    return this.#ifUnchanged(held, async (manager, authorization) => {
      const now = this.on.clock()
      const attempts = authorization.problemAttempts + 1
      const known = authorization.problemCode
      await manager.update(
        AuthorizationEntity,
        { id: authorization.id },
        {
          problemSince: authorization.problemSince ?? now,
          problemAttempts: attempts,
          // An unknown outcome stays on record until it is settled: it decides what a later refusal means.
          problemCode: hasUnknownOutcome(known) ? known : code,
          nextRefreshAt: nextAttemptAt(now, attempts, this.on.random()),
        },
      )
      if (!authorization.problemSince) {
        await this.on.audit.record(manager, {
          name: 'authorization.refresh_failed',
          companyId: authorization.companyId,
          applicationId: authorization.applicationId,
          details: { code },
        })
      }
      return 'FAILED'
    })
  }

  /** Compare-and-swap: an opt-out or a new opt-in that came first wins, and the answer of UPS is dropped (S-22). */
  #ifUnchanged(
    held: Held,
    work: (manager: EntityManager, authorization: AuthorizationEntity) => Promise<RefreshResult>,
  ): Promise<RefreshResult> {
    return this.on.database.inTransaction(async (manager) => {
      const now = await this.on.authorizations.hold(manager, held.authorization.id)
      const isSame = now?.status === 'AUTHORIZED' && now.generation === held.authorization.generation
      return isSame ? work(manager, now) : 'NOT_DUE'
    })
  }
}
