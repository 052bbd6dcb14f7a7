import type { EntityManager } from 'typeorm'
import type { ApplicationId } from '../application/applications.js'
import type { AuditService } from '../audit/audit.service.js'
import type { Clock } from '../clock.js'
import { companyErrors } from '../company/company.errors.js'
import type { CompanyService } from '../company/company.service.js'
import { requireFreshAuthentication, requireViewer, type RequestContext } from '../context.js'
import { newId } from '../db/new-id.js'
import { heldRow, type Database } from '../db/transaction.js'
import { can } from '../permissions.js'
import { ApiClientGrantEntity } from './api-client-grant.entity.js'
import { ApiClientRecorder } from './api-client-recorder.js'
import type { ApiClientRights } from './api-client-rights.js'
import { apiClientErrors } from './api-client.errors.js'
import { ApiClientEntity } from './api-client.entity.js'
import { common, isNothing, together, without, type Rights } from './scopes.js'

interface Surroundings {
  database: Database
  clock: Clock
  companies: CompanyService
  clientRights: ApiClientRights
  audit: AuditService
}

interface Given {
  clientId: string
  companyId: string
  applicationIds: readonly ApplicationId[]
  rights: Rights
}

interface Withdrawn {
  clientId: string
  companyId: string
  applicationId?: ApplicationId | undefined
  /** Those that are taken back; the others stay. */
  rights: Rights
}

/** What each company lets a client do. */
export class ApiClientGrantService {
  constructor(private readonly on: Surroundings) {}

  /** On top of what the company lets it do already. */
  async grant(context: RequestContext, given: Given): Promise<ApiClientEntity> {
    const { clientId, companyId, rights } = given
    const viewer = requireFreshAuthentication(context)
    await this.on.clientRights.requireMayGive(context, viewer, { ...given, companyIds: [companyId] })
    await this.on.clientRights.requireSeen(context, clientId)
    return this.on.database.inTransaction(async (manager) => {
      const client = await manager.findOne(ApiClientEntity, { where: { id: clientId }, ...heldRow(manager) })
      if (!client) throw apiClientErrors.API_CLIENT_NOT_FOUND()
      if (client.revokedAt) throw apiClientErrors.API_CLIENT_REVOKED()
      if (rights.mayReadTokens && client.isKnownToOperator) throw apiClientErrors.API_CLIENT_OF_AN_OPERATOR()
      const recorder = new ApiClientRecorder(this.on.audit, manager, { context, clientId })
      for (const applicationId of new Set(given.applicationIds)) {
        const where = { clientId, companyId, applicationId }
        const held = await manager.findOneBy(ApiClientGrantEntity, where)
        const added = held ? without(rights, held) : rights
        if (isNothing(added)) continue
        await this.#put(manager, held, { ...where, givenById: viewer.userId, ...together(held, rights) })
        await recorder.record({ name: 'api_client.granted', companyId, applicationId, details: { ...added } })
      }
      return client
    })
  }

  /** A company takes back what it lets a client do, in one application or in all. */
  async withdraw(context: RequestContext, withdrawn: Withdrawn): Promise<void> {
    const { clientId, companyId, applicationId, rights } = withdrawn
    const viewer = requireViewer(context)
    if (!(await this.on.companies.findVisible(context, companyId))) throw companyErrors.COMPANY_NOT_FOUND()
    if (!can(viewer, 'apiClient.withdraw', companyId)) throw apiClientErrors.GRANT_NOT_YOURS_TO_WITHDRAW()
    await this.on.database.inTransaction(async (manager) => {
      const which = { clientId, companyId, ...(applicationId && { applicationId }) }
      const rows = (await manager.findBy(ApiClientGrantEntity, which)).filter(
        (row) => !isNothing(common(row, rights)),
      )
      if (rows.length === 0) throw apiClientErrors.API_CLIENT_GRANT_NOT_FOUND()
      const recorder = new ApiClientRecorder(this.on.audit, manager, { context, clientId })
      for (const row of rows) {
        const left = without(row, rights)
        if (isNothing(left)) await manager.delete(ApiClientGrantEntity, { id: row.id })
        else await manager.update(ApiClientGrantEntity, { id: row.id }, left)
        await recorder.record({
          name: 'api_client.grant_withdrawn',
          companyId,
          applicationId: row.applicationId,
          details: { ...common(row, rights) },
        })
      }
    })
  }

  async #put(
    manager: EntityManager,
    held: ApiClientGrantEntity | null,
    grant: Omit<ApiClientGrantEntity, 'id' | 'givenAt'>,
  ): Promise<void> {
    const givenAt = this.on.clock()
    if (held) await manager.update(ApiClientGrantEntity, { id: held.id }, { ...grant, givenAt })
    else await manager.insert(ApiClientGrantEntity, { ...grant, id: newId(givenAt), givenAt })
  }
}
