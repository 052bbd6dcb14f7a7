import { expect, it } from 'vitest'
import { AuthorizationEntity } from '../authorization/authorization.entity.js'
import type { Browser } from '../testing/browser.js'
import { companyIdOf, createTestApp, type TestApp } from '../testing/create-test-app.js'
import { optIn } from '../testing/opt-in.js'
import { signInAs } from '../testing/people.js'
import { plansOf } from '../testing/query-plans.js'

const companies = 2000
const day = 24 * 3600_000

const statusOf = `CASE WHEN n % 40 = 0 THEN 'REAUTHORIZATION_REQUIRED' ELSE 'AUTHORIZED' END`

/**
 * Made by the database itself: each company enrolled in two applications; in Rating every fortieth is refused, every
 * forty-first fails to be renewed, every forty-third runs out.
 */
async function fill({ app, clock }: TestApp): Promise<void> {
  const { kind, inTransaction, reader } = app.database
  const isPostgres = kind === 'postgres'
  const numbers = isPostgres
    ? `SELECT generate_series(1, ${companies}) AS n`
    : `WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < ${companies}) SELECT n FROM s`
  const name = isPostgres ? `lpad(n::text, 6, '0')` : `printf('%06d', n)`
  const now = clock().getTime()
  const issuedAt = now - 50 * day
  for (const sql of [
    `INSERT INTO companies (id, name, "nameKey", "createdAt")
     SELECT 'c' || n, 'Bulk ' || ${name}, 'bulk ' || ${name}, 0 FROM (${numbers}) q`,
    `INSERT INTO authorizations (id, "companyId", "companyNameKey", "applicationId", status, generation,
       "problemAttempts", "problemSince", "createdAt")
     SELECT 'RATING' || n, 'c' || n, 'bulk ' || ${name}, 'RATING', ${statusOf}, 1,
       0, CASE WHEN n % 41 = 0 AND n % 40 <> 0 THEN 5 END, 0 FROM (${numbers}) q`,
    `INSERT INTO authorizations (id, "companyId", "companyNameKey", "applicationId", status, generation,
       "problemAttempts", "createdAt")
     SELECT 'PICKUP' || n, 'c' || n, 'bulk ' || ${name}, 'PICKUP_MANAGER', 'NOT_AUTHORIZED', 0, 0, 0 FROM (${numbers}) q`,
    `INSERT INTO token_sets ("authorizationId", generation, "keyId", "accessToken", "refreshToken", "issuedAt", "expiresAt",
       "refreshIssuedAt", "refreshExpiresAt", "refreshCount")
     SELECT 'RATING' || n, 1, '', '', '', ${issuedAt}, ${issuedAt}, ${issuedAt},
       CASE WHEN n % 43 = 0 THEN ${now + 10 * day} ELSE ${now + 60 * day} END, 0 FROM (${numbers}) q`,
  ])
    await inTransaction((manager) => manager.query(sql))
  // Autovacuum would come by itself, later than this test.
  if (isPostgres) await reader.query('VACUUM ANALYZE')
}

interface Answer {
  edges: {
    cursor: string
    node: { name: string; authorizations: { application: { id: string }; standing: string }[] }
  }[]
  totalCount: number
  notYetAuthorizedCount: number
  standings: { standing: string; count: number }[]
}

const cells = `edges { cursor node { id name authorizations {
  application { id } standing status tokens { refreshExpiresAt } } } }`
const counts = 'totalCount notYetAuthorizedCount standings { standing count }'

async function ask(browser: Browser, fields: string, args: object = {}): Promise<Answer> {
  const { overview } = await browser.data<{ overview: Answer }>(
    `query ($application: ApplicationId, $standing: Standing, $search: String, $first: Int! = 100, $after: String) {
      overview(application: $application, standing: $standing, search: $search, first: $first, after: $after) { ${fields} }
    }`,
    args,
  )
  return overview
}

const namesIn = ({ edges }: Answer): string[] => edges.map(({ node }) => node.name)
const countsIn = ({ standings }: Answer) =>
  Object.fromEntries(standings.map(({ standing, count }) => [standing, count]))

async function all(browser: Browser, args: object): Promise<string[]> {
  const names: string[] = []
  for (let after: string | undefined; ;) {
    const page = await ask(browser, 'edges { cursor node { name } }', { ...args, first: 40, after })
    names.push(...namesIn(page))
    if (page.edges.length < 40) return names
    after = page.edges.at(-1)?.cursor
  }
}

const bandOf = (name: string): number => {
  const n = Number(name.slice(5))
  return n % 40 === 0 ? 0 : n % 41 === 0 ? 1 : n % 43 === 0 ? 2 : 3
}

const isPageOfCompanies = ({ sql }: { sql: string }) => / ORDER BY .* LIMIT /.test(sql.replace(/\s+/g, ' '))
const walks = [/Seq Scan on (companies|authorizations|token_sets)/, /^SCAN (listed|company|pair)$/m]
const sorts = [/\bSort\b/, /TEMP B-TREE FOR ORDER/]

