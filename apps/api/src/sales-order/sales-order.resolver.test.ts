import { expect, it } from 'vitest'
import type { Browser } from '../testing/browser.js'
import { companyIdOf, createTestApp } from '../testing/create-test-app.js'
import { optIn } from '../testing/opt-in.js'
import { signInAs } from '../testing/people.js'
import type { OrderLine } from './order-line.js'
import { orderSorts } from './order-sort.js'

interface Answer {
  salesOrders: {
    totalCount: number
    pageInfo: { hasNextPage: boolean; endCursor: string | null }
    edges: { node: Record<string, unknown> & { orderNumber: string; sku: string | null } }[]
  }
}

const document = `query ($companyId: ID!, $search: String, $sort: SalesOrderSort, $first: Int, $after: String) {
  salesOrders(companyId: $companyId, search: $search, sort: $sort, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    edges { node { id orderNumber email contactName companyName country orderedAt addedAt trackingNumber sku
      description orderQuantity quantityReturned } }
  }
}`

const order = (changes: Partial<OrderLine>): OrderLine => ({
  orderNumber: 'A-1',
  email: null,
  contactName: null,
  companyName: null,
  country: null,
  orderedAt: new Date('2022-05-13'),
  trackingNumber: null,
  sku: null,
  description: null,
  orderQuantity: 1,
  quantityReturned: 0,
  ...changes,
})

/** A company of its own, so that only these orders are there. */
async function worldWith(...orders: OrderLine[]) {
  const world = await createTestApp()
  const admin = await world.as('acme.admin')
  const { createCompany } = await admin.data<{ createCompany: { id: string } }>(
    'mutation { createCompany(input: { name: "Orders Ltd", applications: [CONSUMER_RETURNS] }) { id } }',
  )
  const companyId = createCompany.id
  const { orderImports } = world.app.services
  for (const each of orders) {
    world.clock.advance(1000)
    await world.app.database.inTransaction((manager) =>
      orderImports.put(manager, companyId, { orders: [each], onProgress: () => undefined }),
    )
  }
  const list = async (asked: object = {}, browser: Browser = admin) =>
    (await browser.data<Answer>(document, { companyId, ...asked })).salesOrders
  const numbers = async (asked: object = {}) =>
    (await list(asked)).edges.map(({ node }) => `${node.orderNumber}${node.sku ? ` ${node.sku}` : ''}`)
  return { world, admin, companyId, list, numbers }
}

it('answers the twelve columns of an order', async () => {
  const { list, world } = await worldWith(
    order({
      orderNumber: 'Ord-1',
      email: 'Ann@example.com',
      contactName: 'Ann',
      companyName: 'Ann & Co',
      country: 'Italy',
      trackingNumber: '1Z999AA10123456784',
      sku: 'TENT',
      description: 'A tent',
      orderQuantity: 3,
      quantityReturned: 2,
    }),
  )
  expect(await list()).toMatchObject({
    totalCount: 1,
    edges: [
      {
        node: {
          orderNumber: 'Ord-1',
          email: 'Ann@example.com',
          contactName: 'Ann',
          companyName: 'Ann & Co',
          country: 'Italy',
          orderedAt: '2022-05-13T00:00:00.000Z',
          addedAt: world.clock().toISOString(),
          trackingNumber: '1Z999AA10123456784',
          sku: 'TENT',
          description: 'A tent',
          orderQuantity: 3,
          quantityReturned: 2,
        },
      },
    ],
  })
})

it('finds orders by how Order#, mail address, Original TrackNo or SKU begins, in any case, and knows no wildcards', async () => {
  const { list, numbers } = await worldWith(
    order({ orderNumber: 'Xa-1' }),
    order({ orderNumber: 'B-2', email: 'XA@example.com' }),
    order({ orderNumber: 'C-3', trackingNumber: 'xA77' }),
    order({ orderNumber: 'D-4', sku: 'xaver' }),
    order({ orderNumber: 'E-5', sku: 'maxa', email: 'maxa@example.com', contactName: 'Xaver' }),
    order({ orderNumber: 'XA-6', email: 'xa6@example.com', trackingNumber: 'xa6', sku: 'xa6' }),
  )
  const asked = { search: ' xA', sort: 'ORDER_NUMBER_ASC' }
  expect(await numbers(asked)).toEqual(['B-2', 'C-3', 'D-4 xaver', 'Xa-1', 'XA-6 xa6'])
  expect((await list(asked)).totalCount).toBe(5)
  expect(await numbers({ search: 'xa-1' })).toEqual(['Xa-1'])
  for (const search of ['%', '_a', 'x%', 'zzz']) expect(await numbers({ search })).toEqual([])
  expect(await numbers({ search: '  ' })).toHaveLength(6)
})

