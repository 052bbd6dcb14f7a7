import { expect, it } from 'vitest'
import { AuditEventEntity } from '../audit/audit-event.entity.js'
import { AuthorizationEntity } from '../authorization/authorization.entity.js'
import { CompanyEntity } from '../company/company.entity.js'
import { createApiClient } from '../testing/api-client.js'
import type { Browser } from '../testing/browser.js'
import { companyIdOf, createTestApp, publicUrl, type TestApp } from '../testing/create-test-app.js'
import { csvHeaders, sendFile } from '../testing/send-file.js'
import { InvitationEntity } from '../invitation/invitation.entity.js'
import { QueuedLetterEntity } from '../mail/queued-letter.entity.js'
import { BulkImportEntity } from './bulk-import.entity.js'

interface Result {
  importId: string | null
  companies: number
  enrolments: number
  invitations: number
}

const send = (browser: Browser, file: string | Buffer, path = '/imports') =>
  sendFile<Result>(browser, path, file)

const last = async (...sent: Parameters<typeof send>) => (await send(...sent)).at(-1)

const rehearse = (browser: Browser, file: string | Buffer) => last(browser, file, '/imports/rehearsal')

const counts = async ({ app }: TestApp) => {
  const { reader } = app.database
  return [
    await reader.count(CompanyEntity),
    await reader.count(AuthorizationEntity),
    await reader.count(BulkImportEntity),
    await reader.count(AuditEventEntity),
  ]
}

const file = `company,account executive,contact,applications
Zeta Ltd,Robin Ellis,robin@example.com,rating; pickup-manager
"Quoted, ""Inc""",,,UPS® Intelligent Consumer Returns
Acme Outfitters,Robin Ellis,+1 (555) 010-0199,
`

it('makes companies and enrolments of a file, after a rehearsal that changed nothing', async () => {
  const world = await createTestApp()
  const solution = await world.as('solution.admin')
  const before = await counts(world)
  expect(await rehearse(solution, file)).toEqual({
    result: { importId: null, companies: 3, enrolments: 3, invitations: 0 },
  })
  expect(await counts(world)).toEqual(before)

  const lines = await send(solution, file)
  expect(lines.at(-1)).toEqual({
    result: { importId: expect.any(String) as string, companies: 3, enrolments: 3, invitations: 0 },
  })
  expect(lines.map(({ progress }) => progress?.step)).toEqual(['READING', 'WRITING', undefined])
  const { reader } = world.app.database
  const companies = await reader.find(CompanyEntity, {
    order: { createdAt: 'DESC', nameKey: 'ASC' },
    take: 5,
  })
  expect(companies.filter(({ name }) => name !== 'Demonstration Company')).toMatchObject([
    { name: 'Acme Outfitters' },
    { name: 'Acme Outfitters' },
    { name: 'Quoted, "Inc"', accountExecutiveName: null, accountExecutiveContact: null, removedAt: null },
    { name: 'Zeta Ltd', accountExecutiveName: 'Robin Ellis', accountExecutiveContact: 'robin@example.com' },
  ])
  const zeta = companies.find(({ name }) => name === 'Zeta Ltd')?.id ?? ''
  expect(
    await reader.find(AuthorizationEntity, { where: { companyId: zeta }, order: { applicationId: 'ASC' } }),
  ).toMatchObject([
    { applicationId: 'PICKUP_MANAGER', status: 'NOT_AUTHORIZED', generation: 0, companyNameKey: 'zeta ltd' },
    { applicationId: 'RATING', status: 'NOT_AUTHORIZED', generation: 0, withdrawnAt: null },
  ])
  const importId = lines.at(-1)?.result?.importId ?? ''
  const recorded = await reader.findBy(AuditEventEntity, { name: 'company.imported' })
  expect(recorded.map(({ details }) => details)).toEqual(Array(3).fill({ importId }))
  expect(recorded.map(({ companyId }) => companyId)).toContain(zeta)
  expect(await reader.findBy(AuditEventEntity, { name: 'import.completed' })).toMatchObject([
    { companyId: null, details: { importId, companies: 3, enrolments: 3, invitations: 0 } },
  ])
  // Who imported may see the companies once they authorize, and only counts until then.
  expect(await solution.data('{ companies { totalCount notYetAuthorizedCount } }')).toEqual({
    companies: { totalCount: 0, notYetAuthorizedCount: 5 },
  })
})

