import type { Engine } from '../torture/engine.js'
import { Person } from '../torture/person.js'
import { byTurns, median, timed } from './by-turns.js'
import { openHub, type OpenHub } from './open-hub.js'

const reads = 40

export interface OrderTimes {
  small: number
  large: number
  /** Milliseconds of one page, by what is asked for. */
  pages: Record<string, { small: number; large: number }>
}

interface Filled {
  hub: OpenHub
  orders: number
  person: Person
  companyId: string
}

const asked: [string, (number: string) => object][] = [
  ['newest first', () => ({ sort: 'ORDER_DATE_DESC' })],
  ['by Order#', () => ({ sort: 'ORDER_NUMBER_ASC' })],
  ['one Order#', (number) => ({ search: `bulk-${number}` })],
  ['one mail address', (number) => ({ search: `person${number}@` })],
  ['what half of them begin with', () => ({ search: 'tent' })],
]

/** A page of one company's orders where there are few and where there are many, by turns. */
export async function orderLists(engine: Engine, small: number, large: number): Promise<OrderTimes> {
  const hubs = [await filled(engine, small), await filled(engine, large)] as const
  try {
    const pages: OrderTimes['pages'] = {}
    for (const [what, variables] of asked)
      pages[what] = await byTurns(hubs, 5, async (one, round) => {
        const took: number[] = []
        for (let read = 0; read < reads; read++)
          took.push(await timed(() => page(one, variables(aNumber(round * reads + read, one.orders)))))
        return median(took)
      })
    return { small, large, pages }
  } finally {
    for (const { hub } of hubs) await hub.close()
  }
}

const aNumber = (round: number, orders: number): string =>
  String(Math.floor(((round * 0.618034) % 1) * orders)).padStart(7, '0')

/** Made by the database itself; from files it would take minutes. */
async function filled(engine: Engine, orders: number): Promise<Filled> {
  const hub = await openHub(engine, 2)
  const person = new Person(hub.publicUrl, 'acme.admin')
  await person.signIn(hub.ask)
  const [company] = await hub.database.query<{ id: string }>(
    `SELECT id FROM companies WHERE name = 'Acme Outfitters'`,
  )
  if (!company) throw new Error('no company of the demo')
  const isPostgres = engine.name === 'postgres'
  const numbers = isPostgres
    ? `SELECT generate_series(0, ${orders - 1}) AS n`
    : `WITH RECURSIVE s(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM s WHERE n < ${orders - 1}) SELECT n FROM s`
  const digits = isPostgres ? `lpad(n::text, 7, '0')` : `printf('%07d', n)`
  await hub.app.database.inTransaction((manager) =>
    manager.query(
      `INSERT INTO sales_orders (id, "companyId", "orderNumber", "orderNumberKey", "emailKey", "orderedAt", "addedAt",
         "trackingNumberKey", "skuKey", "orderQuantity", "quantityReturned")
       SELECT 'bulk-' || ${digits}, '${company.id}', 'BULK-' || ${digits}, 'bulk-' || ${digits},
         'person' || ${digits} || '@example.com', n, n, '1z' || ${digits},
         CASE n % 2 WHEN 0 THEN 'tent' ELSE 'boot' END, 1, 0 FROM (${numbers}) q`,
    ),
  )
  if (isPostgres) await hub.app.database.reader.query('VACUUM ANALYZE')
  return { hub, orders, person, companyId: company.id }
}

async function page({ hub, person, companyId }: Filled, variables: object): Promise<void> {
  await person.query(
    hub.ask,
    `query ($companyId: ID!, $search: String, $sort: SalesOrderSort) {
      salesOrders(companyId: $companyId, search: $search, sort: $sort) {
        edges { node { id orderNumber email sku } } pageInfo { hasNextPage }
      }
    }`,
    { companyId, ...variables },
  )
}
