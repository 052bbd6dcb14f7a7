import { expect, it } from 'vitest'
import { asApiClient, createApiClient, vaulted } from '../testing/api-client.js'
import { recordedIn } from '../testing/audit-trail.js'
import type { Browser } from '../testing/browser.js'
import { companyIdOf, createTestApp } from '../testing/create-test-app.js'
import { statementsOf } from '../testing/statements.js'

const csvPath = '/exports/audit.csv'
const jsonPath = '/exports/audit.json'

interface Row {
  event: string
  person: string | null
  company: string | null
  companyId: string | null
  result: string
  details: Record<string, unknown>
}

const rowsOf = async (browser: Browser, query = ''): Promise<Row[]> =>
  (await browser.request('GET', `${jsonPath}${query}`)).json<Row[]>()

async function world() {
  const hub = await createTestApp()
  const own = await vaulted(hub)
  const other = await hub.as('demo.admin')
  const otherId = await companyIdOf(other, 'Demonstration Company')
  await other.data('mutation ($input: UpdateCompanyInput!) { updateCompany(input: $input) { id } }', {
    input: { id: otherId, name: '=HYPERLINK("evil")' },
  })
  return { hub, ...own, other, otherId }
}

it('gives a file that no cache keeps, with a plain name, and puts it into the trail first', async () => {
  const { hub, admin, companyId } = await world()
  const answer = await admin.request('GET', `${csvPath}?companyId=${companyId}`)
  expect(answer.statusCode).toBe(200)
  expect(answer.headers).toMatchObject({
    'content-type': 'text/csv; charset=utf-8; header=present',
    'content-disposition': 'attachment; filename="audit-2026-03-01.csv"',
    'cache-control': 'no-store',
  })
  expect(answer.body).toMatch(/^at,event,result,person,personId,/)
  expect(answer.body).toContain('audit.exported,DONE,Avery Acme')
  expect((await recordedIn(hub)).find(({ name }) => name === 'audit.exported')).toMatchObject({
    person: 'acme.admin',
    companyId,
    details: { format: 'csv' },
  })
})

it('lets no name in it act on a spreadsheet', async () => {
  const { other } = await world()
  const { body } = await other.request('GET', csvPath)
  expect(body).toContain(`"'=HYPERLINK(""evil"")"`)
})

it('holds what the page shows, with the same filters', async () => {
  const { admin, companyId, other, otherId } = await world()
  expect(
    (await rowsOf(admin)).every(({ person, companyId: id }) => person === 'Avery Acme' || id === companyId),
  ).toBe(true)
  const optedIn = await rowsOf(admin, `?names=authorization.opted_in&application=RATING&result=DONE`)
  expect(optedIn.map(({ event }) => event)).toEqual(['authorization.opted_in'])
  expect(await rowsOf(admin, '?names=AUTHORIZATION_OPTED_IN')).toEqual(optedIn)
  expect(await rowsOf(admin, '?to=2020-01-01T00:00:00.000Z')).toEqual([])
  expect((await rowsOf(other, `?companyId=${otherId}`)).map(({ event }) => event)).toContain(
    'company.updated',
  )
})

it('answers a foreign and an absent company alike', async () => {
  const { admin, otherId } = await world()
  const answers = await Promise.all(
    [otherId, 'nothing'].map((id) => admin.request('GET', `${csvPath}?companyId=${id}`)),
  )
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([404, 404])
  const [foreign, absent] = answers.map((each) => ({ ...each.json<object>(), requestId: null }))
  expect(foreign).toEqual(absent)
})

it.each([
  '?result=PERHAPS',
  '?application=none',
  '?from=yesterday',
  '?names=nothing',
  '?what=ever',
  '?to=a&to=b',
])('refuses %s, which it does not understand', async (query) => {
  const hub = await createTestApp()
  const { statusCode, body } = await (await hub.as('acme.admin')).request('GET', `${csvPath}${query}`)
  expect([statusCode, body]).toEqual([400, expect.stringContaining('EXPORT_FILTER_NOT_VALID')])
})

it('is for people who have signed in, not for strangers or keys', async () => {
  const { hub, admin, companyId } = await world()
  const { key } = await createApiClient(admin, { companyIds: [companyId] })
  for (const path of [csvPath, jsonPath, '/exports/me.json']) {
    expect((await hub.browser().request('GET', path)).statusCode).toBe(401)
    expect((await asApiClient(hub, key).get(path)).statusCode).toBe(403)
  }
  expect((await admin.request('GET', '/exports/everything.csv')).statusCode).toBe(404)
  expect((await admin.request('HEAD', csvPath)).statusCode).toBe(404)
})

it('reads a long trail a batch at a time, and loses or repeats nothing', async () => {
  const { hub, admin, companyId } = await world()
  const rows = 1203
  await hub.app.database.inTransaction(async (manager) => {
    const values = Array.from(
      { length: rows },
      (_, n) => `('x${n}', ${n >> 2}, 'company.updated', 'DONE', '${companyId}', '{}')`,
    )
    await manager.query(
      `INSERT INTO audit_events (id, at, name, result, "companyId", details) VALUES ${values.join(', ')}`,
    )
  })
  const statements = await statementsOf(hub)
  const { body } = await admin.request('GET', `${csvPath}?companyId=${companyId}&names=company.updated`)
  const ids = body
    .trim()
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(',').at(-1))
  expect(new Set(ids).size).toBe(rows)
  expect(ids).toHaveLength(rows)
  const reads = statements.filter((sql) => /LIMIT/.test(sql) && /audit_events/.test(sql))
  expect(reads.every((sql) => /LIMIT (500|1)\b/.test(sql))).toBe(true)
})

it('gives people all that the hub holds about them, and nothing that would let anybody in', async () => {
  const { hub, admin } = await world()
  const answer = await admin.request('GET', '/exports/me.json')
  const own = answer.json<{
    person: Record<string, unknown>
    memberships: unknown[]
    sessions: unknown[]
    auditTrail: Row[]
  }>()
  expect(own.person).toMatchObject({
    signInName: 'acme.admin',
    displayName: 'Avery Acme',
    email: 'avery@acme.example',
  })
  expect(own.memberships).toEqual([{ company: 'Acme Outfitters', role: 'ADMIN' }])
  expect(own.sessions).toHaveLength(1)
  expect(own.auditTrail.map(({ event }) => event)).toEqual(
    expect.arrayContaining(['session.began', 'authorization.begun', 'person.exported']),
  )
  expect(own.auditTrail.every(({ person }) => person === 'Avery Acme')).toBe(true)
  expect(answer.body).not.toMatch(/argon2|passwordHash/)
  expect(answer.headers['content-disposition']).toContain('filename="me-2026-03-01.json"')
  expect((await recordedIn(hub)).map(({ name }) => name)).toContain('person.exported')
})