it('invites the people of a file by letter, in the name of who imports, and no others', async () => {
  const world = await createTestApp()
  const solution = await world.as('solution.admin')
  const people = `company,applications,admin e-mail,role
Zeta Ltd,rating,ann@zeta.example,
Zeta Ltd,,ben@zeta.example,viewer
Eta Ltd,,ann@zeta.example,admin
`
  const sum = { companies: 2, enrolments: 1, invitations: 3 }
  expect(await rehearse(solution, people)).toEqual({ result: { importId: null, ...sum } })
  const { reader } = world.app.database
  expect(await reader.count(InvitationEntity)).toBe(0)
  world.clock.advance(11 * 60_000)
  expect(await rehearse(solution, people), 'a rehearsal invites nobody').toMatchObject({ result: sum })
  expect(await last(solution, people)).toMatchObject({
    error: { code: 'FORBIDDEN', reason: 'FRESH_AUTHENTICATION_REQUIRED' },
  })
  expect(await reader.count(InvitationEntity)).toBe(0)
  await solution.query('mutation { reauthenticate(input: { password: "opt-in-hub-demo" }) }')
  expect(await last(solution, people)).toMatchObject({ result: sum })
  const invitations = await reader.find(InvitationEntity, { order: { email: 'ASC', role: 'ASC' } })
  expect(invitations.map(({ email, role, applicationId }) => [email, role, applicationId])).toEqual([
    ['ann@zeta.example', 'ADMIN', null],
    ['ann@zeta.example', 'ADMIN', null],
    ['ben@zeta.example', 'VIEWER', null],
  ])
  expect(new Set(invitations.map(({ companyId }) => companyId)).size).toBe(2)
  expect(await reader.count(QueuedLetterEntity)).toBe(3)
  expect(await reader.countBy(AuditEventEntity, { name: 'invitation.sent' })).toBe(3)

  const many = Array.from({ length: 1001 }, (_, index) => `Theta,p${index}@theta.example`)
  expect(await rehearse(solution, ['company,admin e-mail', ...many].join('\n'))).toMatchObject({
    error: { code: 'BAD_USER_INPUT', reason: 'IMPORT_OF_TOO_MANY_PEOPLE' },
  })
})

it('takes a file once, also where it is sent twice at the same moment by two processes', async () => {
  const world = await createTestApp()
  const solution = await world.as('solution.admin')
  const other = await world.another()
  const bytes = Buffer.from(file)
  const quiet = { bytes, isDryRun: false, inviter: () => '', onProgress: () => undefined }
  const actor = { actorId: null, requestId: null }
  const outcomes = await Promise.allSettled([
    world.app.services.imports.run(actor, quiet),
    other.services.imports.run(actor, quiet),
  ])
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(await world.app.database.reader.count(CompanyEntity)).toBe(5)
  for (const path of ['/imports', '/imports/rehearsal'])
    expect(await last(solution, file, path)).toMatchObject({
      error: { code: 'CONFLICT', reason: 'IMPORT_MADE_BEFORE' },
    })
  expect(await world.app.database.reader.count(CompanyEntity)).toBe(5)
})

