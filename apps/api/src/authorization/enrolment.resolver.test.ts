import { expect, it } from 'vitest'
import { AuditEventEntity } from '../audit/audit-event.entity.js'
import type { Browser } from '../testing/browser.js'
import { companyIdOf, createTestApp, type TestApp } from '../testing/create-test-app.js'
import { authorizationOf, optIn } from '../testing/opt-in.js'
import { TokenHistoryEntity } from '../vault/token-history.entity.js'
import { TokenSetEntity } from '../vault/token-set.entity.js'
import { AuthorizationEntity } from './authorization.entity.js'

const input = (companyId: string) => ({ input: { companyId, application: 'RATING' } })
const enrol = (browser: Browser, companyId: string) =>
  browser.query(
    'mutation ($input: EnrolCompanyInput!) { enrolCompany(input: $input) { id status generation vaultKey tokens { issuedAt } } }',
    input(companyId),
  )
const withdraw = (browser: Browser, companyId: string) =>
  browser.query(
    'mutation ($input: WithdrawCompanyInput!) { withdrawCompany(input: $input) }',
    input(companyId),
  )

it('makes who creates a company its admin, at once and with the applications asked for', async () => {
  const world = await createTestApp()
  const acme = await world.as('acme.admin')
  const created = await acme.data<{ createCompany: { id: string } }>(
    `mutation { createCompany(input: { name: "  Fresh Ltd ", applications: [RATING, CONSUMER_RETURNS, RATING] }) {
      id name accountExecutive { name } authorizations { application { id } status generation }
    } }`,
  )
  expect(created.createCompany).toMatchObject({
    name: 'Fresh Ltd',
    accountExecutive: null,
    authorizations: [
      { application: { id: 'CONSUMER_RETURNS' }, status: 'NOT_AUTHORIZED', generation: 0 },
      { application: { id: 'RATING' }, status: 'NOT_AUTHORIZED', generation: 0 },
    ],
  })
  const { id } = created.createCompany
  expect(await acme.data('{ viewer { memberships { role company { name } } } }')).toMatchObject({
    viewer: {
      memberships: [
        { role: 'ADMIN', company: { name: 'Acme Outfitters' } },
        { role: 'ADMIN', company: { name: 'Fresh Ltd' } },
      ],
    },
  })
  expect(await (await world.as('demo.admin')).data(`{ company(id: "${id}") { name } }`)).toEqual({
    company: null,
  })
  expect(
    (await world.browser().query('mutation { createCompany(input: { name: "X" }) { id } }')).errors,
  ).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }])
})

it('gives a solution admin who creates a company no part in it', async () => {
  const world = await createTestApp()
  const solution = await world.as('solution.admin')
  const { createCompany } = await solution.data<{ createCompany: { id: string; authorizations: object[] } }>(
    'mutation { createCompany(input: { name: "For others", applications: [RATING] }) { id authorizations { id } } }',
  )
  expect(createCompany.authorizations).toEqual([])
  expect(
    await solution.data(`{ company(id: "${createCompany.id}") { name } viewer { memberships { role } } }`),
  ).toEqual({
    company: null,
    viewer: { memberships: [] },
  })
})

it('ends what was authorized when a company withdraws, and finds the same vault key when it enrols again', async () => {
  const world = await createTestApp()
  const acme = await world.as('acme.admin')
  const companyId = await companyIdOf(acme, 'Acme Outfitters')
  await optIn(world, acme, 'RATING')
  const before = await authorizationOf(acme, companyId, 'RATING')

  expect(await withdraw(acme, companyId)).toEqual({ data: { withdrawCompany: true } })
  expect(await authorizationOf(acme, companyId, 'RATING')).toBeNull()
  expect(await world.app.database.reader.count(TokenSetEntity)).toBe(0)
  expect((await withdraw(acme, companyId)).errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }])
  expect(await world.app.sweep()).toBe(0)

  expect(await enrol(acme, companyId)).toEqual({
    data: {
      enrolCompany: { id: before?.id, status: 'NOT_AUTHORIZED', generation: 1, vaultKey: null, tokens: null },
    },
  })
  expect((await enrol(acme, companyId)).errors).toMatchObject([{ extensions: { code: 'CONFLICT' } }])
  expect(await authorizationOf(acme, companyId, 'RATING')).toMatchObject({ endReason: 'WITHDRAWN' })
  await optIn(world, acme, 'RATING')
  expect(await authorizationOf(acme, companyId, 'RATING')).toMatchObject({
    id: before?.id,
    status: 'AUTHORIZED',
    vaultKey: before?.vaultKey,
    generation: 2,
    endReason: null,
    tokenHistory: { totalCount: 2 },
  })
})

