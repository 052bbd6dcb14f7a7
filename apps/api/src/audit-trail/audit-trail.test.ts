import { expect, it } from 'vitest'
import { vaulted } from '../testing/api-client.js'
import type { Browser } from '../testing/browser.js'
import { companyIdOf, createTestApp, type TestApp } from '../testing/create-test-app.js'
import { signInAs } from '../testing/people.js'
import { statementsOf } from '../testing/statements.js'

const document = `query ($filter: AuditFilterInput, $first: Int! = 100, $after: String) {
  auditEvents(filter: $filter, first: $first, after: $after) {
    edges { cursor node { id at name result actor { id displayName } apiClient { name } company { id name }
      application address requestId details { name value } } }
    pageInfo { hasNextPage endCursor }
    totalCount
  }
}`

interface Node {
  id: string
  at: string
  name: string
  result: string
  actor: { id: string; displayName: string | null } | null
  company: { id: string; name: string } | null
  application: string | null
  address: string | null
  requestId: string | null
  details: { name: string; value: string }[]
}

interface Page {
  edges: { node: Node }[]
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
  totalCount: number
}

async function pageOf(browser: Browser, variables: object = {}): Promise<Page> {
  return (await browser.data<{ auditEvents: Page }>(document, variables)).auditEvents
}

async function seenBy(browser: Browser, filter: object = {}): Promise<Node[]> {
  const { edges, totalCount } = await pageOf(browser, { filter })
  expect(totalCount).toBe(edges.length)
  return edges.map(({ node }) => node)
}

const namesOf = (nodes: Node[]): string[] => nodes.map(({ name }) => name)

/** Acme has opted in to Rating; of Demonstration Company nobody but its admin should learn anything. */
async function twoCompanies() {
  const world = await createTestApp()
  const { admin, companyId } = await vaulted(world)
  const other = await world.as('demo.admin')
  const otherId = await companyIdOf(other, 'Demonstration Company')
  await other.data('mutation ($input: UpdateCompanyInput!) { updateCompany(input: $input) { id } }', {
    input: { id: otherId, accountExecutiveName: 'Somebody else' },
  })
  return { world, admin, companyId, other, otherId }
}

it('tells who did what, when, from where, to which company and application, with the request', async () => {
  const { world, admin, companyId } = await twoCompanies()
  const begun = (await seenBy(admin)).find(({ name }) => name === 'AUTHORIZATION_BEGUN')
  expect(begun).toMatchObject({
    at: world.clock().toISOString(),
    result: 'DONE',
    actor: { displayName: 'Avery Acme' },
    company: { id: companyId, name: 'Acme Outfitters' },
    application: 'RATING',
    address: '127.0.0.1',
  })
  expect(world.logged.some((line) => line.includes(begun?.requestId ?? 'no request'))).toBe(true)
})

it('shows the admin of a company its trail and their own deeds, and nothing of another company', async () => {
  const { admin, companyId, other, otherId } = await twoCompanies()
  const seen = await seenBy(admin)
  expect(namesOf(seen)).toEqual(expect.arrayContaining(['SESSION_BEGAN', 'AUTHORIZATION_OPTED_IN']))
  expect(
    seen.every(({ actor, company }) => actor?.displayName === 'Avery Acme' || company?.id === companyId),
  ).toBe(true)
  expect(namesOf(await seenBy(other))).toEqual(expect.arrayContaining(['SESSION_BEGAN', 'COMPANY_UPDATED']))
  expect(await seenBy(admin, { companyId: otherId })).toEqual([])
  expect(await seenBy(admin, { companyId: 'nothing' })).toEqual([])
})

it('shows a viewer of a company only what they did themselves', async () => {
  const { world, companyId } = await twoCompanies()
  const viewer = await signInAs(world, { signInName: 'vera', roles: { [companyId]: 'VIEWER' } })
  expect(namesOf(await seenBy(viewer))).toEqual(['SESSION_BEGAN'])
  expect(await seenBy(viewer, { companyId })).toEqual([])
})

it('shows a solution admin the visible companies and what belongs to none, and not the others', async () => {
  const { world, companyId, otherId } = await twoCompanies()
  await world.browser().query('mutation ($input: SignInInput!) { signIn(input: $input) { id } }', {
    input: { signInName: 'nobody', password: 'wrong' },
  })
  const solution = await world.as('solution.admin')
  const seen = await seenBy(solution)
  expect(namesOf(seen)).toEqual(expect.arrayContaining(['SESSION_REFUSED', 'AUTHORIZATION_OPTED_IN']))
  expect(new Set(seen.map(({ company }) => company?.id))).toEqual(new Set([companyId, undefined]))
  expect(namesOf(await seenBy(solution, { companyId }))).toContain('AUTHORIZATION_OPTED_IN')
  expect(await seenBy(solution, { companyId: otherId })).toEqual([])
})

