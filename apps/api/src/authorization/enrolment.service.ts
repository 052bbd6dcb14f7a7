import type { EntityManager } from 'typeorm'
import { v5 } from 'uuid'
import type { ApplicationId } from '../application/applications.js'
import type { AuditService } from '../audit/audit.service.js'
import type { ChangeService } from '../change/change.service.js'
import type { Clock } from '../clock.js'
import type { CompanyEntity } from '../company/company.entity.js'
import { companyErrors } from '../company/company.errors.js'
import type { CompanyService } from '../company/company.service.js'
import { requireViewer, type RequestContext } from '../context.js'
import { insertMany } from '../db/insert-many.js'
import { newId } from '../db/new-id.js'
import type { Database } from '../db/transaction.js'
import { can, type Action, type Viewer } from '../permissions.js'
import { AuthorizationEntity } from './authorization.entity.js'
import { authorizationErrors } from './authorization.errors.js'
import type { AuthorizationKey, AuthorizationService, Ending } from './authorization.service.js'
import { isVisible } from './visible-companies.js'

interface Surroundings {
  database: Database
  clock: Clock
  companies: CompanyService
  authorizations: AuthorizationService
  audit: AuditService
  changes: ChangeService
}

type EnrolledCompany = Pick<CompanyEntity, 'id' | 'nameKey'>

/** Which companies take part in which applications. Withdrawing ends what was authorized. */
export class EnrolmentService {
  constructor(private readonly on: Surroundings) {}

  /**
   * Who may not see the enrolment that is there already - a solution admin, until the company authorizes - is answered
   * as if it were new: a refusal would tell of it.
   */
  async enrol(context: RequestContext, key: AuthorizationKey): Promise<AuthorizationEntity> {
    const viewer = await this.#requireCompany(context, key.companyId, 'company.enrol')
    return this.on.database.inTransaction(async (manager) => {
      const company = await this.on.companies.hold(manager, key.companyId)
      if (!company) throw companyErrors.COMPANY_NOT_FOUND()
      const existing = await manager.findOneBy(AuthorizationEntity, { ...key })
      if (existing && !existing.withdrawnAt && isVisible(viewer, existing))
        throw authorizationErrors.COMPANY_ALREADY_ENROLLED()
      const enrolled =
        existing === null
          ? await this.enrolNew(manager, company, key.applicationId)
          : { ...existing, withdrawnAt: null }
      if (!existing || existing.withdrawnAt) {
        await manager.update(AuthorizationEntity, { id: enrolled.id }, { withdrawnAt: null })
        await this.on.changes.note(manager, enrolled)
        await this.#record(manager, context, { name: 'company.enrolled', ...key })
      }
      return isVisible(viewer, enrolled) ? enrolled : this.#asIfNew(manager, key)
    })
  }

  async withdraw(context: RequestContext, key: AuthorizationKey): Promise<void> {
    const viewer = await this.#requireCompany(context, key.companyId, 'company.withdraw')
    const { id } = await this.on.authorizations.getVisible(context, key)
    await this.on.database.inTransaction(async (manager) => {
      const hasLeft = await this.leave(manager, id, { reason: 'WITHDRAWN', endedById: viewer.userId })
      // Somebody else was first.
      if (!hasLeft) throw authorizationErrors.AUTHORIZATION_NOT_FOUND()
      await this.#record(manager, context, { name: 'company.withdrew', ...key })
    })
  }

  async enrolNew(
    manager: EntityManager,
    company: EnrolledCompany,
    applicationId: ApplicationId,
  ): Promise<AuthorizationEntity> {
    const enrolment = this.#compose(company, applicationId)
    await manager.insert(AuthorizationEntity, enrolment)
    return manager.findOneByOrFail(AuthorizationEntity, { id: enrolment.id })
  }

  /** Companies that are new as well, any number of them, by few statements. */
  async enrolMany(
    manager: EntityManager,
    enrolments: readonly { company: EnrolledCompany; applicationId: ApplicationId }[],
  ): Promise<void> {
    const rows = enrolments.map((each) => this.#compose(each.company, each.applicationId))
    await insertMany(manager, AuthorizationEntity, rows)
  }

  /** Answers false where it had left before. */
  async leave(manager: EntityManager, id: string, ending: Ending): Promise<boolean> {
    const authorization = await this.on.authorizations.hold(manager, id)
    if (!authorization || authorization.withdrawnAt) return false
    await this.on.authorizations.end(manager, authorization, ending)
    await manager.update(AuthorizationEntity, { id }, { withdrawnAt: this.on.clock() })
    return true
  }

  #compose(company: EnrolledCompany, applicationId: ApplicationId): AuthorizationEntity {
    const now = this.on.clock()
    return Object.assign(new AuthorizationEntity(), {
      id: newId(now),
      companyId: company.id,
      companyNameKey: company.nameKey,
      applicationId,
      ...unauthorized,
      createdAt: now,
    })
  }

  /** Nothing of the row, not even its id, which would tell how old it is. */
  #asIfNew(manager: EntityManager, key: AuthorizationKey): AuthorizationEntity {
    const id = v5(key.applicationId, key.companyId)
    return manager.create(AuthorizationEntity, { ...key, id, ...unauthorized })
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

const unauthorized = { status: 'NOT_AUTHORIZED', generation: 0, problemAttempts: 0 } as const
