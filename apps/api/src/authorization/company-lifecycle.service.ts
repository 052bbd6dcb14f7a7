import { IsNull, type EntityManager } from 'typeorm'
import type { ApplicationId } from '../application/applications.js'
import type { AuditService } from '../audit/audit.service.js'
import type { CompanyEntity } from '../company/company.entity.js'
import { companyErrors } from '../company/company.errors.js'
import type { CompanyChanges, CompanyService, NewCompany } from '../company/company.service.js'
import { requireViewer, type RequestContext } from '../context.js'
import type { Database } from '../db/transaction.js'
import { can, type Action, type Viewer } from '../permissions.js'
import type { UserService } from '../user/user.service.js'
import { AuthorizationEntity } from './authorization.entity.js'
import type { EnrolmentService } from './enrolment.service.js'

interface Surroundings {
  database: Database
  companies: CompanyService
  users: UserService
  enrolments: EnrolmentService
  audit: AuditService
  /** In the transaction that removes a company: what others keep for it goes too. */
  onRemoved: (manager: EntityManager, companyId: string) => Promise<void>
}

/** A company from its beginning to its end: whatever happens to it happens to its enrolments too. */
export class CompanyLifecycleService {
  constructor(private readonly on: Surroundings) {}

  /** Who creates a company is its admin; a solution admin creates for others and becomes no member. */
  async create(
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
        await this.on.enrolments.enrolNew(manager, created, applicationId)
      }
      await this.on.audit.record(manager, {
        name: 'company.created',
        actorId: viewer.userId,
        companyId: created.id,
        requestId: context.requestId,
      })
      return created
    })
    context.actAs(await this.on.users.viewerOf(viewer.userId))
    return company
  }

  async update(context: RequestContext, changes: CompanyChanges): Promise<CompanyEntity> {
    const viewer = await this.#requireCompany(context, changes.id, 'company.update')
    return this.on.database.inTransaction(async (manager) => {
      if (!(await this.on.companies.hold(manager, changes.id))) throw companyErrors.COMPANY_NOT_FOUND()
      const company = await this.on.companies.change(manager, changes)
      await manager.update(
        AuthorizationEntity,
        { companyId: company.id },
        { companyNameKey: company.nameKey },
      )
      await this.on.audit.record(manager, {
        name: 'company.updated',
        actorId: viewer.userId,
        companyId: company.id,
        requestId: context.requestId,
      })
      return company
    })
  }

  /** Ends every authorization and destroys every token; history and audit trail stay. */
  async remove(context: RequestContext, companyId: string): Promise<void> {
    const viewer = await this.#requireCompany(context, companyId, 'company.remove')
    await this.on.database.inTransaction(async (manager) => {
      if (!(await this.on.companies.hold(manager, companyId))) throw companyErrors.COMPANY_NOT_FOUND()
      const enrolments = await manager.findBy(AuthorizationEntity, { companyId, withdrawnAt: IsNull() })
      for (const { id } of enrolments) {
        await this.on.enrolments.leave(manager, id, {
          reason: 'COMPANY_REMOVED',
          endedById: viewer.userId,
        })
      }
      await this.on.companies.remove(manager, companyId)
      await this.on.onRemoved(manager, companyId)
      await this.on.audit.record(manager, {
        name: 'company.removed',
        actorId: viewer.userId,
        companyId,
        requestId: context.requestId,
      })
    })
  }

  async #requireCompany(context: RequestContext, id: string, action: Action): Promise<Viewer> {
    const viewer = requireViewer(context)
    if (!(await this.on.companies.findVisible(context, id))) throw companyErrors.COMPANY_NOT_FOUND()
    if (!can(viewer, action, id)) throw companyErrors.COMPANY_NOT_YOURS_TO_CHANGE()
    return viewer
  }
}
