import { In, IsNull, type EntityManager } from 'typeorm'
import type { ApplicationId } from '../application/applications.js'
import type { AuditService } from '../audit/audit.service.js'
import type { ChangeService } from '../change/change.service.js'
import type { EventService } from '../event/event.service.js'
import type { Clock } from '../clock.js'
import { requireViewer, type RequestContext } from '../context.js'
import { heldRow, type Database } from '../db/transaction.js'
import { can } from '../permissions.js'
import type { TokenOwner, VaultService } from '../vault/vault.service.js'
import { AuthorizationEntity } from './authorization.entity.js'
import { authorizationErrors } from './authorization.errors.js'
import { statusAfter, type EndReason, type InvalidReason } from './authorization-state.js'
import { PendingAuthorizationEntity } from './pending-authorization.entity.js'
import { isVisible } from './visible-companies.js'

export interface AuthorizationKey {
  companyId: string
  applicationId: ApplicationId
}

export interface Ending {
  reason: EndReason
  endedById: string | null
}

interface Surroundings {
  database: Database
  clock: Clock
  vault: VaultService
  audit: AuditService
  changes: ChangeService
  events: EventService
  /** In the transaction in which it is over, and nobody of ours has ended it. */
  onInvalidated: (manager: EntityManager, authorization: AuthorizationEntity) => Promise<void>
}

export const ownerOf = (authorization: AuthorizationEntity): TokenOwner => ({
  authorizationId: authorization.id,
  companyId: authorization.companyId,
  applicationId: authorization.applicationId,
})

/** Decides the state of an authorization. What is kept sealed is the vault's, when to renew is refresh's. */
export class AuthorizationService {
  constructor(private readonly on: Surroundings) {}

  async findVisible(context: RequestContext, key: AuthorizationKey): Promise<AuthorizationEntity | null> {
    const authorization = await this.on.database.reader.findOneBy(AuthorizationEntity, { ...key })
    return authorization && isVisible(context.viewer, authorization) ? authorization : null
  }

  /** As `findVisible`, but absent and foreign alike are an error. */
  async getVisible(context: RequestContext, key: AuthorizationKey): Promise<AuthorizationEntity> {
    const authorization = await this.findVisible(context, key)
    if (!authorization) throw authorizationErrors.AUTHORIZATION_NOT_FOUND()
    return authorization
  }

  async findOfCompanies(companyIds: readonly string[]): Promise<AuthorizationEntity[]> {
    return this.on.database.reader.findBy(AuthorizationEntity, {
      companyId: In([...companyIds]),
      withdrawnAt: IsNull(),
    })
  }

  async findVisibleOfCompany(context: RequestContext, companyId: string): Promise<AuthorizationEntity[]> {
    const found = await this.findOfCompanies([companyId])
    return found.filter((each) => isVisible(context.viewer, each))
  }

  /** The row, held until the transaction ends, so that an ending and a late answer of UPS come one after the other. */
  hold(manager: EntityManager, id: string): Promise<AuthorizationEntity | null> {
    return manager.findOne(AuthorizationEntity, { where: { id }, ...heldRow(manager) })
  }

  /** Those of the rows that nobody else holds at the moment, held as by `hold`. */
  holdFree(manager: EntityManager, ids: readonly string[]): Promise<AuthorizationEntity[]> {
    return manager.find(AuthorizationEntity, { where: { id: In([...ids]) }, ...heldRow(manager, 'skip') })
  }

  /** Effective when this returns: the tokens are destroyed, and visits to UPS.com under way will attach nothing. */
  async optOut(context: RequestContext, key: AuthorizationKey): Promise<AuthorizationEntity> {
    const viewer = requireViewer(context)
    const { id } = await this.getVisible(context, key)
    if (!can(viewer, 'authorization.end', key.companyId))
      throw authorizationErrors.AUTHORIZATION_NOT_YOURS_TO_END()
    return this.on.database.inTransaction(async (manager) => {
      const authorization = await this.hold(manager, id)
      if (!authorization) throw authorizationErrors.AUTHORIZATION_NOT_FOUND()
      if (authorization.status === 'NOT_AUTHORIZED') {
        await this.#voidVisits(manager, id)
        return authorization
      }
      await this.end(manager, authorization, { reason: 'OPTED_OUT', endedById: viewer.userId })
      await this.on.audit.record(manager, {
        name: 'authorization.opted_out',
        actorId: viewer.userId,
        ...key,
        requestId: context.requestId,
        details: { generation: authorization.generation },
      })
      return authorization
    })
  }

