import { expect, it } from 'vitest'
import { CompanyEntity } from '../company/company.entity.js'
import { companyIdOf, createTestApp, type TestApp } from '../testing/create-test-app.js'
import { plansOf } from '../testing/query-plans.js'
import { orderSorts } from './order-sort.js'

const orders = 6000

/** Made by the database itself, in another order than their numbers; mail addresses and SKUs in two kinds each. */
async function fill({ app }: TestApp, companyId: string): Promise<void> {
  const { kind, inTransaction } = app.database
  const isPostgres = kind === 'postgres'
  const numbers = isPostgres
    ? `SELECT generate_series(1, ${orders}) AS n`
    : `WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < ${orders}) SELECT n FROM s`
  const digits = isPostgres ? `lpad(n::text, 7, '0')` : `printf('%07d', n)`
  await inTransaction((manager) =>
    manager.query(
      `INSERT INTO sales_orders (id, "companyId", "orderNumber", "orderNumberKey", "emailKey", "orderedAt", "addedAt",
         "trackingNumberKey", "skuKey", "orderQuantity", "quantityReturned")
       SELECT 'bulk-' || ${digits}, '${companyId}', 'O' || ${digits}, 'o' || ${digits},
         CASE n % 2 WHEN 0 THEN 'even' ELSE 'odd' END || ${digits}, (n * 7919 % 1000) * CAST(86400000 AS bigint), n,
         '1z' || (n * 7919 % 10007), CASE n % 3 WHEN 0 THEN 'tent' ELSE 'o-boot' END, 1, 0 FROM (${numbers}) q`,
    ),
  )
  if (isPostgres) await app.database.reader.query('VACUUM ANALYZE')
}

interface Answer {
  salesOrders: {
    totalCount: number
    pageInfo: { endCursor: string }
    edges: { node: { orderNumber: string; orderedAt: string; sku: string; addedAt: string } }[]
  }
}

async function filledWorld() {
  const world = await createTestApp()
  const admin = await world.as('acme.admin')
  const companyId = await companyIdOf(admin, 'Acme Outfitters')
  await fill(world, companyId)
  const ask = async (asked: object, fields = 'edges { node { orderNumber orderedAt addedAt } }') => {
    const { salesOrders } = await admin.data<Answer>(
      `query ($companyId: ID!, $search: String, $sort: SalesOrderSort, $after: String) {
        salesOrders(companyId: $companyId, search: $search, sort: $sort, after: $after) { ${fields} }
      }`,
      { companyId, ...asked },
    )
    return salesOrders
  }
  return { world, ask }
}

/** SQLite says SCAN of an index in its order too, and of what was made for the statement; not of a table is what counts. */
const walks = [/Seq Scan on sales_orders/, /^SCAN (placed|sales_orders)$/m]
const sorts = [/\bSort\b/, /TEMP B-TREE FOR ORDER/]
/** Both kinds of search: what nothing, little or much begins with. */
const searches = [null, 'nothing', 'o0004711', 'even', 'o', '1z77']

it('finds a page of orders by an index, whatever is looked for and in whichever order', async () => {
  const { world, ask } = await filledWorld()
  for (const sort of orderSorts) {
    for (const search of searches) {
      const asked = { sort, search }
      const { pageInfo } = await ask(asked, 'pageInfo { endCursor }')
      for (const after of [null, pageInfo.endCursor]) {
        const statements = await plansOf(world, () => ask({ ...asked, after }))
        const about = statements.filter(({ sql }) => /FROM "?sales_orders/.test(sql))
        expect(about.length).toBeLessThanOrEqual(4)
        for (const { sql, plan } of about) {
          // The few are looked up by their ids, and not met on a walk through the company.
          const mayNot = [...walks, ...sorts, ...(/IN \(|= ANY/.test(sql) ? [/companyId/] : [])]
          const faults = mayNot.filter((step) => step.test(plan)).map(String)
          expect({ asked, faults, ...(faults.length > 0 && { sql, plan }) }).toEqual({ asked, faults: [] })
        }
      }
    }
  }
})

it('answers a search that finds much in the same order as one that finds little, and counts up to ten thousand', async () => {
  const { world, ask } = await filledWorld()
  const { reader } = world.app.database
  expect(await reader.count(CompanyEntity)).toBe(2)
  for (const search of ['even', 'o', '1z7', 'odd00047'])
    for (const [sort, direction, columns] of [
      ['ORDER_NUMBER_ASC', 'ASC', ['orderNumberKey', 'skuKey']],
      ['ORDER_DATE_DESC', 'DESC', ['orderedAt', 'id']],
      ['DATE_ADDED_ASC', 'ASC', ['addedAt', 'id']],
    ] as const) {
      const expected = await reader.query<{ orderNumber: string }[]>(
        `SELECT "orderNumber" FROM sales_orders WHERE "companyId" = (SELECT "companyId" FROM sales_orders WHERE id = 'bulk-0000001')
         AND ("orderNumberKey" LIKE '${search}%' OR "emailKey" LIKE '${search}%' OR "trackingNumberKey" LIKE '${search}%' OR "skuKey" LIKE '${search}%')
         ORDER BY ${columns.map((column) => `"${column}" ${direction}`).join(', ')} LIMIT 50`,
      )
      const first = await ask({ search, sort }, 'pageInfo { endCursor } edges { node { orderNumber } }')
      const second = await ask({ search, sort, after: first.pageInfo.endCursor })
      const found = [...first.edges, ...second.edges].map(({ node }) => node.orderNumber)
      expect([search, sort, found]).toEqual([search, sort, expected.map(({ orderNumber }) => orderNumber)])
    }

  const countOf = async (search: string | null) => (await ask({ search }, 'totalCount')).totalCount
  expect(await countOf(null)).toBe(orders + 48)
  expect(await countOf('even')).toBe(orders / 2)
  expect(await countOf('o')).toBe(orders)
  expect(await countOf('o00001')).toBe(100)
  expect(await countOf('nothing')).toBe(0)
  const { inTransaction } = world.app.database
  await inTransaction((manager) =>
    manager.query(
      `INSERT INTO sales_orders (id, "companyId", "orderNumber", "orderNumberKey", "emailKey", "orderedAt", "addedAt",
         "trackingNumberKey", "skuKey", "orderQuantity", "quantityReturned")
       SELECT 'more' || id, "companyId", '', 'o-more' || id, '', 0, 0, '', '', 1, 0 FROM sales_orders`,
    ),
  )
  expect([await countOf(null), await countOf('o')]).toEqual([10_000, 10_000])
})