it('goes through all orders page by page, in each order, also where many are alike', async () => {
  const days = ['2022-05-13', '2022-05-14', '2022-05-13']
  const { list, numbers, companyId, admin } = await worldWith(
    ...Array.from({ length: 7 }, (_, index) =>
      order({
        orderNumber: index < 4 ? 'Same' : `n-${index}`,
        sku: `S${index}`,
        orderedAt: new Date(days[index % 3] ?? ''),
      }),
    ),
  )
  const byNumber = ['n-4 S4', 'n-5 S5', 'n-6 S6', 'Same S0', 'Same S1', 'Same S2', 'Same S3']
  expect(await numbers({ sort: 'ORDER_NUMBER_ASC' })).toEqual(byNumber)
  const added = [...byNumber.slice(3), ...byNumber.slice(0, 3)]
  expect(await numbers({ sort: 'DATE_ADDED_ASC' })).toEqual(added)
  const byDate = (await list({ sort: 'ORDER_DATE_DESC' })).edges.map(({ node }) => String(node['orderedAt']))
  expect(byDate).toEqual([...byDate].sort().reverse())
  expect(await numbers()).toEqual(await numbers({ sort: 'ORDER_DATE_DESC' }))

  for (const search of [null, 's'])
    for (const sort of orderSorts) {
      const whole = await numbers({ sort, search })
      expect(whole).toHaveLength(7)
      const opposite = sort.endsWith('ASC') ? sort.replace('ASC', 'DESC') : sort.replace('DESC', 'ASC')
      expect(await numbers({ sort: opposite, search })).toEqual([...whole].reverse())
      const walked: string[] = []
      for (let after: string | null = null, isMore = true; isMore;) {
        const page = await list({ sort, search, first: 2, after })
        walked.push(...page.edges.map(({ node }) => `${node.orderNumber} ${node.sku}`))
        after = page.pageInfo.endCursor
        isMore = page.pageInfo.hasNextPage
      }
      expect(walked).toEqual(whole)
    }

  const { endCursor: after } = (await list({ first: 1 })).pageInfo
  for (const other of [{ sort: 'ORDER_DATE_ASC' }, { search: 's' }]) {
    const { errors } = await admin.query(document, { companyId, after, ...other })
    expect(errors?.[0]?.extensions.reason).toBe('CURSOR_NOT_VALID')
  }
})

it('shows orders to members, and to a solution admin once the company has authorized Consumer Returns', async () => {
  const world = await createTestApp()
  const acme = await world.as('acme.admin')
  const companyId = await companyIdOf(acme, 'Acme Outfitters')
  const count = async (browser: Browser) => {
    const { salesOrders } = await browser.data<Answer>(document, { companyId })
    return [salesOrders.totalCount, salesOrders.edges.length]
  }
  const viewer = await signInAs(world, { signInName: 'looks.on', roles: { [companyId]: 'VIEWER' } })
  const solution = await world.as('solution.admin')
  for (const browser of [acme, viewer]) expect(await count(browser)).toEqual([48, 25])
  await optIn(world, acme, 'RATING')
  for (const browser of [await world.as('demo.admin'), solution]) expect(await count(browser)).toEqual([0, 0])
  await optIn(world, acme, 'CONSUMER_RETURNS')
  expect(await count(solution)).toEqual([48, 25])
  await acme.data(
    'mutation ($id: ID!) { withdrawCompany(input: { companyId: $id, application: CONSUMER_RETURNS }) }',
    { id: companyId },
  )
  expect(await count(acme)).toEqual([0, 0])
})