it('does all or nothing: where the last line cannot be written, the first is not there either', async () => {
  const world = await createTestApp()
  const solution = await world.as('solution.admin')
  await world.app.database.inTransaction((manager) =>
    manager.query(`CREATE UNIQUE INDEX one_zeta ON companies ("nameKey") WHERE "nameKey" LIKE 'zeta%'`),
  )
  await solution.data('mutation { createCompany(input: { name: "Zeta 4999" }) { id } }')
  const before = await counts(world)
  const lines = Array.from({ length: 5000 }, (_, index) => `Zeta ${index},rating`)
  const answer = await last(solution, ['company,applications', ...lines].join('\n'))
  expect(answer).toMatchObject({ error: { code: 'INTERNAL' } })
  expect(await counts(world)).toEqual(before)
  expect(world.logged.join('\n')).not.toContain('Zeta 17')
})

it('refuses who may not import before reading anything, and what another site could have sent', async () => {
  const world = await createTestApp()
  const acme = await world.as('acme.admin')
  const solution = await world.as('solution.admin')
  const before = await counts(world)
  const statusOf = async (browser: Browser, headers: Record<string, string>, path = '/imports') => {
    const answer = await browser.request('POST', path, { headers, body: file })
    const { code, reason } = answer.json<{ code: string; reason: string }>()
    return [answer.statusCode, code, reason]
  }
  for (const path of ['/imports', '/imports/rehearsal']) {
    expect(await statusOf(acme, csvHeaders, path)).toEqual([403, 'FORBIDDEN', 'IMPORT_NOT_YOURS_TO_DO'])
    expect(await statusOf(world.browser(), csvHeaders, path)).toEqual([
      401,
      'UNAUTHENTICATED',
      'SIGN_IN_REQUIRED',
    ])
    const { origin: _, ...withoutOrigin } = csvHeaders
    for (const headers of [
      withoutOrigin,
      { ...csvHeaders, origin: 'https://elsewhere.example' },
      { 'content-type': 'text/csv', origin: publicUrl },
      { ...csvHeaders, 'content-type': 'text/plain' },
      { ...csvHeaders, 'content-type': 'multipart/form-data; boundary=x' },
      { ...csvHeaders, 'content-type': 'text/csv; charset=latin1' },
    ])
      expect(await statusOf(solution, headers, path)).toEqual([
        403,
        'FORBIDDEN',
        'REQUEST_NOT_FROM_OUR_PAGES',
      ])
  }
  const { key } = await createApiClient(acme, { companyIds: [await companyIdOf(acme, 'Acme Outfitters')] })
  const withKey = { 'content-type': 'text/csv', authorization: `Bearer ${key}` }
  expect(await statusOf(world.browser(), withKey)).toEqual([403, 'FORBIDDEN', 'NOT_WITH_AN_API_KEY'])
  const large = await solution.request('POST', '/imports', {
    headers: csvHeaders,
    body: Buffer.alloc(20 * 1024 * 1024 + 1, 'x'),
  })
  expect(large.statusCode).toBe(413)
  const get = await solution.request('GET', '/imports')
  expect(get.statusCode).toBe(404)
  expect((await counts(world)).slice(0, 3)).toEqual(before.slice(0, 3))
})

it('reads a hundred thousand lines, and says how far it is', { timeout: 60_000 }, async () => {
  const world = await createTestApp()
  const solution = await world.as('solution.admin')
  const lines = Array.from({ length: 100_000 }, (_, index) => `Company ${index},rating`)
  const said = await send(solution, ['company,applications', ...lines].join('\r\n'), '/imports/rehearsal')
  expect(said.at(-1)).toEqual({
    result: { importId: null, companies: 100_000, enrolments: 100_000, invitations: 0 },
  })
  const reading = said.filter(({ progress }) => progress?.step === 'READING')
  expect(reading.length).toBeGreaterThan(10)
  expect(reading.at(-1)?.progress?.done).toBe(reading.at(-1)?.progress?.total)
  const oneMore = ['company,applications', ...lines, 'Company too many,rating'].join('\r\n')
  expect(await rehearse(solution, oneMore)).toEqual({
    faultCount: 1,
    faults: [
      { line: 100_002, column: null, message: 'An import has at most 100,000 lines. Divide the file.' },
    ],
  })
})