it('begins with what needs a hand, and goes on by name, by an index and in as many statements as ever', async () => {
  const world = await createTestApp()
  await fill(world)
  const solution = await world.as('solution.admin')
  const expected = Array.from({ length: 100 }, (_, n) => `Bulk ${String(n + 200).padStart(6, '0')}`).sort(
    (a, b) => bandOf(a) - bandOf(b) || (a < b ? -1 : 1),
  )
  expect(await all(solution, { search: 'bulk 0002' })).toEqual(expected)

  const member = await signInAs(world, {
    signInName: 'member',
    roles: { c1: 'VIEWER', c2: 'ADMIN', c43: 'VIEWER', c41: 'VIEWER', c80: 'VIEWER' },
  })
  expect(namesIn(await ask(member, cells))).toEqual(
    ['000080', '000041', '000043', '000001', '000002'].map((n) => `Bulk ${n}`),
  )
  expect(countsIn(await ask(member, counts))).toEqual({
    REAUTHORIZATION_REQUIRED: 1,
    REFRESH_PROBLEM: 1,
    RUNNING_OUT: 1,
    AUTHORIZED: 2,
    NOT_AUTHORIZED: 5,
  })

  const acme = await world.as('acme.admin')
  const { edges } = await ask(solution, cells)
  const askedFor = [
    {},
    { after: edges.at(-1)?.cursor },
    { search: 'bulk 002' },
    { application: 'RATING' },
    { standing: 'REAUTHORIZATION_REQUIRED' },
    { standing: 'REFRESH_PROBLEM', application: 'RATING' },
    { standing: 'RUNNING_OUT' },
    { standing: 'AUTHORIZED' },
  ]
  for (const browser of [solution, acme]) {
    for (const asked of askedFor) {
      const statements = await plansOf(world, () =>
        ask(browser, `${cells} ${counts}`, { first: 25, ...asked }),
      )
      // Bands and what is in them, counts, and who asks: none of it grows with the companies.
      expect([asked, statements.length]).toEqual([asked, expect.toSatisfy((count: number) => count <= 24)])
      for (const { sql, plan } of statements.filter(isPageOfCompanies)) {
        // What needs a hand is few, and so are a member's own companies: a database may put those in order as it likes.
        const isMany = browser === solution && sql.includes('WHERE "listed"."status" IN')
        const faults = (isMany ? [...walks, ...sorts] : walks).filter((step) => step.test(plan)).map(String)
        expect({ asked, faults, ...(faults.length > 0 && { sql, plan }) }).toEqual({ asked, faults: [] })
      }
    }
  }
})

it('says how each authorization stands, and narrows to one application, one standing, one name', async () => {
  const world = await createTestApp()
  const acme = await world.as('acme.admin')
  await optIn(world, acme, 'RATING')
  const standing = async () => {
    const { edges } = await ask(acme, cells)
    return edges[0]?.node.authorizations.find(({ application }) => application.id === 'RATING')?.standing
  }
  expect(await standing()).toBe('AUTHORIZED')
  world.clock.advance(40 * day)
  await acme.signIn('acme.admin')
  expect(await standing()).toBe('AUTHORIZED')
  world.clock.advance(7 * day)
  await acme.signIn('acme.admin')
  expect(await standing()).toBe('RUNNING_OUT')
  expect(namesIn(await ask(acme, cells, { standing: 'RUNNING_OUT' }))).toEqual(['Acme Outfitters'])

  const companyId = await companyIdOf(acme, 'Acme Outfitters')
  const change = (changes: Partial<AuthorizationEntity>) =>
    world.app.database.inTransaction((manager) =>
      manager.update(AuthorizationEntity, { companyId, applicationId: 'RATING' }, changes),
    )
  await change({ problemSince: world.clock() })
  expect(await standing()).toBe('REFRESH_PROBLEM')
  await change({ problemSince: null, status: 'REAUTHORIZATION_REQUIRED' })
  expect(await standing()).toBe('REAUTHORIZATION_REQUIRED')

  const found = async (asked: object) => namesIn(await ask(acme, cells, asked))
  expect(await found({ application: 'RATING', standing: 'REAUTHORIZATION_REQUIRED' })).toHaveLength(1)
  expect(await found({ application: 'PICKUP_MANAGER', standing: 'REAUTHORIZATION_REQUIRED' })).toEqual([])
  expect(await found({ standing: 'AUTHORIZED' })).toEqual([])
  expect(await found({ search: 'acme' })).toHaveLength(1)
  expect(await found({ search: 'demo' })).toEqual([])
})

it('counts for a solution admin what has not been authorized, and shows none of it', async () => {
  const world = await createTestApp()
  const solution = await world.as('solution.admin')
  expect(await ask(solution, `${cells} ${counts}`)).toMatchObject({
    edges: [],
    totalCount: 0,
    notYetAuthorizedCount: 2,
  })
  await optIn(world, await world.as('acme.admin'), 'RATING')
  const answer = await ask(solution, `${cells} ${counts}`)
  expect(namesIn(answer)).toEqual(['Acme Outfitters'])
  expect(answer.edges[0]?.node.authorizations).toHaveLength(1)
  expect(answer).toMatchObject({ totalCount: 1, notYetAuthorizedCount: 1 })
  expect(countsIn(answer)).toMatchObject({ AUTHORIZED: 1, NOT_AUTHORIZED: 0 })
  expect(namesIn(await ask(solution, cells, { application: 'PICKUP_MANAGER' }))).toEqual([])
})
