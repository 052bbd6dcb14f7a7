import { expect, it } from 'vitest'
import { asApiClient, createApiClient, vaulted } from '../testing/api-client.js'
import { recordedIn } from '../testing/audit-trail.js'
import type { Browser } from '../testing/browser.js'
import { createTestApp } from '../testing/create-test-app.js'
import { invite, joinAs } from '../testing/invitations.js'
import { tokenFor } from '../testing/letters.js'
import { optIn } from '../testing/opt-in.js'
import { signInAs } from '../testing/people.js'
import { statementsOf } from '../testing/statements.js'

const authorizations = '/exports/authorization-history'
const tokens = '/exports/token-history'
const all = [authorizations, tokens].flatMap((path) => [`${path}.csv`, `${path}.json`])

type Row = Record<string, string | null>

const rowsOf = async (browser: Browser, path: string, query: string): Promise<Row[]> =>
  (await browser.request('GET', `${path}.json?${query}`)).json<Row[]>()

const statusesOf = (browser: Browser, query: string): Promise<number[]> =>
  Promise.all(all.map(async (path) => (await browser.request('GET', `${path}${query}`)).statusCode))

/** Acme Outfitters has opted in to Rating and Data Management, renewed the one and ended the other. */
async function world() {
  const hub = await createTestApp()
  const { admin, companyId, authorizationId } = await vaulted(hub)
  const ask = (verb: string, type: string, application: string): Promise<unknown> =>
    admin.data(`mutation ($input: ${type}!) { ${verb}(input: $input) { id } }`, {
      input: { companyId, application },
    })
  hub.clock.advance(60_000)
  await ask('refreshToken', 'RefreshTokenInput', 'RATING')
  await optIn(hub, admin, 'DATA_MANAGEMENT')
  hub.clock.advance(1000)
  await ask('optOut', 'OptOutInput', 'DATA_MANAGEMENT')
  return { hub, admin, companyId, authorizationId, query: `companyId=${companyId}` }
}

it('gives the histories of one application or all as files that no cache keeps, each put into the trail first', async () => {
  const { hub, admin, companyId, query } = await world()
  const answer = await admin.request('GET', `${authorizations}.csv?${query}`)
  expect(answer.headers).toMatchObject({
    'content-type': 'text/csv; charset=utf-8; header=present',
    'content-disposition': 'attachment; filename="authorization-history-2026-03-01.csv"',
    'cache-control': 'no-store',
  })
  const [header, newest] = answer.body.split('\r\n')
  expect(header).toBe('at,application,event,result,person,apiClient,reason,generation,requestId')
  expect(newest).toMatch(/^2026-.*Z,DATA_MANAGEMENT,authorization.opted_out,DONE,Avery Acme,,,1,/)

  const rating = await rowsOf(admin, authorizations, `${query}&application=RATING`)
  expect(new Map(rating.map(({ event, reason }) => [event, reason]))).toEqual(
    new Map([
      ['authorization.opted_in', 'AUTHORIZED'],
      ['authorization.begun', null],
    ]),
  )

  const generations = await rowsOf(admin, tokens, query)
  expect(generations).toMatchObject([
    { application: 'DATA_MANAGEMENT', generation: '1', cause: 'OPT_IN' },
    { application: 'RATING', generation: '2', cause: 'BY_HAND', supersededAt: null },
    { application: 'RATING', generation: '1', cause: 'OPT_IN' },
  ])
  expect(generations[0]?.['supersededAt']).not.toBeNull()
  expect(Object.keys(generations[0] ?? {})).toEqual([
    'application',
    'generation',
    'cause',
    'issuedAt',
    'expiresAt',
    'refreshIssuedAt',
    'refreshExpiresAt',
    'supersededAt',
  ])
  const records = (await recordedIn(hub)).filter(({ name }) => name === 'history.exported')
  expect(records).toHaveLength(3)
  expect(records).toContainEqual(
    expect.objectContaining({
      person: 'acme.admin',
      companyId,
      applicationId: 'RATING',
      details: { history: 'authorizations', format: 'json' },
    }),
  )
})

