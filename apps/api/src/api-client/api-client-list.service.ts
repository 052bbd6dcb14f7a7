import DataLoader from 'dataloader'
import { In } from 'typeorm'
import type { CompanyService } from '../company/company.service.js'
import { checkPageSize, countLimit, toConnection, type Connection, type PageRequest } from '../connection.js'
import { requireViewer, type RequestContext } from '../context.js'
import type { Cursors } from '../cursor.js'
import type { Database } from '../db/transaction.js'
import { can } from '../permissions.js'
import { ApiClientGrantEntity } from './api-client-grant.entity.js'
import { ApiClientKeyEntity } from './api-client-key.entity.js'
import { mayDo } from './api-client-rights.js'
import { apiClientErrors } from './api-client.errors.js'
import { ApiClientEntity } from './api-client.entity.js'
import type { ApiClientGrantType } from './api-client.type.js'
import { scopesOf } from './scopes.js'

/** What is known of one client's grants, and those of it that the viewer may see. */
interface Granted {
  client: ApiClientEntity | null
  rows: ApiClientGrantEntity[]
  visible: ReadonlySet<string>
  shown: ApiClientGrantType[]
}

interface Surroundings {
  database: Database
  cursors: Cursors
  companies: CompanyService
}

/** API clients as the admins of the companies that grant see them: each its own grants, never another's. */
export class ApiClientListService {
  constructor(private readonly on: Surroundings) {}

  /** Null for a company that the viewer may not see. */
  async ofCompany(
    context: RequestContext,
    companyId: string,
    page: PageRequest,
  ): Promise<Connection<ApiClientEntity> | null> {
    const viewer = requireViewer(context)
    if (!(await this.on.companies.findVisible(context, companyId))) return null
    if (!can(viewer, 'apiClient.view', companyId)) throw apiClientErrors.API_CLIENTS_NOT_YOURS_TO_SEE()
    const query = this.#of(companyId)
    const scope = `api_clients ${companyId}`
    if (page.after !== null) {
      query.andWhere('client.id < :after', { after: this.on.cursors.open(scope, page.after)[0] })
    }
    const first = checkPageSize(page.first)
    const rows = await query
      .orderBy('client.id', 'DESC')
      .take(first + 1)
      .getMany()
    return toConnection(rows, page, ({ id }) => this.on.cursors.seal(scope, [id]))
  }

  async count(companyId: string): Promise<number> {
    return (await this.#of(companyId).select('client.id').take(countLimit).getMany()).length
  }

  keysOf(context: RequestContext, clientId: string): Promise<ApiClientKeyEntity[]> {
    return this.#loaders(context).keys.load(clientId)
  }

  async grantsOf(context: RequestContext, clientId: string): Promise<ApiClientGrantType[]> {
    return (await this.#loaders(context).granted.load(clientId)).shown
  }

  async mayManage(context: RequestContext, clientId: string): Promise<boolean> {
    const { client, rows, visible } = await this.#loaders(context).granted.load(clientId)
    return client !== null && mayDo('give', requireViewer(context), { client, granted: rows, visible })
  }

  #of(companyId: string) {
    const query = this.on.database.reader.createQueryBuilder(ApiClientEntity, 'client')
    const granted = query
      .subQuery()
      .select('1')
      .from(ApiClientGrantEntity, 'granted')
      .where('granted.clientId = client.id AND granted.companyId = :companyId')
    return query.where(`EXISTS ${granted.getQuery()}`, { companyId })
  }

  /** One statement for a whole page. */
  #loaders(context: RequestContext) {
    return context.memo('apiClientLoaders', () => ({
      keys: new DataLoader<string, ApiClientKeyEntity[]>(async (clientIds) => {
        const rows = await this.on.database.reader.find(ApiClientKeyEntity, {
          where: { clientId: In([...clientIds]) },
          order: { id: 'ASC' },
        })
        return clientIds.map((id) => rows.filter(({ clientId }) => clientId === id))
      }),
      granted: new DataLoader<string, Granted>((clientIds) => this.#granted(context, clientIds)),
    }))
  }

  async #granted(context: RequestContext, clientIds: readonly string[]): Promise<Granted[]> {
    const viewer = requireViewer(context)
    const { reader } = this.on.database
    const rows = await reader.find(ApiClientGrantEntity, {
      where: { clientId: In([...clientIds]) },
      order: { id: 'ASC' },
    })
    const clients = await reader.findBy(ApiClientEntity, { id: In([...clientIds]) })
    const companyIds = [...new Set(rows.map(({ companyId }) => companyId))]
    const visible = await this.on.companies.findVisibleIds(context, companyIds)
    const own = companyIds.filter((id) => visible.has(id) && can(viewer, 'apiClient.view', id))
    const companies = new Map((await this.on.companies.findMany(own)).map((company) => [company.id, company]))
    const shownOf = ({ companyId, applicationId, givenAt, ...rights }: ApiClientGrantEntity) => {
      const company = companies.get(companyId)
      return company ? [{ company, application: applicationId, scopes: scopesOf(rights), givenAt }] : []
    }
    return clientIds.map((id) => {
      const own = rows.filter(({ clientId }) => clientId === id)
      const client = clients.find((each) => each.id === id) ?? null
      return { client, rows: own, visible, shown: own.flatMap(shownOf) }
    })
  }
}
