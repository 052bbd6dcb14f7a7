import type { SelectQueryBuilder } from 'typeorm'
import type { ApiClientListService } from '../api-client/api-client-list.service.js'
import type { ApiClientRights } from '../api-client/api-client-rights.js'
import type { CompanyService } from '../company/company.service.js'
import { checkPageSize, countLimit, toConnection, type PageRequest } from '../connection.js'
import type { CountedConnection } from '../connection-type.js'
import { requireViewer, type RequestContext } from '../context.js'
import type { Cursors } from '../cursor.js'
import type { Database } from '../db/transaction.js'
import type { EventType } from '../event/event-types.js'
import { WebhookDeliveryEntity } from './webhook-delivery.entity.js'
import type { WebhookDeliveryType } from './webhook-delivery.type.js'
import { WebhookEndpointEntity } from './webhook-endpoint.entity.js'
import { orNotFound, type WebhookRights } from './webhook-rights.js'
import type { WebhookEndpointType } from './webhook.type.js'

interface Surroundings {
  database: Database
  cursors: Cursors
  companies: CompanyService
  apiClientLists: Pick<ApiClientListService, 'mayManage'>
  clientRights: ApiClientRights
  webhookRights: WebhookRights
}

interface Listed<T> {
  query: SelectQueryBuilder<T & { id: string }>
  /** By which cursors of this list are known. */
  scope: string
  page: PageRequest
}

/** Endpoints and their deliveries as the admins of the companies that grant see them: each its own, never another's. */
export class WebhookListService {
  constructor(private readonly on: Surroundings) {}

  /** Null for a client that the viewer does not know of. */
  async endpoints(
    context: RequestContext,
    clientId: string,
    page: PageRequest,
  ): Promise<CountedConnection<WebhookEndpointType> | null> {
    requireViewer(context)
    if (!(await this.on.webhookRights.seesClient(context, clientId))) return null
    const query = this.on.database.reader
      .createQueryBuilder(WebhookEndpointEntity, 'one')
      .where('one.clientId = :clientId', { clientId })
    const listed = { query, scope: `webhook_endpoints ${clientId}`, page }
    return this.#page(listed, (rows) => Promise.all(rows.map((row) => this.shown(context, row))))
  }

  async shown(context: RequestContext, endpoint: WebhookEndpointEntity): Promise<WebhookEndpointType> {
    const { id, clientId: apiClientId, url, eventTypes, formerSecretUntil, disabledReason } = endpoint
    const { createdAt, secretLastFour, secretSetAt, failingSince, lastDeliveredAt } = endpoint
    const isYoursToManage = await this.on.apiClientLists.mayManage(context, apiClientId)
    return {
      ...{ id, apiClientId, host: new URL(url).host, url: isYoursToManage ? url : null, eventTypes },
      state: endpoint.disabledAt ? 'DISABLED' : endpoint.pausedAt ? 'PAUSED' : 'ENABLED',
      ...{ disabledReason, createdAt, secretLastFour, secretSetAt, failingSince, lastDeliveredAt },
      ...{ formerSecretUntil, isYoursToManage },
    }
  }

  /** Null for an endpoint that the viewer does not know of; of a client of many companies, only the viewer's (S-119). */
  async deliveries(
    context: RequestContext,
    endpointId: string,
    page: PageRequest,
  ): Promise<CountedConnection<WebhookDeliveryType> | null> {
    requireViewer(context)
    const endpoint = await orNotFound(this.on.webhookRights.requireSeen(context, endpointId))
    if (!endpoint) return null
    const companyIds = await this.on.clientRights.companiesSeen(context, endpoint.clientId)
    const query = this.on.database.reader
      .createQueryBuilder(WebhookDeliveryEntity, 'one')
      .where('one.endpointId = :endpointId', { endpointId })
      // Without the empty text a list of none would be no SQL.
      .andWhere('(one.companyId IS NULL OR one.companyId IN (:...companyIds))', {
        companyIds: [...companyIds, ''],
      })
    return this.#page({ query, scope: `webhook_deliveries ${endpointId}`, page }, (rows) =>
      this.#shownDeliveries(rows),
    )
  }

  /** One of those that `deliveries` lists. */
  async delivery(context: RequestContext, id: string): Promise<WebhookDeliveryEntity | null> {
    const delivery = await this.on.database.reader.findOneBy(WebhookDeliveryEntity, { id })
    if (!delivery) return null
    const endpoint = await orNotFound(this.on.webhookRights.requireSeen(context, delivery.endpointId))
    if (!endpoint) return null
    const companyIds = await this.on.clientRights.companiesSeen(context, endpoint.clientId)
    return delivery.companyId === null || companyIds.includes(delivery.companyId) ? delivery : null
  }

  async shownDelivery(delivery: WebhookDeliveryEntity): Promise<WebhookDeliveryType> {
    const [shown] = await this.#shownDeliveries([delivery])
    return shown as WebhookDeliveryType
  }

  async #shownDeliveries(rows: readonly WebhookDeliveryEntity[]): Promise<WebhookDeliveryType[]> {
    const ids = rows.flatMap(({ companyId }) => companyId ?? [])
    const found = await this.on.companies.findMany([...new Set(ids)])
    const companies = new Map(found.map((company) => [company.id, company]))
    return rows.map((row) => ({
      ...{ id: row.id, eventId: row.eventId, isTest: row.isTest },
      type: row.isTest ? null : (row.type as EventType),
      company: companies.get(row.companyId ?? '') ?? null,
      application: row.applicationId,
      state: row.outcome ?? 'WAITING',
      ...{ createdAt: row.createdAt, attempts: row.attempts, lastAttemptAt: row.lastTriedAt },
      ...{ statusCode: row.statusCode, failure: row.failure, nextAttemptAt: row.dueAt },
    }))
  }

  async #page<T, Shown>(
    { query, scope, page }: Listed<T>,
    show: (rows: (T & { id: string })[]) => Promise<(Shown & { id: string })[]>,
  ): Promise<CountedConnection<Shown & { id: string }>> {
    const first = checkPageSize(page.first)
    const all = query.clone()
    if (page.after !== null)
      query.andWhere('one.id < :after', { after: this.on.cursors.open(scope, page.after)[0] })
    const rows = await query
      .orderBy('one.id', 'DESC')
      .limit(first + 1)
      .getMany()
    const connection = toConnection(await show(rows), page, ({ id }) => this.on.cursors.seal(scope, [id]))
    const count = async () => (await all.select('one.id').limit(countLimit).getMany()).length
    return { ...connection, count }
  }
}