it('keeps the trail of a removed company for its former admin', async () => {
  const { admin, companyId } = await twoCompanies()
  await admin.data('mutation ($id: ID!) { removeCompany(id: $id) }', { id: companyId })
  const seen = await seenBy(admin, { companyId })
  expect(namesOf(seen)).toContain('COMPANY_REMOVED')
  expect(seen[0]?.company?.name).toBe('Acme Outfitters')
})

it('answers nobody who has not signed in', async () => {
  const world = await createTestApp()
  const { errors } = await world.browser().query(document)
  expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED')
})

it('narrows by company, application, person, event, result and time', async () => {
  const { world, admin } = await twoCompanies()
  const solution = await world.as('solution.admin')
  const all = await seenBy(solution)
  const avery = (await seenBy(admin))[0]?.actor?.id
  const same = (nodes: Node[], kept: (node: Node) => boolean) => {
    expect(nodes).toEqual(all.filter(kept))
    expect(nodes.length).toBeGreaterThan(0)
  }
  same(await seenBy(solution, { application: 'RATING' }), (node) => node.application === 'RATING')
  same(await seenBy(solution, { actorId: avery }), (node) => node.actor?.id === avery)
  same(await seenBy(solution, { names: ['SESSION_BEGAN'] }), (node) => node.name === 'SESSION_BEGAN')
  same(await seenBy(solution, { result: 'DONE' }), (node) => node.result === 'DONE')
  const now = world.clock()
  const earlier = new Date(now.getTime() - 1).toISOString()
  expect(await seenBy(solution, { to: now.toISOString() })).toEqual([])
  same(await seenBy(solution, { from: earlier }), () => true)
})

it('pages through the trail without losing or repeating a record, also where several happened at once', async () => {
  const { world } = await twoCompanies()
  const solution = await world.as('solution.admin')
  const whole = await seenBy(solution)
  const paged: Node[] = []
  for (let after: string | null = null, more = true; more;) {
    const page: Page = await pageOf(solution, { first: 2, after })
    paged.push(...page.edges.map(({ node }) => node))
    after = page.pageInfo.endCursor
    more = page.pageInfo.hasNextPage
  }
  expect(paged).toEqual(whole)
})

it('refuses a cursor that is none of its own, and a page of more than a hundred', async () => {
  const { admin } = await twoCompanies()
  const { errors } = await admin.query(document, { after: 'made-up' })
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'CURSOR_NOT_VALID' })
  const tooMany = await admin.query(document, { first: 101 })
  expect(tooMany.errors?.[0]?.extensions.reason).toBe('PAGE_SIZE_OUT_OF_RANGE')
})

it('asks the database as often for many records as for few', async () => {
  const { world } = await twoCompanies()
  const solution = await world.as('solution.admin')
  const statements = await statementsOf(world)
  const asked = async (first: number): Promise<number> => {
    statements.length = 0
    await pageOf(solution, { first })
    return statements.length
  }
  await asked(1)
  const forOne = await asked(1)
  for (let count = 0; count < 10; count++) await world.as('acme.admin')
  expect(await asked(50)).toBe(forOne)
})

/** A trail of 30,000 records of 300 companies. */
async function longTrail(world: TestApp): Promise<void> {
  const rows =
    world.app.database.kind === 'postgres'
      ? 'FROM generate_series(1, 30000) AS n'
      : 'FROM (WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 30000) SELECT n FROM c)'
  await world.app.database.inTransaction(async (manager) => {
    await manager.query(
      `INSERT INTO audit_events (id, at, name, result, "companyId", "actorId", details, "position")
       SELECT 'x' || n, n, 'company.updated', 'DONE', CASE WHEN n % 3 = 0 THEN NULL ELSE 'company ' || (n % 300) END, 'actor ' || (n % 500), '{}', n ${rows}`,
    )
    await manager.query(world.app.database.kind === 'postgres' ? 'ANALYZE audit_events' : 'ANALYZE')
  })
}

it('finds its way by an index, on a long trail, in each way to look at it', async () => {
  const world = await createTestApp()
  await longTrail(world)
  const { kind, reader } = world.app.database
  const order = 'ORDER BY at DESC, id DESC LIMIT 26'
  const looks = [
    `"companyId" = 'company 7' ${order}`,
    `"companyId" IS NULL ${order}`,
    `"actorId" = 'actor 7' ${order}`,
    `at <= 5000 AND (at < 5000 OR id < 'x5') ${order}`,
  ]
  for (const look of looks) {
    const sql = `SELECT * FROM audit_events WHERE ${look}`
    const plan = JSON.stringify(
      await reader.query(kind === 'postgres' ? `EXPLAIN ${sql}` : `EXPLAIN QUERY PLAN ${sql}`),
    )
    expect(plan, look).toMatch(/Index Scan|USING INDEX/)
    expect(plan, look).not.toMatch(/Seq Scan|Sort|TEMP B-TREE/)
  }
})
