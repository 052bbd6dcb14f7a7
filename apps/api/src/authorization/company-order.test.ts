import { expect, it } from 'vitest'
import type { Browser } from '../testing/browser.js'
import { createTestApp, type TestApp } from '../testing/create-test-app.js'
import { signInAs } from '../testing/people.js'
import { plansOf } from '../testing/query-plans.js'

const companies = 4000

/** Made by the database itself: each company enrolled in two applications, every fortieth authenticated in Rating. */
async function fill({ app }: TestApp): Promise<void> {
  const { kind, inTransaction } = app.database
  const isPostgres = kind === 'postgres'
  const numbers = isPostgres
    ? `SELECT generate_series(1, ${companies}) AS n`
    : `WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < ${companies}) SELECT n FROM s`
  const name = isPostgres ? `lpad(n::text, 6, '0')` : `printf('%06d', n)`
  const enrolments = (application: string, status: string) =>
    `INSERT INTO authorizations (id, "companyId", "companyNameKey", "applicationId", status, generation,
       "problemAttempts", "createdAt")
     SELECT '${application}' || n, 'c' || n, 'bulk ' || ${name}, '${application}', ${status}, 0, 0, 0 FROM (${numbers}) q`
  for (const sql of [
    `INSERT INTO companies (id, name, "nameKey", "createdAt")
     SELECT 'c' || n, 'Bulk ' || ${name}, 'bulk ' || ${name}, 0 FROM (${numbers}) q`,
    enrolments('RATING', `CASE n % 40 WHEN 0 THEN 'REAUTHORIZATION_REQUIRED' ELSE 'NOT_AUTHORIZED' END`),
    enrolments('PICKUP_MANAGER', `'NOT_AUTHORIZED'`),
  ])
    await inTransaction((manager) => manager.query(sql))
  // Autovacuum would come by itself, later than this test.
  if (isPostgres) await app.database.reader.query('VACUUM ANALYZE')
}

const ask = (browser: Browser, fields: string, args: object) =>
  browser.data<{
    companies: { totalCount: number; notYetAuthorizedCount: number; edges: { cursor: string }[] }
  }>(
    `query ($application: ApplicationId, $search: String, $after: String) {
      companies(application: $application, search: $search, after: $after) { ${fields} }
    }`,
    args,
  )
// SQLite says SCAN of an index that is walked in its order too, which is wanted; a walk through the table is not.
const walks = [/Seq Scan on (companies|authorizations)/, /^SCAN \w+( USING INDEX companies_present)?$/m]
const sorts = [/\bSort\b/, /TEMP B-TREE FOR ORDER/]
const page = 'edges { cursor node { id name } }'

it('finds a page of companies by an index, wherever it lies and whoever asks, in as many statements as ever', async () => {
  const world = await createTestApp()
  await fill(world)
  const solution = await world.as('solution.admin')
  const roles = Object.fromEntries(
    Array.from({ length: 300 }, (_, n) => [`c${n * 13 + 1}`, 'VIEWER' as const]),
  )
  const member = await signInAs(world, { signInName: 'member.of.many', roles })
  const both = await signInAs(world, { signInName: 'both', isSolutionAdmin: true, roles })
  const acme = await world.as('acme.admin')

  for (const [who, browser] of Object.entries({ solution, member, both, acme })) {
    const { companies: first } = await ask(browser, page, {})
    const after = first.edges.at(-1)?.cursor
    for (const asked of [
      {},
      { after },
      { search: 'bulk 002' },
      { application: 'RATING' },
      { application: 'RATING', search: 'bulk 002' },
    ]) {
      const statements = await plansOf(world, () => ask(browser, page, asked))
      const about = statements.filter(({ sql }) => / FROM "(companies|authorizations)" /.test(sql))
      expect([who, asked, about.length]).toEqual([
        who,
        asked,
        expect.toSatisfy((count: number) => count <= 3),
      ])
      for (const { sql, plan } of about) {
        const mayNot = browser === solution ? [...walks, ...sorts] : walks
        const faults = mayNot.filter((step) => step.test(plan)).map(String)
        expect({ who, asked, faults, ...(faults.length > 0 && { sql, plan }) }).toEqual({
          who,
          asked,
          faults: [],
        })
      }
    }
  }
})

it('counts what a solution admin does not see: in an application those that are enrolled there and wait', async () => {
  const world = await createTestApp()
  await fill(world)
  const counts = 'totalCount notYetAuthorizedCount'
  const solution = await world.as('solution.admin')
  // The two companies of the demo are enrolled everywhere.
  const waiting = companies - companies / 40 + 2
  const countsOf = async (browser: Browser, asked: object) => (await ask(browser, counts, asked)).companies
  expect(await countsOf(solution, {})).toEqual({ totalCount: 100, notYetAuthorizedCount: waiting })
  expect(await countsOf(solution, { application: 'RATING' })).toEqual({
    totalCount: 100,
    notYetAuthorizedCount: waiting,
  })
  expect(await countsOf(solution, { application: 'PICKUP_MANAGER' })).toEqual({
    totalCount: 0,
    notYetAuthorizedCount: companies + 2,
  })
  expect(await countsOf(solution, { application: 'CONSUMER_RETURNS' })).toEqual({
    totalCount: 0,
    notYetAuthorizedCount: 2,
  })
  const both = await signInAs(world, {
    signInName: 'both',
    isSolutionAdmin: true,
    roles: { c1: 'VIEWER', c2: 'VIEWER', c40: 'VIEWER' },
  })
  expect(await countsOf(both, {})).toEqual({ totalCount: 102, notYetAuthorizedCount: waiting - 2 })
  expect(await countsOf(both, { application: 'RATING' })).toEqual({
    totalCount: 102,
    notYetAuthorizedCount: waiting - 2,
  })
})