it('tells a solution admin nothing of an enrolment that the company has not authorized yet', async () => {
  const world = await createTestApp()
  const acme = await world.as('acme.admin')
  const solution = await world.as('solution.admin')
  const companyId = await companyIdOf(acme, 'Acme Outfitters')
  await optIn(world, acme, 'RATING')
  await optIn(world, acme, 'PICKUP_MANAGER')
  const enrolIn = (browser: Browser, application: string) =>
    browser.query(
      `mutation { enrolCompany(input: { companyId: "${companyId}", application: ${application} }) {
        id status generation vaultKey upsProfileNote authorizedAt endedAt endReason nextRefreshAt upsMayHonourUntil
        authorizedBy { id } endedBy { id } tokens { issuedAt } tokenHistory { totalCount }
      } }`,
    )
  // Rating stays authorized; in Pickup Manager it once was; the other three it never opened.
  await acme.data(
    `mutation { optOut(input: { companyId: "${companyId}", application: PICKUP_MANAGER }) { id } }`,
  )
  const withdrawFrom = (application: string) =>
    acme.data(
      `mutation { withdrawCompany(input: { companyId: "${companyId}", application: ${application} }) }`,
    )
  await withdrawFrom('CONSUMER_RETURNS')
  const history = await everyEnrolment(world, companyId)

  const answers = []
  for (const application of ['PICKUP_MANAGER', 'DATA_MANAGEMENT', 'CONSUMER_RETURNS'])
    answers.push((await enrolIn(solution, application)).data?.['enrolCompany'])
  const withoutId = answers.map((answer) => ({ ...(answer as object), id: 'some id' }))
  expect(withoutId[0]).toMatchObject({
    status: 'NOT_AUTHORIZED',
    generation: 0,
    endedAt: null,
    endReason: null,
  })
  expect(withoutId[1]).toEqual(withoutId[0])
  expect(withoutId[2]).toEqual(withoutId[0])
  const ids = answers.map((answer) => (answer as { id: string }).id)
  expect(history.map(({ id }) => id).filter((id) => ids.includes(id))).toEqual([])
  // It has enrolled the company where it was not, and touched nothing where it was.
  const after = await everyEnrolment(world, companyId)
  expect(after.filter(({ applicationId }) => applicationId !== 'CONSUMER_RETURNS')).toEqual(
    history.filter(({ applicationId }) => applicationId !== 'CONSUMER_RETURNS'),
  )
  expect(await authorizationOf(acme, companyId, 'CONSUMER_RETURNS')).toMatchObject({
    status: 'NOT_AUTHORIZED',
  })
  expect(await enrolments(world, 'company.enrolled')).toBe(1)
  // What one sees, one may be refused.
  expect((await enrolIn(solution, 'RATING')).errors).toMatchObject([{ extensions: { code: 'CONFLICT' } }])
  expect((await enrolIn(acme, 'DATA_MANAGEMENT')).errors).toMatchObject([
    { extensions: { code: 'CONFLICT' } },
  ])
})

it('withdraws once when ten ask at the same moment', async () => {
  const world = await createTestApp()
  const acme = await world.as('acme.admin')
  const companyId = await companyIdOf(acme, 'Acme Outfitters')
  const answers = await Promise.all(Array.from({ length: 10 }, () => withdraw(acme, companyId)))
  const codes = answers.map(({ errors }) => errors?.[0]?.extensions.code ?? 'withdrawn')
  expect(codes.sort()).toEqual([...Array<string>(9).fill('NOT_FOUND'), 'withdrawn'])
  expect(await enrolments(world, 'company.withdrew')).toBe(1)
})

const enrolments = ({ app }: TestApp, name: AuditEventEntity['name']) =>
  app.database.reader.countBy(AuditEventEntity, { name })

const everyEnrolment = ({ app }: TestApp, companyId: string) =>
  app.database.reader.find(AuthorizationEntity, { where: { companyId }, order: { applicationId: 'ASC' } })

it('enrols once when ten ask at the same moment', async () => {
  const world = await createTestApp()
  const acme = await world.as('acme.admin')
  const { createCompany } = await acme.data<{ createCompany: { id: string } }>(
    'mutation { createCompany(input: { name: "Fresh" }) { id } }',
  )
  const answers = await Promise.all(Array.from({ length: 10 }, () => enrol(acme, createCompany.id)))
  const codes = answers.map(({ errors }) => errors?.[0]?.extensions.code ?? 'enrolled')
  expect(codes.sort()).toEqual([...Array<string>(9).fill('CONFLICT'), 'enrolled'])
})

it('destroys every token of a removed company and keeps its history and its trail', async () => {
  const world = await createTestApp()
  const acme = await world.as('acme.admin')
  const companyId = await companyIdOf(acme, 'Acme Outfitters')
  for (const application of ['RATING', 'PICKUP_MANAGER'] as const) await optIn(world, acme, application)
  const { reader } = world.app.database
  expect(await reader.count(TokenSetEntity)).toBe(2)

  expect(await acme.data(`mutation { removeCompany(id: "${companyId}") }`)).toEqual({ removeCompany: true })
  expect(await reader.count(TokenSetEntity)).toBe(0)
  expect(await reader.countBy(TokenHistoryEntity, {})).toBe(2)
  expect(
    (await reader.findBy(TokenHistoryEntity, {})).every(({ supersededAt }) => supersededAt !== null),
  ).toBe(true)
  const left = await reader.findBy(AuthorizationEntity, { companyId })
  expect(left.map(({ status, endReason }) => `${status} ${endReason}`)).toEqual(
    Array(5).fill('NOT_AUTHORIZED COMPANY_REMOVED'),
  )
  expect(await reader.countBy(AuditEventEntity, { companyId, name: 'company.removed' })).toBe(1)

  expect(
    await acme.data(
      `{ company(id: "${companyId}") { id } companies { totalCount } viewer { memberships { role } } }`,
    ),
  ).toEqual({
    company: null,
    companies: { totalCount: 0 },
    viewer: { memberships: [] },
  })
  for (const answer of [await enrol(acme, companyId), await withdraw(acme, companyId)])
    expect(answer.errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }])
  expect(
    await (await world.as('solution.admin')).data('{ companies { totalCount notYetAuthorizedCount } }'),
  ).toEqual({
    companies: { totalCount: 0, notYetAuthorizedCount: 1 },
  })
})