  /** Ends a held authorization: for an opt-out, a withdrawal, a removed company. Changes the given entity too. */
  async end(manager: EntityManager, authorization: AuthorizationEntity, ending: Ending): Promise<void> {
    const now = this.on.clock()
    const stood = authorization.status !== 'NOT_AUTHORIZED'
    const mayHonourUntil = await this.on.vault.forget(manager, authorization.id, now)
    await this.#voidVisits(manager, authorization.id)
    await this.#update(manager, authorization, {
      status: statusAfter('end', authorization.status) ?? authorization.status,
      endedAt: now,
      endedById: ending.endedById,
      endReason: ending.reason,
      // After a refusal by UPS the tokens are dead there as well.
      upsMayHonourUntil: authorization.endReason === 'REFUSED_BY_UPS' ? null : mayHonourUntil,
      nextRefreshAt: null,
      ...noProblem,
      ...leaseEnded,
    })
    if (stood) await this.on.events.note(manager, authorization, { type: 'authorization.opted_out' })
  }

  /**
   * UPS will not renew: only a person can authorize anew. The dead pair stays sealed until then, since no failure
   * writes a token column (S-32).
   */
  async markInvalid(
    manager: EntityManager,
    authorization: AuthorizationEntity,
    reason: InvalidReason,
  ): Promise<void> {
    const status = statusAfter('invalidate', authorization.status)
    if (!status) return
    await this.#update(manager, authorization, {
      status,
      endedAt: this.on.clock(),
      endedById: null,
      endReason: reason,
      upsMayHonourUntil: null,
      nextRefreshAt: null,
      ...noProblem,
    })
    await this.on.events.note(manager, authorization, { type: 'authorization.reauthorization_required' })
    await this.on.onInvalidated(manager, authorization)
    await this.on.audit.record(manager, {
      name: 'authorization.invalidated',
      companyId: authorization.companyId,
      applicationId: authorization.applicationId,
      details: { reason, generation: authorization.generation },
    })
  }

  /** Its refresh token is near its end. Told once, until a renewal or an opt-in has ended the danger. */
  async markAtRisk(
    manager: EntityManager,
    { id, generation }: Pick<AuthorizationEntity, 'id' | 'generation'>,
    refreshExpiresAt: Date,
  ): Promise<void> {
    const authorization = await this.hold(manager, id)
    const isSame = authorization?.status === 'AUTHORIZED' && authorization.generation === generation
    if (!isSame || authorization.atRiskSince) return
    await manager.update(AuthorizationEntity, { id }, { atRiskSince: this.on.clock() })
    const type = 'authorization.at_risk'
    await this.on.events.note(manager, authorization, { type, refreshExpiresAt })
  }

  /** Applies changes to the row and to the entity that the caller holds. */
  async #update(
    manager: EntityManager,
    authorization: AuthorizationEntity,
    changes: Partial<AuthorizationEntity>,
  ): Promise<void> {
    await manager.update(AuthorizationEntity, { id: authorization.id }, changes)
    Object.assign(authorization, changes)
    await this.on.changes.note(manager, authorization)
  }

  async #voidVisits(manager: EntityManager, authorizationId: string): Promise<void> {
    await manager.update(
      PendingAuthorizationEntity,
      { authorizationId, outcome: IsNull(), voidedAt: IsNull() },
      { voidedAt: this.on.clock() },
    )
  }
}

/** Whoever was renewing it finds itself replaced, and whoever comes next need not wait. */
export const leaseEnded = { leaseOwner: null, leaseUntil: null, claimedUntil: null } as const

export const noProblem = {
  problemSince: null,
  problemAttempts: 0,
  problemCode: null,
  atRiskSince: null,
} as const
