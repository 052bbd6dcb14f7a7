import type { EntityManager } from 'typeorm'
import type { AuditService } from '../audit/audit.service.js'
import type { Clock } from '../clock.js'
import type { CompanyService } from '../company/company.service.js'
import { requireViewer, type RequestContext } from '../context.js'
import { FileFaults } from '../csv-file/file-faults.js'
import type { AskedImport, FaultyFile } from '../csv-file/file-import.js'
import { readCsv } from '../csv-file/read-csv.js'
import { upsertMany } from '../db/insert-many.js'
import { newId } from '../db/new-id.js'
import { oneOf } from '../db/one-of.js'
import type { Database } from '../db/transaction.js'
import { can } from '../permissions.js'
import { articleKey, readOrders } from './order-file.js'
import type { OrderLine } from './order-line.js'
import { SalesOrderEntity } from './sales-order.entity.js'
import { salesOrderErrors } from './sales-order.errors.js'
import { searchKey } from './search-key.js'

interface Surroundings {
  database: Database
  clock: Clock
  companies: CompanyService
  audit: AuditService
}

interface Importer {
  companyId: string
  actorId: string
  requestId: string
}

/** How many are new, and how many take the place of what was there. */
export interface Imported {
  added: number
  replaced: number
}

const atOnce = 2000

/** Orders of one company from a file: all of them or none. */
export class OrderImportService {
  constructor(private readonly on: Surroundings) {}

  async requireImporter(context: RequestContext, companyId: string): Promise<Importer> {
    const viewer = requireViewer(context)
    const visible = await this.on.companies.findVisibleIds(context, [companyId], 'CONSUMER_RETURNS')
    if (!visible.has(companyId)) throw salesOrderErrors.ORDERS_OF_NO_COMPANY()
    if (!can(viewer, 'salesOrder.import', companyId)) throw salesOrderErrors.ORDERS_NOT_YOURS_TO_IMPORT()
    return { companyId, actorId: viewer.userId, requestId: context.requestId }
  }

  async run(
    importer: Importer,
    { bytes, isDryRun, onProgress }: AskedImport,
  ): Promise<FaultyFile | Imported> {
    const faults = new FileFaults()
    const total = bytes.length
    const records = await readCsv(bytes, faults, (done) => onProgress({ step: 'READING', done, total }))
    const orders = await readOrders(records, faults)
    if (faults.count > 0) return { faults: faults.inOrder(), faultCount: faults.count }
    if (isDryRun) return this.#compare(importer.companyId, orders)
    return this.on.database.inTransaction(async (manager) => {
      // Held, so that two files for one company come one after the other.
      if (!(await this.on.companies.hold(manager, importer.companyId)))
        throw salesOrderErrors.ORDERS_OF_NO_COMPANY()
      const { companyId, ...by } = importer
      const details = await this.put(manager, companyId, { orders, onProgress })
      const record = { name: 'sales_orders.imported', applicationId: 'CONSUMER_RETURNS' } as const
      await this.on.audit.record(manager, { ...record, ...by, companyId, details: { ...details } })
      return details
    })
  }

  /** Order# and SKU tell an article from others: one that is there already becomes what is given, and keeps its Date Added. */
  async put(
    manager: EntityManager,
    companyId: string,
    { orders, onProgress }: { orders: readonly OrderLine[] } & Pick<AskedImport, 'onProgress'>,
  ): Promise<Imported> {
    const imported = { added: 0, replaced: 0 }
    for (let from = 0; from < orders.length; from += atOnce) {
      const some = orders.slice(from, from + atOnce)
      const replaced = await countPresent(manager, companyId, some)
      imported.replaced += replaced
      imported.added += some.length - replaced
      await upsertMany(manager, SalesOrderEntity, {
        rows: some.map((order) => this.#rowOf(companyId, order)),
        by: ['companyId', 'orderNumberKey', 'skuKey'],
        kept: ['id', 'addedAt'],
      })
      onProgress({ step: 'WRITING', done: from + some.length, total: orders.length })
    }
    return imported
  }

  async #compare(companyId: string, orders: readonly OrderLine[]): Promise<Imported> {
    let replaced = 0
    for (let from = 0; from < orders.length; from += atOnce)
      replaced += await countPresent(this.on.database.reader, companyId, orders.slice(from, from + atOnce))
    return { added: orders.length - replaced, replaced }
  }

  #rowOf(companyId: string, order: OrderLine): SalesOrderEntity {
    const now = this.on.clock()
    return {
      ...order,
      id: newId(now),
      companyId,
      orderNumberKey: searchKey(order.orderNumber),
      emailKey: searchKey(order.email ?? ''),
      trackingNumberKey: searchKey(order.trackingNumber ?? ''),
      skuKey: searchKey(order.sku ?? ''),
      addedAt: now,
    }
  }
}

/** How many of these are there already. */
async function countPresent(
  manager: EntityManager,
  companyId: string,
  orders: readonly OrderLine[],
): Promise<number> {
  const query = manager
    .createQueryBuilder(SalesOrderEntity, 'placed')
    .select(['placed.id', 'placed.orderNumber', 'placed.sku'])
    .where('placed.companyId = :companyId', { companyId })
  const numbers = orders.map(({ orderNumber }) => searchKey(orderNumber))
  const among = oneOf(query.connection, 'placed.orderNumberKey', { numbers })
  const present = await query.andWhere(among.condition, among.parameters).getMany()
  const keys = new Set(present.map(articleKey))
  return orders.filter((order) => keys.has(articleKey(order))).length
}
