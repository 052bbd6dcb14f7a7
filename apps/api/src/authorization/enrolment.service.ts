import { IsNull } from 'typeorm'
import type { EntityManager } from 'typeorm'
import type { ApplicationId } from '../application/applications.js'
import type { AuditService } from '../audit/audit.service.js'
import type { Clock } from '../clock.js'
import type { CompanyEntity } from '../company/company.entity.js'
import type { CompanyService, NewCompany } from '../company/company.service.js'
import { companyErrors } from '../company/company.errors.js'
import { requireViewer, type RequestContext } from '../context.js'
import { newId } from '../db/new-id.js'
import { isUniqueViolation, type Database } from '../db/transaction.js'
import { can, type Action, type Viewer } from '../permissions.js'
import type { UserService } from '../user/user.service.js'
import { AuthorizationEntity } from './authorization.entity.js'
import { authorizationErrors } from './authorization.errors.js'
import type { AuthorizationKey, AuthorizationService } from './authorization.service.js'

interface Surroundings {
  database: Database
  clock: Clock
  companies: CompanyService
  users: UserService
  authorizations: AuthorizationService
  audit: AuditService
}

/** Which companies take part in which applications. Withdrawing or removing ends what was authorized. */
export class EnrolmentService {
  constructor(private readonly on: Surroundings) {}

  /** Who creates a company is its admin; a solution admin creates for others and becomes no member. */
  async createCompany(
    context: RequestContext,
    fresh: NewCompany & { applicationIds: readonly ApplicationId[] },
  ): Promise<CompanyEntity> {
    const viewer = requireViewer(context)
    if (!can(viewer, 'company.create')) throw companyErrors.COMPANY_NOT_YOURS_TO_CHANGE()
    const company = await this.on.database.inTransaction(async (manager) => {
      const created = await this.on.companies.create(manager, fresh)
      if (!viewer.isSolutionAdmin) {
        await this.on.users.giveRole(manager, { userId: viewer.userId, companyId: created.id, role: 'ADMIN' })
      }
      for (const applicationId of new Set(fresh.applicationIds)) {
        await this.enrolNew(manager, { companyId: created.id, applicationId })
      }
      await this.#record(manager, context, { name: 'company.created', companyId: created.id })
      return created
    })
    context.actAs(await this.on.users.viewerOf(viewer.userId))
    return company
  }

  async enrol(context: RequestContext, key: AuthorizationKey): Promise<AuthorizationEntity> {
    await this.#requireCompany(context, key.companyId, 'company.enrol')
    try {
      return await this.on.database.inTransaction(async (manager) => {
        const existing = await manager.findOneBy(AuthorizationEntity, { ...key })
        if (existing && !existing.withdrawnAt) throw authorizationErrors.COMPANY_ALREADY_ENROLLED()
        const enrolled = existing ? { ...existing, withdrawnAt: null } : await this.enrolNew(manager, key)
        await manager.update(AuthorizationEntity, { id: enrolled.id }, { withdrawnAt: null })
        await this.#record(manager, context, { name: 'company.enrolled', ...key })
        return enrolled
      })
    } catch (error) {
      // Somebody else has enrolled it between our look and our insert.
      if (isUniqueViolation(error)) throw authorizationErrors.COMPANY_ALREADY_ENROLLED({ cause: error })
      throw error
    }
  }

  async withdraw(context: RequestContext, key: AuthorizationKey): Promise<void> {
    const viewer = await this.#requireCompany(context, key.companyId, 'company.withdraw')
    const { id } = await this.on.authorizations.getVisible(context, key)
    await this.on.database.inTransaction(async (manager) => {
      await this.#leave(manager, id, { reason: 'WITHDRAWN', endedById: viewer.userId })
      await this.#record(manager, context, { name: 'company.withdrew', ...key })
    })
  }

  /** Ends every authorization and destroys every token; history and audit trail stay. */
  async removeCompany(context: RequestContext, companyId: string): Promise<void> {
    const viewer = await this.#requireCompany(context, companyId, 'company.remove')
    await this.on.database.inTransaction(async (manager) => {
      const enrolments = await manager.findBy(AuthorizationEntity, { companyId, withdrawnAt: IsNull() })
      for (const { id } of enrolments) {
        await this.#leave(manager, id, { reason: 'COMPANY_REMOVED', endedById: viewer.userId })
      }
      await this.on.companies.remove(manager, companyId)
      await this.#record(manager, context, { name: 'company.removed', companyId })
    })
  }

  async enrolNew(manager: EntityManager, key: AuthorizationKey): Promise<AuthorizationEntity> {
    const now = this.on.clock()
    const enrolment = manager.create(AuthorizationEntity, {
      ...key,
      id: newId(now),
      status: 'NOT_AUTHORIZED',
      generation: 0,
      problemAttempts: 0,
      createdAt: now,
    })
    await manager.insert(AuthorizationEntity, enrolment)
    return manager.findOneByOrFail(AuthorizationEntity, { id: enrolment.id })
  }

  async #leave(
    manager: EntityManager,
    id: string,
    ending: { reason: 'WITHDRAWN' | 'COMPANY_REMOVED'; endedById: string },
  ): Promise<void> {
    const authorization = await this.on.authorizations.hold(manager, id)
    if (!authorization || authorization.withdrawnAt) return
    await this.on.authorizations.end(manager, authorization, ending)
    await manager.update(AuthorizationEntity, { id }, { withdrawnAt: this.on.clock() })
  }

  async #requireCompany(context: RequestContext, id: string, action: Action): Promise<Viewer> {
    const viewer = requireViewer(context)
    if (!(await this.on.companies.findVisible(context, id))) throw companyErrors.COMPANY_NOT_FOUND()
    if (!can(viewer, action, id)) throw authorizationErrors.COMPANY_NOT_YOURS_TO_ENROL()
    return viewer
  }

  #record(
    manager: EntityManager,
    context: RequestContext,
    event: Omit<Parameters<AuditService['record']>[1], 'actorId' | 'requestId'>,
  ): Promise<void> {
    return this.on.audit.record(manager, {
      ...event,
      actorId: context.viewer?.userId ?? null,
      requestId: context.requestId,
    })
  }
}
