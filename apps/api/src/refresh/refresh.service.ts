import { setTimeout as delay } from 'node:timers/promises'
import { OAuthError, type Secret, type TokenSet } from '@optin-hub/oauth-client'
import type { ApplicationService } from '../application/application.service.js'
import { AuthorizationEntity } from '../authorization/authorization.entity.js'
import {
  ownerOf,
  type AuthorizationKey,
  type AuthorizationService,
} from '../authorization/authorization.service.js'
import { isAhead, type Clock } from '../clock.js'
import { requireViewer, type RequestContext } from '../context.js'
import type { Database } from '../db/transaction.js'
import { untilStored } from '../db/until-stored.js'
import type { Logger } from '../log.js'
import { can } from '../permissions.js'
import { SealError } from '../seal.js'
import type { TokenSetEntity } from '../vault/token-set.entity.js'
import type { SealedTokens, VaultService } from '../vault/vault.service.js'
import type { ApplicationHealthService } from './application-health.service.js'
import type { AtFaultPoint } from './fault-points.js'
import { HandOutNotes } from './hand-out-notes.js'
import { problemOf, type RefreshProblem } from './refresh-problem.js'
import type { Intent, RefreshLease, RefreshRequest } from './refresh-lease.js'
import type { RefreshOutcome, RefreshResult } from './refresh-outcome.service.js'
import { PairsInUse } from './pairs-in-use.js'
import { hasSomebodyWaiting } from './refresh-policy.js'
import { refreshErrors } from './refresh.errors.js'
import type { SpillFolder, Spilled } from './spill.js'
import { callersWaitMs, WaitingCallers } from './waiting-callers.js'

const lookAgainEveryMs = 100

interface Surroundings {
  database: Database
  clock: Clock
  random: () => number
  applications: ApplicationService
  authorizations: AuthorizationService
  vault: VaultService
  health: ApplicationHealthService
  lease: RefreshLease
  outcome: RefreshOutcome
  spill: SpillFolder
  at: AtFaultPoint
  log: Pick<Logger, 'error'>
}

export interface FreshToken {
  accessToken: Secret
  expiresAt: Date
  generation: number
  /** Less life than was asked for: UPS could not be asked for more just now. */
  stale: boolean
  refreshProblem: RefreshProblem | null
}

interface Held {
  authorization: AuthorizationEntity
  tokens: TokenSetEntity
}

/**
 * A refresh token can be spent once only, so everybody who wants a new pair shares one attempt: within a process by a
 * promise, between processes by a lease in the authorization's row. What will be sent is on record first; nobody sees the
 * new pair before it is stored; and nothing that happens to a caller touches what is on its way.
 */
export class RefreshService {
  readonly #underWay = new Map<string, { attempt: Promise<RefreshResult>; isPatient: boolean }>()
  readonly #trying: { mayGiveUp: () => boolean; log: Pick<Logger, 'error'> }
  readonly #callers: WaitingCallers
  readonly handOuts: HandOutNotes
  readonly #pairs: PairsInUse
  #isStopping = false

  constructor(private readonly on: Surroundings) {
    // Once the pair is safe on disk, a stop need not wait for the database.
    this.#trying = { mayGiveUp: () => this.#isStopping, log: on.log }
    this.#callers = new WaitingCallers(on.log)
    this.handOuts = new HandOutNotes(on)
    this.#pairs = new PairsInUse(on.database)
  }

