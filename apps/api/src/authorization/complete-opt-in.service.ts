import {
  CallbackError,
  OAuthError,
  type Secret,
  stateOf,
  type TokenSet,
  type UpsOAuthClient,
} from '@optin-hub/oauth-client'
import { randomUUID } from 'node:crypto'
import { IsNull, type EntityManager } from 'typeorm'
import type { ApplicationId } from '../application/applications.js'
import type { ApplicationService } from '../application/application.service.js'
import type { AuditService } from '../audit/audit.service.js'
import type { ChangeService } from '../change/change.service.js'
import type { Clock } from '../clock.js'
import type { RequestContext } from '../context.js'
import type { Database } from '../db/transaction.js'
import { untilStored } from '../db/until-stored.js'
import type { EventService } from '../event/event.service.js'
import type { KeyedHash } from '../keyed-hash.js'
import type { Logger } from '../log.js'
import { canInApplication } from '../permissions.js'
import type { Sealer } from '../seal.js'
import type { UserService } from '../user/user.service.js'
import type { VaultService } from '../vault/vault.service.js'
import { AuthorizationEntity } from './authorization.entity.js'
import { leaseEnded, noProblem, ownerOf, type AuthorizationService } from './authorization.service.js'
import { statusAfter } from './authorization-state.js'
import type { OptInOutcome, StrayReason } from './opt-in-outcome.js'
import { PendingAuthorizationEntity, verifierContext } from './pending-authorization.entity.js'

interface TokenLife {
  issuedAt: Date
  expiresAt: Date
  refreshIssuedAt: Date
  refreshExpiresAt: Date
  lastHandedOutAt: Date | null
}

interface Surroundings {
  database: Database
  clock: Clock
  hash: KeyedHash
  sealer: Sealer
  applications: ApplicationService
  authorizations: AuthorizationService
  users: UserService
  vault: VaultService
  audit: AuditService
  changes: ChangeService
  events: EventService
  log: Pick<Logger, 'error'>
  /** When a fresh pair is to be renewed; the policy is refresh's. */
  planRefresh: (life: TokenLife) => { nextRefreshAt: Date; urgentAt: Date }
  /** In the transaction that attaches the pair: what was allowed for one opt-in only is used up. */
  onAuthorized: (manager: EntityManager, visit: PendingAuthorizationEntity) => Promise<void>
  sessionIsAlive: (manager: EntityManager, sessionId: string) => Promise<boolean>
}

const tryToStoreForMs = 30_000

/** Where the browser goes next: to the page that began the visit, or to a page that explains why there is none. */
export type Completion = { visit: PendingAuthorizationEntity } | { stray: StrayReason }

type Claim = Completion | { exchange: PendingAuthorizationEntity; code: Secret }

/** Coming back from UPS.com (RFC 6749 section 4.1.2 and 4.1.3). */
export class CompleteOptInService {
  constructor(private readonly on: Surroundings) {}

  /** What the browser brought back from UPS.com, on the path of `applicationId`. Asks UPS at most once. */
  async complete(
    context: RequestContext,
    applicationId: ApplicationId,
    parameters: URLSearchParams,
  ): Promise<Completion> {
    const client = this.on.applications.clientOf(applicationId)
    const claim = await this.on.database.inTransaction((manager) =>
      this.#claim(manager, context, { applicationId, parameters, client }),
    )
    if (!('exchange' in claim)) return claim
    const { exchange: visit, code } = claim
    const answer = await this.#exchange(client, visit, code)
    const answeredAt = this.on.clock().getTime()
    // A pair that UPS has given is worth a wait; the person sits before the page, and can begin again after that.
    const mayGiveUp = () => this.on.clock().getTime() - answeredAt > tryToStoreForMs
    await untilStored(
      { mayGiveUp, log: this.on.log },
      { store: () => this.#conclude(context, visit, answer) },
    )
    return { visit }
  }

  #conclude(
    context: RequestContext,
    visit: PendingAuthorizationEntity,
    answer: TokenSet | OAuthError,
  ): Promise<void> {
    return this.on.database.inTransaction(async (manager) => {
      // The commit had worked, and only the news of it was lost (S-144).
      if (!(await manager.existsBy(PendingAuthorizationEntity, { id: visit.id, outcomeAt: IsNull() }))) return
      const isFailure = answer instanceof OAuthError
      const outcome = isFailure ? outcomeOfFailure(answer) : await this.#attach(manager, visit, answer)
      const details = isFailure ? { code: answer.code } : {}
      await this.#settle(manager, visit, { outcome, requestId: context.requestId, details })
    })
  }

