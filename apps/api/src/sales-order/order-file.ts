import { setImmediate } from 'node:timers/promises'
import { readHeader } from '../csv-file/csv-header.js'
import type { FileFaults } from '../csv-file/file-faults.js'
import type { CsvRecord } from '../csv-file/read-csv.js'
import { orderColumns } from './order-columns.js'
import { readOrder, type OrderLine } from './order-line.js'
import { searchKey } from './search-key.js'

/** What tells one article of one order from all others of a company: of a file the same as of the database. */
export const articleKey = ({ orderNumber, sku }: Pick<OrderLine, 'orderNumber' | 'sku'>): string =>
  JSON.stringify([searchKey(orderNumber), searchKey(sku ?? '')])

/** The articles of a file, in its order. */
export async function readOrders(
  [header, ...records]: readonly CsvRecord[],
  faults: FileFaults,
): Promise<OrderLine[]> {
  const places = header && readHeader(header.cells, orderColumns, faults)
  if (!places) return []
  if (records.length === 0 && faults.count === 0)
    faults.add(2, 'There is no line below the names of the columns.')
  const lineOf = new Map<string, number>()
  const orders: OrderLine[] = []
  for (const [index, record] of records.entries()) {
    // Other work gets its turn.
    if (index % 2000 === 0) await setImmediate()
    const order = readOrder(record, places, faults)
    if (!order) continue
    const key = articleKey(order)
    const earlier = lineOf.get(key)
    if (earlier !== undefined) faults.add(record.line, `has the Order# and SKU of line ${earlier}.`, 'Order#')
    else lineOf.set(key, record.line)
    orders.push(order)
  }
  return orders
}