  /** A token with at least that much life, or the one there is with `stale`. A failure never takes a valid token away. */
  async freshToken(authorizationId: string, minimumSeconds: number): Promise<FreshToken> {
    const seen = await this.#read(authorizationId)
    const secondsLeft = this.#secondsLeft(seen)
    if (secondsLeft >= minimumSeconds || (secondsLeft > 0 && this.#callers.isFull))
      return this.#serve(seen, minimumSeconds)
    const request = {
      authorizationId,
      cause: 'ON_DEMAND' as const,
      seenGeneration: seen.authorization.generation,
    }
    await this.#callers.waitFor(() => this.refresh(request))
    await this.on.at('before-answer')
    const now = await this.#read(authorizationId)
    if (this.#secondsLeft(now) > 0) return this.#serve(now, minimumSeconds)
    const problem = await this.#problemOf(now.authorization, true)
    const waitMs = (problem?.nextAttemptAt.getTime() ?? 0) - this.on.clock().getTime()
    throw refreshErrors.UPS_HAS_NO_ANSWER({
      details: { retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) },
    })
  }

  /** An admin's "check now": asks UPS, whatever the token's age. */
  async checkNow(context: RequestContext, key: AuthorizationKey): Promise<AuthorizationEntity> {
    const viewer = requireViewer(context)
    const authorization = await this.on.authorizations.getVisible(context, key)
    if (!can(viewer, 'authorization.check', key.companyId)) throw refreshErrors.REFRESH_NOT_YOURS_TO_ASK()
    if (authorization.status !== 'AUTHORIZED') throw refreshErrors.REFRESH_NEEDS_AUTHORIZATION()
    await this.on.outcome.asked(context, authorization)
    const request = { authorizationId: authorization.id, cause: 'BY_HAND' as const }
    await this.#callers.waitFor(() => this.refresh(request))
    return this.on.authorizations.getVisible(context, key)
  }

  async problemOf(authorization: AuthorizationEntity): Promise<RefreshProblem | null> {
    return this.#problemOf(authorization, false)
  }

  /** Callers in this process share one attempt. */
  async refresh(request: RefreshRequest): Promise<RefreshResult> {
    const { authorizationId: id } = request
    const isPatient = hasSomebodyWaiting(request)
    const joined = this.#underWay.get(id)
    if (joined) {
      const result = await joined.attempt
      // The sweep gives way to another process at once, and asks for less; who waits for a token does not.
      const hasAsked = result === 'REFRESHED' || result === 'FAILED'
      // A person who asks heeds neither pause nor plan, so what those said to another caller is no answer to them.
      const isAnswer = request.cause !== 'BY_HAND' && (joined.isPatient || !isPatient)
      return hasAsked || isAnswer ? result : this.refresh(request)
    }
    const attempt = this.#whenFree(request).finally(() => this.#underWay.delete(id))
    this.#underWay.set(id, { attempt, isPatient })
    return attempt
  }

  /** Stores a pair that waited in a file; forgets it once it is stored or of no use any more. */
  async storeSpilled({ attempt, sealed }: Spilled): Promise<void> {
    await this.on.outcome.store(attempt, sealed)
    await this.on.spill.remove(attempt.id)
  }

  /** Begins nothing more; resolves when every attempt of this process has ended. A sent refresh is never cut off (S-28). */
  async settled(): Promise<void> {
    this.#isStopping = true
    await Promise.allSettled([...this.#underWay.values()].map(({ attempt }) => attempt))
  }

  /** Takes the lease as soon as nobody else holds it, unless waiting has become pointless. */
  async #whenFree(request: RefreshRequest): Promise<RefreshResult> {
    const isPatient = hasSomebodyWaiting(request)
    for (const begun = this.on.clock().getTime(); !this.#isStopping; await delay(lookAgainEveryMs)) {
      const taken = await this.#take(request)
      if ('intent' in taken) {
        const result = await this.#ask(taken.intent)
        if (result !== 'LAPSED') return result
        continue
      }
      if ('result' in taken) return taken.result
      if (!isPatient || this.on.clock().getTime() - begun > callersWaitMs) return 'ELSEWHERE'
      await this.#leaseSeemsHeld(request.authorizationId)
    }
    return 'ELSEWHERE'
  }

  async #take(request: RefreshRequest): ReturnType<RefreshLease['take']> {
    try {
      return await this.on.lease.take(request)
    } catch (err) {
      if (!(err instanceof SealError)) throw err
      const id = request.authorizationId
      await this.#flagUnreadable(
        await this.on.database.reader.findOneByOrFail(AuthorizationEntity, { id }),
        err,
      )
      return { result: 'NOT_DUE' }
    }
  }

  async #flagUnreadable({ id, generation }: AuthorizationEntity, err: SealError): Promise<void> {
    this.on.log.error({ err, authorizationId: id }, 'stored tokens cannot be read')
    await this.on.outcome.unreadable({ authorizationId: id, generation })
  }

