import { expect, it } from 'vitest'
import { applicationIds, applications, type ApplicationId } from '../application/applications.js'
import { MembershipEntity } from '../user/membership.entity.js'
import { companyIdOf, createTestApp, type TestApp } from '../testing/create-test-app.js'
import { agreeAtUps, authorizationOf, beginOptIn, type Begun } from '../testing/opt-in.js'
import type { Browser } from '../testing/browser.js'
import { TokenSetEntity } from '../vault/token-set.entity.js'

interface Scene {
  world: TestApp
  admin: Browser
  companyId: string
}

async function scene(options: Parameters<typeof createTestApp>[0] = {}): Promise<Scene> {
  const world = await createTestApp(options)
  const admin = await world.as('acme.admin')
  return { world, admin, companyId: await companyIdOf(admin, 'Acme Outfitters') }
}

const minute = 60_000
const urlOf = (input: string | URL | Request) => (input instanceof Request ? input.url : String(input))
const codeRequests = (world: TestApp) =>
  world.standIn.control.ledger().rows.filter(({ endpoint }) => endpoint === 'token')
const tokenRows = (world: TestApp) => world.app.database.reader.count(TokenSetEntity)

async function begunAndAgreed(
  { world, admin, companyId }: Scene,
  application: ApplicationId = 'RATING',
): Promise<{ begun: Begun; callback: string }> {
  const begun = await beginOptIn(admin, companyId, application)
  return { begun, callback: await agreeAtUps(world, begun) }
}

async function outcomeOf(browser: Browser, id: string): Promise<string | null> {
  const { optIn } = await browser.data<{ optIn: { outcome: string } | null }>(
    'query ($id: ID!) { optIn(id: $id) { outcome } }',
    { id },
  )
  return optIn?.outcome ?? null
}

/** Nothing was asked of UPS and nothing is held. */
async function expectUntouched(world: TestApp): Promise<void> {
  expect(codeRequests(world)).toEqual([])
  expect(await tokenRows(world)).toBe(0)
}

