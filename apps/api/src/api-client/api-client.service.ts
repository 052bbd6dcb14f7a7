import type { Secret } from '@optin-hub/oauth-client'
import { In, IsNull, type EntityManager } from 'typeorm'
import type { ApplicationId } from '../application/applications.js'
import type { AuditRecord, AuditService } from '../audit/audit.service.js'
import type { Clock } from '../clock.js'
import { companyErrors } from '../company/company.errors.js'
import type { CompanyService } from '../company/company.service.js'
import { requireFreshAuthentication, requireViewer, type RequestContext } from '../context.js'
import { newId } from '../db/new-id.js'
import type { Database } from '../db/transaction.js'
import { can, type Viewer } from '../permissions.js'
import { ApiClientGrantEntity } from './api-client-grant.entity.js'
import { apiClientErrors } from './api-client.errors.js'
import { ApiClientEntity } from './api-client.entity.js'
import type { ApiKeyService } from './api-key.service.js'
import type { Rights } from './scopes.js'

interface Surroundings {
  database: Database
  clock: Clock
  companies: CompanyService
  apiKeys: ApiKeyService
  audit: AuditService
}

export interface NewApiClient {
  name: string
  companyIds: readonly string[]
  applicationIds: readonly ApplicationId[]
  rights: Rights
}

/** Third-party applications, and what each company lets them do. */
export class ApiClientService {
  constructor(private readonly on: Surroundings) {}

  async create(
    context: RequestContext,
    fresh: NewApiClient,
  ): Promise<{ client: ApiClientEntity; key: Secret }> {
    const viewer = requireFreshAuthentication(context)
    await this.#requireMayGive(context, viewer, fresh)
    return this.on.database.inTransaction(async (manager) => {
      const now = this.on.clock()
      const client = manager.create(ApiClientEntity, {
        id: newId(now),
        name: fresh.name.trim(),
        createdById: viewer.userId,
        createdAt: now,
        revokedAt: null,
      })
      await manager.insert(ApiClientEntity, client)
      const key = await this.on.apiKeys.mint(manager, client.id)
      const record = this.#recorder(manager, context, client.id)
      await record({ name: 'api_client.created' })
      for (const companyId of new Set(fresh.companyIds)) {
        for (const applicationId of new Set(fresh.applicationIds)) {
          const grant = { clientId: client.id, companyId, applicationId, ...fresh.rights }
          const given = { id: newId(now), givenById: viewer.userId, givenAt: now }
          await manager.insert(ApiClientGrantEntity, { ...grant, ...given })
          await record({ name: 'api_client.granted', companyId, applicationId, details: { ...fresh.rights } })
        }
      }
      return { client, key }
    })
  }

  /**
   * Ends the client and its keys at once. For whoever created it, while still an admin of a company that grants, and for
   * admins of all companies that grant: where others rely on it too, one company withdraws its own grants only.
   */
  async revoke(context: RequestContext, id: string): Promise<ApiClientEntity> {
    const viewer = requireViewer(context)
    const client = await this.on.database.reader.findOneBy(ApiClientEntity, { id })
    const companyIds = await this.#companiesOf(id)
    const may = (companyId: string) => can(viewer, 'apiClient.withdraw', companyId)
    const isCreators =
      client?.createdById === viewer.userId && (companyIds.length === 0 || companyIds.some(may))
    const visible = await this.on.companies.findVisibleIds(context, companyIds)
    const own = companyIds.filter((companyId) => visible.has(companyId) && may(companyId))
    if (!client || (!isCreators && own.length === 0)) throw apiClientErrors.API_CLIENT_NOT_FOUND()
    if (!isCreators && own.length < companyIds.length) throw apiClientErrors.API_CLIENT_NOT_YOURS_TO_REVOKE()

    const revokedAt = this.on.clock()
    const isFirst = await this.on.database.inTransaction(async (manager) => {
      const { affected } = await manager.update(ApiClientEntity, { id, revokedAt: IsNull() }, { revokedAt })
      if (affected !== 1) return false
      await this.on.apiKeys.revokeAll(manager, id)
      const record = this.#recorder(manager, context, id)
      if (companyIds.length === 0) await record({ name: 'api_client.revoked' })
      for (const companyId of companyIds) await record({ name: 'api_client.revoked', companyId })
      return true
    })
    this.on.apiKeys.forget(id)
    return isFirst ? { ...client, revokedAt } : client
  }