  /** Looks with a reader, so that waiters do not queue for the writer. */
  async #leaseSeemsHeld(id: string): Promise<void> {
    const until = this.on.clock().getTime() + callersWaitMs
    while (!this.#isStopping && this.on.clock().getTime() < until) {
      const row = await this.on.database.reader.findOneBy(AuthorizationEntity, { id })
      if (!row || !isAhead(row.leaseUntil, this.on.clock(), callersWaitMs)) return
      await delay(lookAgainEveryMs)
    }
  }

  /** The lease is kept until the answer is stored: nobody else may take this generation in hand before. */
  #ask(intent: Intent): Promise<RefreshResult | 'LAPSED'> {
    return this.on.lease.renewedDuring(intent.authorization.id, async () => {
      const { attempt, authorization, refreshToken } = intent
      await this.on.at('before-send')
      if (!(await this.on.lease.isStillOurs(intent))) return 'LAPSED'
      let tokens: TokenSet
      try {
        tokens = await this.on.applications.patientClientOf(authorization.applicationId).refresh(refreshToken)
      } catch (error) {
        if (!(error instanceof OAuthError)) throw error
        const store = () =>
          error.failure === 'grant'
            ? this.on.outcome.refused(attempt, intent.invalidReason)
            : this.on.outcome.failed(attempt, error)
        return untilStored(this.#trying, { store })
      }
      await this.on.at('after-receive')
      const fresh = { tokens, generation: attempt.generation + 1, cause: attempt.cause }
      return this.#store(intent, this.on.vault.seal(ownerOf(authorization), fresh, intent.tokens))
    })
  }

  /** Nothing comes between the answer of UPS and this: while the database will not have the sealed pair, a file keeps it. */
  async #store({ attempt }: Intent, sealed: SealedTokens): Promise<RefreshResult> {
    await this.on.at('before-commit')
    const aside: { written?: Promise<void> } = {}
    const result = await untilStored(this.#trying, {
      store: () => this.on.outcome.store(attempt, sealed),
      putAside: () => {
        aside.written ??= this.on.spill.write({ attempt, sealed }).catch((error: unknown) => {
          delete aside.written
          throw error
        })
        return aside.written
      },
    })
    await this.on.at('after-commit')
    await aside.written?.then(
      () => this.on.spill.remove(attempt.id),
      () => undefined,
    )
    return result
  }

  async #read(id: string): Promise<Held> {
    const { authorization, tokens } = await this.#pairs.find(id)
    if (authorization?.status === 'REAUTHORIZATION_REQUIRED') {
      throw refreshErrors.AUTHORIZATION_NEEDED_ANEW({ details: { endReason: authorization.endReason } })
    }
    if (authorization?.status !== 'AUTHORIZED' || !tokens) throw refreshErrors.AUTHORIZATION_NOT_GIVEN()
    return { authorization, tokens }
  }

  async #serve({ authorization, tokens }: Held, minimumSeconds: number): Promise<FreshToken> {
    const stale = this.#secondsLeft({ authorization, tokens }) < minimumSeconds
    return {
      accessToken: await this.#openAccessToken({ authorization, tokens }),
      expiresAt: tokens.expiresAt,
      generation: tokens.generation,
      stale,
      refreshProblem:
        stale || authorization.problemSince ? await this.#problemOf(authorization, stale) : null,
    }
  }

  async #openAccessToken({ authorization, tokens }: Held): Promise<Secret> {
    try {
      return this.on.vault.openAccessToken(ownerOf(authorization), tokens)
    } catch (cause) {
      if (!(cause instanceof SealError)) throw cause
      // Once, so that those who go on asking do not put off the renewal that mends it.
      if (!authorization.problemSince) await this.#flagUnreadable(authorization, cause)
      throw refreshErrors.STORED_TOKENS_UNREADABLE({ cause })
    }
  }

  /** `isWanted`: somebody has just asked in vain for a renewal, whether or not it is due by the plan. */
  async #problemOf(authorization: AuthorizationEntity, isWanted: boolean): Promise<RefreshProblem | null> {
    const health = await this.on.health.find(authorization.applicationId)
    const isDue = authorization.nextRefreshAt !== null && authorization.nextRefreshAt <= this.on.clock()
    return problemOf(authorization, isWanted || isDue ? health : null)
  }

  #secondsLeft({ tokens }: Held): number {
    return (tokens.expiresAt.getTime() - this.on.clock().getTime()) / 1000
  }
}
