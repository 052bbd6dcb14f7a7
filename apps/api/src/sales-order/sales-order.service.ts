import type { CompanyService } from '../company/company.service.js'
import { checkPageSize, toConnection, type Connection, type PageRequest } from '../connection.js'
import { requireViewer, type RequestContext } from '../context.js'
import type { Cursors } from '../cursor.js'
import type { Database } from '../db/transaction.js'
import { can } from '../permissions.js'
import { countOf, pageOf, positionOf } from './order-search.js'
import { sortedBy, type OrderSort, type Position } from './order-sort.js'
import type { SalesOrderEntity } from './sales-order.entity.js'
import { searchKey } from './search-key.js'

interface Surroundings {
  database: Database
  cursors: Cursors
  companies: CompanyService
}

export interface AskedOrders extends PageRequest {
  companyId: string
  search: string | null
  sort: OrderSort
}

const nothing: Connection<SalesOrderEntity> = {
  edges: [],
  pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
}

/** The orders of a company, as those see them who see it in Consumer Returns. */
export class SalesOrderService {
  constructor(private readonly on: Surroundings) {}

  /** Empty for a company that the viewer does not see there, as for one that does not exist. */
  async list(context: RequestContext, asked: AskedOrders): Promise<Connection<SalesOrderEntity>> {
    const limit = checkPageSize(asked.first) + 1
    if (!(await this.#sees(context, asked.companyId))) return nothing
    const { companyId, search, sort } = asked
    const prefix = searchKey(search ?? '')
    const scope = `sales-orders ${companyId} ${sort} ${prefix}`
    const after =
      asked.after === null ? null : (this.on.cursors.open(scope, asked.after) as unknown as Position)
    const by = sortedBy(sort)
    const rows = await pageOf(this.on.database.reader, { companyId, prefix, sort: by, after, limit })
    return toConnection(rows, asked, (order) => this.on.cursors.seal(scope, [...positionOf(order, by)]))
  }

  async count(context: RequestContext, { companyId, search }: AskedOrders): Promise<number> {
    if (!(await this.#sees(context, companyId))) return 0
    return countOf(this.on.database.reader, { companyId, prefix: searchKey(search ?? '') })
  }

  async #sees(context: RequestContext, companyId: string): Promise<boolean> {
    const viewer = requireViewer(context)
    const visible = await this.on.companies.findVisibleIds(context, [companyId], 'CONSUMER_RETURNS')
    return visible.has(companyId) && can(viewer, 'salesOrder.view', companyId)
  }
}
