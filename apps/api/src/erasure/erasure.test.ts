import { expect, it } from 'vitest'
import { vaulted } from '../testing/api-client.js'
import { recordedIn } from '../testing/audit-trail.js'
import type { Browser } from '../testing/browser.js'
import { createTestApp, type TestApp } from '../testing/create-test-app.js'
import { invite } from '../testing/invitations.js'
import { beginOptIn } from '../testing/opt-in.js'
import { signInAs } from '../testing/people.js'
import { runCommand } from '../testing/run-command.js'
import { tableDump } from '../testing/table-dump.js'

const eraseMyAccount = 'mutation { eraseMyAccount }'
const eraseUser = 'mutation ($id: ID!) { eraseUser(id: $id) }'
const address = '203.0.113.77'

const idOf = async (browser: Browser): Promise<string> =>
  (await browser.data<{ viewer: { id: string } }>('{ viewer { id } }')).viewer.id

/** Pat has a name, an address and a mail address that nothing else has, and has left traces of each kind. */
async function withPat() {
  const world = await createTestApp({ environment: { TRUSTED_PROXIES: '127.0.0.1' } })
  const { companyId } = await vaulted(world)
  await signInAs(world, { signInName: 'pat.unforgettable', roles: { [companyId]: 'ADMIN' } })
  await world.app.database.inTransaction((manager) =>
    manager.query(
      `UPDATE users SET "displayName" = 'Pat Memorable', email = 'pat@remember.example', "emailKey" = 'pat@remember.example' WHERE "signInName" = 'pat.unforgettable'`,
    ),
  )
  const pat = world.browser()
  const headers = { ...pat.graphqlHeaders(), 'x-forwarded-for': address }
  await pat.request('POST', '/graphql', {
    headers,
    body: JSON.stringify({
      query: 'mutation ($input: SignInInput!) { signIn(input: $input) { id } }',
      variables: { input: { signInName: 'pat.unforgettable', password: 'opt-in-hub-demo' } },
    }),
  })
  const patId = await idOf(pat)
  await beginOptIn(pat, companyId, 'PICKUP_MANAGER')
  // To another company, and not accepted.
  const demo = await world.as('demo.admin')
  const elsewhere = await demo.data<{ viewer: { memberships: { company: { id: string } }[] } }>(
    '{ viewer { memberships { company { id } } } }',
  )
  await demo.data(invite.member, {
    input: {
      companyId: elsewhere.viewer.memberships[0]?.company.id,
      email: 'pat@remember.example',
      role: 'VIEWER',
    },
  })
  await world.app.database.inTransaction(async (manager) => {
    await manager.query(
      `UPDATE pending_authorizations SET "upsProfileNote" = 'Pat Memorable did it' WHERE "userId" = '${patId}'`,
    )
    await manager.query(
      `UPDATE authorizations SET "upsProfileNote" = 'Pat Memorable did it', "authorizedById" = '${patId}'`,
    )
  })
  return { world, pat, patId }
}

const traces = ['Memorable', 'unforgettable', 'remember.example', address]

async function tracesIn(world: TestApp): Promise<string[]> {
  const dump = await tableDump(world.app.database.reader)
  return Object.entries(dump).flatMap(([table, rows]) => {
    const text = JSON.stringify(rows)
    return traces.filter((trace) => text.includes(trace)).map((trace) => `${trace} in ${table}`)
  })
}

it('leaves no name, sign-in name, mail address or address in any table', async () => {
  const { world, pat } = await withPat()
  expect(await tracesIn(world)).toEqual(
    expect.arrayContaining([
      'Memorable in users',
      'Memorable in authorizations',
      'Memorable in pending_authorizations',
      'unforgettable in users',
      'remember.example in users',
      'remember.example in invitations',
      `${address} in audit_origins`,
      `${address} in sessions`,
    ]),
  )
  expect(await pat.data(eraseMyAccount)).toEqual({ eraseMyAccount: true })
  expect(await tracesIn(world)).toEqual([])
})