it('ends on the page that began it, with the outcome and the next application', async () => {
  const { world, admin, companyId } = await scene()
  const { begun, callback } = await begunAndAgreed({ world, admin, companyId })
  const destination = await admin.arriveAt(callback)
  expect(destination).toBe(`/applications/rating/company-manager?company=${companyId}&opt-in=${begun.id}`)
  const { optIn } = await admin.data(
    'query ($id: ID!) { optIn(id: $id) { outcome nextApplication { id } } }',
    {
      id: begun.id,
    },
  )
  expect(optIn).toEqual({ outcome: 'AUTHORIZED', nextApplication: { id: 'CONSUMER_RETURNS' } })
  const response = await admin.request('GET', new URL(callback).pathname + new URL(callback).search)
  expect(response.statusCode).toBe(303)
  expect(response.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
})

it('keeps code, state and tokens out of the log and the database', async () => {
  const { world, admin, companyId } = await scene()
  const { callback } = await begunAndAgreed({ world, admin, companyId })
  await admin.arriveAt(callback)
  const parameters = new URL(callback).searchParams
  const rows = JSON.stringify(
    await world.app.database.reader.query('SELECT * FROM pending_authorizations, token_sets, audit_events'),
  )
  for (const name of ['code', 'state']) {
    const value = parameters.get(name) ?? ''
    expect(value.length).toBeGreaterThan(40)
    expect(world.logged.join('')).not.toContain(value)
    expect(rows).not.toContain(value)
  }
})

it('exchanges one code when a hundred identical callbacks arrive at once', async () => {
  const { world, admin, companyId } = await scene()
  const { callback } = await begunAndAgreed({ world, admin, companyId })
  const destinations = await Promise.all(Array.from({ length: 100 }, () => admin.arriveAt(callback)))
  expect(destinations.filter((each) => each === '/opt-in/already-used')).toHaveLength(99)
  expect(codeRequests(world)).toHaveLength(1)
  expect(await authorizationOf(admin, companyId, 'RATING')).toMatchObject({
    status: 'AUTHORIZED',
    generation: 1,
  })
})

it('refuses a visit on the path of another application: 5 of 25 pass, 20 ask UPS nothing', async () => {
  const { world, admin, companyId } = await scene()
  for (const started of applicationIds) {
    for (const { id: answered, slug } of applications) {
      const { callback } = await begunAndAgreed({ world, admin, companyId }, started)
      const before = codeRequests(world).length
      const address = new URL(callback)
      address.pathname = `/oauth/callback/${slug}`
      const destination = await admin.arriveAt(address.href)
      const asked = codeRequests(world).length - before
      if (started === answered) expect([asked, destination]).toEqual([1, expect.stringContaining('&opt-in=')])
      else expect([asked, destination]).toEqual([0, '/opt-in/not-recognised'])
    }
  }
  const matched = codeRequests(world).map(({ application, outcome }) => [application, outcome])
  expect(matched).toEqual(applicationIds.map((id) => [id, expect.any(String)]))
})

it.each([
  ['another browser of the same person', ({ world }: Scene) => world.as('acme.admin'), 'wrong-person'],
  ['another person', ({ world }: Scene) => world.as('demo.admin'), 'wrong-person'],
  ['nobody', ({ world }: Scene) => Promise.resolve(world.browser()), 'signed-out'],
  ['the same person after signing out and in again', signedInAgain, 'wrong-person'],
])('attaches nothing when the visit ends in the hands of %s', async (_who, browserOf, reason) => {
  const one = await scene()
  const { callback } = await begunAndAgreed(one)
  const browser = await browserOf(one)
  expect(await browser.arriveAt(callback)).toBe(`/opt-in/${reason}`)
  // The state is spent: sent back to whoever began it, a stranger's consent still attaches nothing.
  expect(await one.admin.arriveAt(callback)).toBe('/opt-in/already-used')
  await expectUntouched(one.world)
})

async function signedInAgain({ admin }: Scene): Promise<Browser> {
  await admin.data('mutation { signOut }')
  await admin.signIn('acme.admin')
  return admin
}

it.each([
  ['without a state', (query: URLSearchParams) => query.delete('state')],
  ['with an unknown state', (query: URLSearchParams) => query.set('state', 'A'.repeat(43))],
  ['with an empty state', (query: URLSearchParams) => query.set('state', '')],
  ['with two states', (query: URLSearchParams) => query.append('state', 'another')],
])('does not recognise a callback %s', async (_how, change) => {
  const one = await scene()
  const address = new URL((await begunAndAgreed(one)).callback)
  change(address.searchParams)
  expect(await one.admin.arriveAt(address.href)).toBe('/opt-in/not-recognised')
  await expectUntouched(one.world)
})

it.each([
  ['cancelled at UPS.com', 'error=access_denied', 'REFUSED_AT_UPS'],
  ['another error', 'error=server_error&error_description=%3Cscript%3E', 'FAILED_AT_UPS'],
  ['an error that nobody registered', 'error=%22%3E%3Cimg%3E', 'FAILED_AT_UPS'],
  ['an error together with a code', 'error=access_denied&code=abc', 'REFUSED_AT_UPS'],
  ['no code', 'scope=read', 'FAILED_AT_UPS'],
  ['two codes', 'code=one&code=two', 'FAILED_AT_UPS'],
  ['an issuer, which UPS does not name', 'code=one&iss=https%3A%2F%2Felsewhere.example', 'FAILED_AT_UPS'],
])('keeps what was authorized and asks UPS nothing after %s', async (_what, answer, outcome) => {
  const { world, admin, companyId } = await scene()
  const first = await begunAndAgreed({ world, admin, companyId })
  await admin.arriveAt(first.callback)
  const before = await world.app.database.reader.find(TokenSetEntity)

  const begun = await beginOptIn(admin, companyId, 'RATING')
  const state = new URL(begun.authorizationUrl).searchParams.get('state') ?? ''
  const query = `${answer}&state=${encodeURIComponent(state)}`
  const destination = await admin.arriveAt(`http://localhost:4000/oauth/callback/rating?${query}`)
  expect(destination).not.toMatch(/script|img|elsewhere/)
  expect(await outcomeOf(admin, begun.id)).toBe(outcome)
  expect(await world.app.database.reader.find(TokenSetEntity)).toEqual(before)
  expect(codeRequests(world)).toHaveLength(1)
})

it('lets an old tab finish within ten minutes, and not after', async () => {
  const one = await scene()
  const { world, admin } = one
  const late = await begunAndAgreed(one, 'RATING')
  const inTime = await begunAndAgreed(one, 'PICKUP_MANAGER')
  world.clock.advance(10 * minute - 1)
  await admin.arriveAt(inTime.callback)
  expect(await outcomeOf(admin, inTime.begun.id)).toBe('AUTHORIZED')
  world.clock.advance(1)
  await admin.arriveAt(late.callback)
  expect(await outcomeOf(admin, late.begun.id)).toBe('EXPIRED')
  expect(codeRequests(world)).toHaveLength(1)
})

it.each(['an opt-out', 'a lost role', 'a withdrawal', 'the removal of the company'])(
  'attaches nothing after %s',
  async (what) => {
    const one = await scene()
    const { world, admin, companyId } = one
    const { begun, callback } = await begunAndAgreed(one)
    await happen(one, what)
    await admin.arriveAt(callback)
    await expectUntouched(world)
    const visible = what === 'an opt-out' || what === 'a withdrawal'
    if (visible) expect(await outcomeOf(admin, begun.id)).toBe('VOIDED')
    expect((await authorizationOf(admin, companyId, 'RATING'))?.status ?? 'gone').not.toBe('AUTHORIZED')
  },
)

it.each(['an opt-out', 'a lost role', 'a withdrawal', 'the removal of the company', 'a sign-out'])(
  'destroys the pair when %s happens while UPS answers',
  async (what) => {
    let answering: () => Promise<void> = () => Promise.resolve()
    const one = await scene({
      fetch: (next) => async (input, init) => {
        const response = await next(input, init)
        if (urlOf(input).endsWith('/token')) await answering()
        return response
      },
    })
    const { world, admin } = one
    const { begun, callback } = await begunAndAgreed(one)
    answering = () => happen(one, what)
    await admin.arriveAt(callback)
    expect(codeRequests(world)).toHaveLength(1)
    expect(await tokenRows(world)).toBe(0)
    const rows: { outcome: string }[] = await world.app.database.reader.query(
      'SELECT outcome FROM pending_authorizations',
    )
    expect([begun.id, rows]).toEqual([begun.id, [{ outcome: 'VOIDED' }]])
  },
)

async function happen({ world, admin, companyId }: Scene, what: string): Promise<void> {
  const input = { companyId, application: 'RATING' }
  switch (what) {
    case 'an opt-out':
      return void (await admin.data('mutation ($input: OptOutInput!) { optOut(input: $input) { id } }', {
        input,
      }))
    case 'a withdrawal':
      return void (await admin.data(
        'mutation ($input: WithdrawCompanyInput!) { withdrawCompany(input: $input) }',
        { input },
      ))
    case 'the removal of the company':
      return void (await admin.data('mutation ($id: ID!) { removeCompany(id: $id) }', { id: companyId }))
    case 'a lost role':
      return world.app.database.inTransaction(async (manager) => {
        await manager.update(MembershipEntity, { companyId }, { role: 'VIEWER' })
      })
    case 'a sign-out':
      return void (await admin.data('mutation { signOut }'))
    default:
      throw new Error(what)
  }
}

it.each([
  ['is overloaded', { endpoint: 'token', kind: 'status', status: 429 }, 'UPS_UNAVAILABLE'],
  ['fails', { endpoint: 'token', kind: 'status', status: 503 }, 'UPS_UNAVAILABLE'],
  ['answers with a page', { endpoint: 'token', kind: 'html' }, 'UPS_UNAVAILABLE'],
  ['acts and breaks off', { endpoint: 'token', kind: 'reset-after' }, 'UNKNOWN'],
  ['refuses the client', { endpoint: 'token', kind: 'status', status: 401 }, 'APPLICATION_REFUSED'],
] as const)('asks once and says what is known when UPS.com %s', async (_what, fault, outcome) => {
  const one = await scene()
  const { begun, callback } = await begunAndAgreed(one)
  one.world.standIn.control.faults({ ...fault })
  await one.admin.arriveAt(callback)
  expect(await outcomeOf(one.admin, begun.id)).toBe(outcome)
  expect(codeRequests(one.world)).toHaveLength(1)
  expect(await tokenRows(one.world)).toBe(0)
})

it('reports a refused code', async () => {
  const { world, admin, companyId } = await scene()
  const begun = await beginOptIn(admin, companyId, 'RATING')
  const state = new URL(begun.authorizationUrl).searchParams.get('state') ?? ''
  await admin.arriveAt(
    `http://localhost:4000/oauth/callback/rating?code=bm90IG9uZQ%3D%3D&state=${encodeURIComponent(state)}`,
  )
  expect(await outcomeOf(admin, begun.id)).toBe('CODE_REFUSED')
  expect(await tokenRows(world)).toBe(0)
})

it('leads to a page that says so, without code and state, when the database fails', async () => {
  const { world, admin, companyId } = await scene()
  const { callback } = await begunAndAgreed({ world, admin, companyId })
  const rename = (from: string, to: string) =>
    world.app.database.inTransaction((manager) => manager.query(`ALTER TABLE ${from} RENAME TO ${to}`))
  await rename('pending_authorizations', 'away')
  expect(await admin.arriveAt(callback)).toBe('/opt-in/not-finished')
  await rename('sessions', 'sessions_away')
  expect(await admin.arriveAt(callback)).toBe('/opt-in/not-finished')
})

it('finishes in one tab when the password was given again in another, and not in another session', async () => {
  const { world, admin, companyId } = await scene()
  const { begun, callback } = await begunAndAgreed({ world, admin, companyId })
  await admin.query('mutation { reauthenticate(input: { password: "opt-in-hub-demo" }) }')
  await admin.arriveAt(callback)
  await admin.query('mutation { reauthenticate(input: { password: "opt-in-hub-demo" }) }')
  expect(await outcomeOf(admin, begun.id)).toBe('AUTHORIZED')
  const again = await begunAndAgreed({ world, admin, companyId }, 'PICKUP_MANAGER')
  await admin.signIn('acme.admin')
  expect(await admin.arriveAt(again.callback)).toBe('/opt-in/wrong-person')
})