  /** Consumes the state and checks everything that can be checked before UPS is asked (S-3 to S-5). */
  async #claim(
    manager: EntityManager,
    context: RequestContext,
    callback: { applicationId: ApplicationId; parameters: URLSearchParams; client: UpsOAuthClient },
  ): Promise<Claim> {
    const from = { context, applicationId: callback.applicationId }
    const state = stateOf(callback.parameters)
    const visit = state === null ? null : await this.#findByState(manager, state)
    if (!visit) return this.#refuse(manager, from, 'not-recognised')

    const now = this.on.clock()
    const { affected } = await manager.update(
      PendingAuthorizationEntity,
      { id: visit.id, consumedAt: IsNull() },
      { consumedAt: now },
    )
    if (affected !== 1) return this.#refuse(manager, from, 'already-used')
    visit.consumedAt = now
    if (visit.applicationId !== callback.applicationId) return this.#refuse(manager, from, 'not-recognised')
    if (!context.viewer || !context.sessionId) return this.#refuse(manager, from, 'signed-out')
    if (context.sessionId !== visit.sessionId || context.viewer.userId !== visit.userId) {
      return this.#refuse(manager, from, 'wrong-person')
    }

    const settle = async (outcome: OptInOutcome, details = {}): Promise<Completion> => {
      await this.#settle(manager, visit, { outcome, requestId: context.requestId, details })
      return { visit }
    }
    if (visit.voidedAt || !canInApplication(context.viewer, 'authorization.begin', visit))
      return settle('VOIDED')
    if (visit.expiresAt <= now) return settle('EXPIRED')
    try {
      const { code } = callback.client.readCallback(callback.parameters)
      return { exchange: visit, code }
    } catch (error) {
      if (!(error instanceof CallbackError)) throw error
      return settle(error.code === 'CALLBACK_REFUSED' ? 'REFUSED_AT_UPS' : 'FAILED_AT_UPS', {
        code: error.code,
      })
    }
  }

  async #exchange(
    client: UpsOAuthClient,
    visit: PendingAuthorizationEntity,
    code: Secret,
  ): Promise<TokenSet | OAuthError> {
    const codeVerifier = visit.codeVerifier && this.on.sealer.open(visit.codeVerifier, verifierContext(visit))
    try {
      return await client.exchangeCode({ code, codeVerifier })
    } catch (error) {
      if (error instanceof OAuthError) return error
      throw error
    }
  }

  /** All that could have changed while UPS was asked is read again; what may not be attached is dropped (S-17, S-18). */
  async #attach(
    manager: EntityManager,
    visit: PendingAuthorizationEntity,
    tokens: TokenSet,
  ): Promise<OptInOutcome> {
    const authorization = await this.on.authorizations.hold(manager, visit.authorizationId)
    const unvoided = await manager.existsBy(PendingAuthorizationEntity, { id: visit.id, voidedAt: IsNull() })
    const viewer = await this.on.users.viewerOf(visit.userId, manager)
    const mayStill =
      authorization !== null &&
      authorization.withdrawnAt === null &&
      unvoided &&
      viewer !== null &&
      canInApplication(viewer, 'authorization.begin', visit) &&
      (await this.on.sessionIsAlive(manager, visit.sessionId))
    if (!mayStill) return 'VOIDED'

    const generation = authorization.generation + 1
    const previous = await this.on.vault.find(manager, authorization.id)
    const sealed = this.on.vault.seal(
      ownerOf(authorization),
      { tokens, generation, cause: 'OPT_IN' },
      previous,
    )
    await this.on.vault.put(manager, sealed)
    const life = { ...sealed.row, lastHandedOutAt: authorization.lastHandedOutAt }
    const { nextRefreshAt, urgentAt } = this.on.planRefresh(life)
    const status = statusAfter('optIn', authorization.status) ?? authorization.status
    const mintedVaultKey = authorization.mintedVaultKey ?? randomUUID().toUpperCase()
    await manager.update(
      AuthorizationEntity,
      { id: authorization.id },
      {
        status,
        generation,
        mintedVaultKey,
        authorizedAt: tokens.issuedAt,
        authorizedById: visit.userId,
        upsProfileNote: visit.upsProfileNote,
        endedAt: null,
        endedById: null,
        endReason: null,
        upsMayHonourUntil: null,
        nextRefreshAt,
        urgentAt,
        ...noProblem,
        ...leaseEnded,
      },
    )
    const standing = { ...authorization, status, generation, mintedVaultKey, endReason: null }
    await this.on.changes.note(manager, standing)
    const { refreshExpiresAt } = sealed.row
    await this.on.events.note(manager, standing, { type: 'authorization.opted_in', refreshExpiresAt })
    await this.on.onAuthorized(manager, visit)
    return 'AUTHORIZED'
  }

  async #settle(
    manager: EntityManager,
    visit: PendingAuthorizationEntity,
    end: { outcome: OptInOutcome; requestId: string; details: Record<string, string> },
  ): Promise<void> {
    const { outcome } = end
    await manager.update(
      PendingAuthorizationEntity,
      { id: visit.id },
      { outcome, outcomeAt: this.on.clock() },
    )
    await this.on.audit.record(manager, {
      name:
        outcome === 'AUTHORIZED'
          ? 'authorization.opted_in'
          : outcome === 'VOIDED'
            ? 'authorization.opt_in_voided'
            : 'authorization.opt_in_failed',
      actorId: visit.userId,
      companyId: visit.companyId,
      applicationId: visit.applicationId,
      requestId: end.requestId,
      details: { outcome, ...end.details },
    })
  }

  async #refuse(
    manager: EntityManager,
    { context, applicationId }: { context: RequestContext; applicationId: ApplicationId },
    stray: StrayReason,
  ): Promise<Completion> {
    await this.on.audit.record(manager, {
      name: 'callback.refused',
      actorId: context.viewer?.userId ?? null,
      applicationId,
      requestId: context.requestId,
      details: { reason: stray },
    })
    return { stray }
  }

  #findByState(manager: EntityManager, state: string): Promise<PendingAuthorizationEntity | null> {
    return manager.findOneBy(PendingAuthorizationEntity, { stateHash: this.on.hash('state', state) })
  }
}

function outcomeOfFailure(error: OAuthError): OptInOutcome {
  switch (error.failure) {
    case 'grant':
      return 'CODE_REFUSED'
    case 'application':
      return 'APPLICATION_REFUSED'
    case 'transient':
      return 'UPS_UNAVAILABLE'
    case 'unknown-outcome':
      return 'UNKNOWN'
  }
}