it('gives them to every member of the company, and to a solution admin of what is authenticated only', async () => {
  const { hub, query, companyId } = await world()
  const viewer = await signInAs(hub, { signInName: 'vera', roles: { [companyId]: 'VIEWER' } })
  expect(await statusesOf(viewer, `?${query}`)).toEqual([200, 200, 200, 200])
  expect((await viewer.request('GET', '/exports/audit.csv')).body).not.toContain('opted_in')

  const operator = await hub.as('solution.admin')
  const seen = [
    ...(await rowsOf(operator, authorizations, query)),
    ...(await rowsOf(operator, tokens, query)),
  ]
  expect(new Set(seen.map(({ application }) => application))).toEqual(new Set(['RATING']))
  expect(await statusesOf(operator, `?${query}&application=DATA_MANAGEMENT`)).toEqual([404, 404, 404, 404])
})

it('answers a foreign and an absent company alike, and puts neither into the trail as an export', async () => {
  const { hub, admin, companyId, query } = await world()
  await admin.data(invite.authorize, {
    input: { companyId, email: 'ivy@example.com', application: 'RATING' },
  })
  const strangers = [
    await hub.as('demo.admin'),
    await joinAs(hub, await tokenFor(hub, 'ivy@example.com', '/invitation'), 'ivy'),
  ]
  for (const stranger of strangers) {
    const foreign = await stranger.request('GET', `${tokens}.csv?${query}`)
    const absent = await stranger.request('GET', `${tokens}.csv?companyId=nothing`)
    const told = [foreign, absent].map((each) => ({ ...each.json<object>(), requestId: null }))
    expect(told[0]).toEqual(told[1])
    expect(await statusesOf(stranger, `?${query}`)).toEqual([404, 404, 404, 404])
  }
  expect((await recordedIn(hub)).map(({ name }) => name)).not.toContain('history.exported')
})

it('is for people who have signed in, asks for a company, and refuses what it does not understand', async () => {
  const { hub, admin, companyId, query } = await world()
  const { key } = await createApiClient(admin, { companyIds: [companyId] })
  for (const path of all) {
    expect((await hub.browser().request('GET', `${path}?${query}`)).statusCode).toBe(401)
    expect((await asApiClient(hub, key).get(`${path}?${query}`)).statusCode).toBe(403)
    expect((await admin.request('HEAD', `${path}?${query}`)).statusCode).toBe(404)
  }
  for (const wrong of [
    '',
    '?companyId=',
    `?${query}&application=NONE`,
    `?${query}&${query}`,
    `?${query}&x=1`,
  ])
    expect(await statusesOf(admin, wrong)).toEqual([400, 400, 400, 400])
})

it('lets no name in it act on a spreadsheet, and holds no token', async () => {
  const { hub, companyId, query } = await world()
  const evil = await signInAs(hub, { signInName: '=1+1', roles: { [companyId]: 'ADMIN' } })
  await optIn(hub, evil, 'PICKUP_MANAGER')
  const { body } = await evil.request('GET', `${authorizations}.csv?${query}`)
  expect(body).toContain(`,'=1+1,`)
  expect(body).not.toContain(',=1+1,')
  const [sealed] = await hub.app.database.reader.query('SELECT "accessToken", "refreshToken" FROM token_sets')
  const files = await Promise.all(
    all.map(async (path) => (await evil.request('GET', `${path}?${query}`)).body),
  )
  for (const value of Object.values(sealed as Row)) expect(files.join()).not.toContain(value)
})

it('reads a long token history a batch at a time, and loses or repeats nothing', async () => {
  const { hub, admin, query, authorizationId } = await world()
  const more = 1203
  await hub.app.database.inTransaction(async (manager) => {
    const values = Array.from(
      { length: more },
      (_, n) => `('h${n}', '${authorizationId}', ${n + 3}, 1, 2, 1, 2, 'KEEP_ALIVE')`,
    )
    await manager.query(
      `INSERT INTO token_history (id, "authorizationId", generation, "issuedAt", "expiresAt", "refreshIssuedAt",
       "refreshExpiresAt", cause) VALUES ${values.join(', ')}`,
    )
  })
  const statements = await statementsOf(hub)
  const rows = await rowsOf(admin, tokens, `${query}&application=RATING`)
  expect(rows.map(({ generation }) => Number(generation))).toEqual(
    Array.from({ length: more + 2 }, (_, n) => more + 2 - n),
  )
  const reads = statements.filter((sql) => /LIMIT/.test(sql) && /token_history/.test(sql))
  expect(reads.length).toBe(3)
  expect(reads.every((sql) => /LIMIT 500\b/.test(sql))).toBe(true)
})