  /** A company takes back what it lets a client do, in one application or in all. */
  async withdrawGrants(
    context: RequestContext,
    grant: { clientId: string; companyId: string; applicationId?: ApplicationId | undefined },
  ): Promise<void> {
    const { clientId, companyId, applicationId } = grant
    const viewer = requireViewer(context)
    if (!(await this.on.companies.findVisible(context, companyId))) throw companyErrors.COMPANY_NOT_FOUND()
    if (!can(viewer, 'apiClient.withdraw', companyId)) throw apiClientErrors.GRANT_NOT_YOURS_TO_WITHDRAW()
    await this.on.database.inTransaction(async (manager) => {
      const which = { clientId, companyId, ...(applicationId && { applicationId }) }
      const rows = await manager.findBy(ApiClientGrantEntity, which)
      if (rows.length === 0) throw apiClientErrors.API_CLIENT_GRANT_NOT_FOUND()
      await manager.delete(ApiClientGrantEntity, { id: In(rows.map(({ id }) => id)) })
      const record = this.#recorder(manager, context, clientId)
      for (const row of rows) {
        const { mayReadStatus, mayReadTokens } = row
        await record({
          name: 'api_client.grant_withdrawn',
          companyId,
          applicationId: row.applicationId,
          details: { mayReadStatus, mayReadTokens },
        })
      }
    })
  }

  async #requireMayGive(context: RequestContext, viewer: Viewer, fresh: NewApiClient): Promise<void> {
    const { companyIds, applicationIds, rights } = fresh
    await this.#requireVisible(context, companyIds)
    for (const companyId of companyIds) {
      if (rights.mayReadTokens && !can(viewer, 'apiClient.giveTokens', companyId)) {
        throw apiClientErrors.TOKEN_READ_NOT_YOURS_TO_GIVE()
      }
      if (rights.mayReadStatus && !can(viewer, 'apiClient.giveStatus', companyId)) {
        throw apiClientErrors.STATUS_READ_NOT_YOURS_TO_GIVE()
      }
    }
    // An operator gives what an operator may see: this company, in these applications.
    const asOperator = companyIds.filter((id) => viewer.companyRoles.get(id) !== 'ADMIN')
    for (const applicationId of asOperator.length > 0 ? applicationIds : []) {
      await this.#requireVisible(context, asOperator, applicationId)
    }
  }

  async #requireVisible(
    context: RequestContext,
    companyIds: readonly string[],
    applicationId?: ApplicationId,
  ): Promise<void> {
    const visible = await this.on.companies.findVisibleIds(context, companyIds, applicationId)
    if (companyIds.some((id) => !visible.has(id))) throw companyErrors.COMPANY_NOT_FOUND()
  }

  async #companiesOf(clientId: string): Promise<string[]> {
    const grants = await this.on.database.reader.find(ApiClientGrantEntity, {
      select: { id: true, companyId: true },
      where: { clientId },
    })
    return [...new Set(grants.map(({ companyId }) => companyId))]
  }

  #recorder(manager: EntityManager, context: RequestContext, clientId: string) {
    return (event: Omit<AuditRecord, 'actorId' | 'requestId'>): Promise<void> =>
      this.on.audit.record(manager, {
        ...event,
        actorId: context.viewer?.userId ?? null,
        requestId: context.requestId,
        details: { clientId, ...event.details },
      })
  }
}