it('leaves the trail whole, and tells no longer who it was', async () => {
  const { world, pat } = await withPat()
  await world.app.tendAudit()
  const before = await recordedIn(world)
  await pat.data(eraseMyAccount)
  await world.app.tendAudit()
  const after = await recordedIn(world)
  expect(after.map(({ name }) => name)).toEqual(
    expect.arrayContaining([...before.map(({ name }) => name), 'person.erased']),
  )
  expect(after.some(({ person }) => person === 'pat.unforgettable')).toBe(false)
  expect((await runCommand(world, 'audit verify')).code).toBe(0)
  const admin = await world.as('acme.admin')
  const { auditEvents } = await admin.data<{ auditEvents: { edges: { node: { actor: unknown } }[] } }>(
    '{ auditEvents(filter: { names: [AUTHORIZATION_BEGUN] }) { edges { node { actor { displayName } } } } }',
  )
  expect(auditEvents.edges.map(({ node }) => node.actor)).toContainEqual({ displayName: null })
})

it('ends every session at once, and lets nobody in under the old name or the new', async () => {
  const { world, pat, patId } = await withPat()
  const elsewhere = await world.as('pat.unforgettable')
  await pat.data(eraseMyAccount)
  for (const browser of [pat, elsewhere])
    expect(await browser.data('{ viewer { id } }')).toEqual({ viewer: null })
  await expect(world.as('pat.unforgettable')).rejects.toThrow('SIGN_IN_REFUSED')
  const [{ signInName }] = (await world.app.database.reader.query(
    `SELECT "signInName" FROM users WHERE id = '${patId}'`,
  )) as [{ signInName: string }]
  await expect(world.as(signInName)).rejects.toThrow('SIGN_IN_REFUSED')
})

it('asks for the password again before it erases anybody', async () => {
  const { world, pat, patId } = await withPat()
  const solution = await world.as('solution.admin')
  world.clock.advance(11 * 60_000)
  for (const answer of [await pat.query(eraseMyAccount), await solution.query(eraseUser, { id: patId })])
    expect(answer.errors?.[0]?.extensions.reason).toBe('FRESH_AUTHENTICATION_REQUIRED')
  expect(await tracesIn(world)).not.toEqual([])
})

it('lets a solution admin erase anybody, and nobody else anybody but themselves', async () => {
  const { world, pat, patId } = await withPat()
  const solution = await world.as('solution.admin')
  const avery = await idOf(await world.as('acme.admin'))
  expect((await pat.query(eraseUser, { id: avery })).errors?.[0]?.extensions.reason).toBe('PERSON_NOT_FOUND')
  expect(await solution.data(eraseUser, { id: patId })).toEqual({ eraseUser: true })
  expect(await tracesIn(world)).toEqual([])
  const { errors } = await solution.query(eraseUser, { id: 'nobody' })
  expect(errors?.[0]?.extensions.reason).toBe('PERSON_NOT_FOUND')
})

it('keeps the last solution admin, and the last admin of a company who would leave it alone', async () => {
  const { world, pat } = await withPat()
  const solution = await world.as('solution.admin')
  expect((await solution.query(eraseMyAccount)).errors?.[0]?.extensions.reason).toBe(
    'LAST_SOLUTION_ADMIN_STAYS',
  )
  await pat.data(eraseMyAccount)
  const avery = await world.as('acme.admin')
  expect((await avery.query(eraseMyAccount)).errors?.[0]?.extensions.reason).toBe('COMPANY_NEEDS_AN_ADMIN')
})

it('takes back the letters that wait for the person, and no others', async () => {
  const { world, pat } = await withPat()
  for (const email of ['Pat@remember.example', 'avery@acme.example'])
    await pat.query(`mutation { requestPasswordReset(input: { email: "${email}" }) }`)
  await pat.data(eraseMyAccount)
  expect(await world.lettersTo('pat@remember.example')).toEqual([])
  expect(await world.lettersTo('avery@acme.example')).toHaveLength(1)
})

it('can be done by the operator', async () => {
  const { world } = await withPat()
  const { code, out } = await runCommand(world, 'erase-person --sign-in-name PAT.unforgettable')
  expect([code, out]).toEqual([0, expect.stringContaining('Erased.')])
  expect(await tracesIn(world)).toEqual([])
  expect((await runCommand(world, 'erase-person --sign-in-name nobody')).err).toContain(
    'There is no such person',
  )
  expect((await runCommand(world, 'erase-person')).code).toBe(1)
})
