import { expect, it } from 'vitest'
import { AuditEventEntity } from '../audit/audit-event.entity.js'
import {
  asApiClient,
  createApiClient,
  problemOf,
  statusPath,
  tokenPath,
  vaulted,
  type ClientWishes,
} from '../testing/api-client.js'
import { Browser } from '../testing/browser.js'
import { createTestApp, publicUrl, type TestApp } from '../testing/create-test-app.js'

const second = 1000
const minute = 60 * second
const hour = 60 * minute

const acts = {
  pause: 'mutation ($id: ID!) { pauseApiClient(id: $id) { id pausedAt } }',
  resume: 'mutation ($id: ID!) { resumeApiClient(id: $id) { id pausedAt } }',
  revokeKey: 'mutation ($id: ID!) { revokeApiClientKey(id: $id) { keys { revokedAt } } }',
  rotate: `mutation ($input: RotateApiClientKeyInput!) {
    rotateApiClientKey(input: $input) { key apiClient { keys { id publicId expiresAt revokedAt } } }
  }`,
  addresses:
    'mutation ($input: SetApiClientAddressesInput!) { setApiClientAddresses(input: $input) { addresses } }',
  grant:
    'mutation ($input: GrantApiClientInput!) { grantApiClient(input: $input) { grants { application scopes } } }',
  withdraw: 'mutation ($input: WithdrawApiClientGrantInput!) { withdrawApiClientGrant(input: $input) }',
}

interface Rotated {
  rotateApiClientKey: {
    key: string
    apiClient: { keys: { id: string; expiresAt: string | null; revokedAt: string | null }[] }
  }
}

async function scene(wishes: Partial<ClientWishes> = {}) {
  const world = await createTestApp()
  const acme = await vaulted(world)
  const made = await createApiClient(acme.admin, { companyIds: [acme.companyId], ...wishes })
  const { id } = made.apiClient
  return { world, ...acme, ...made, id, client: asApiClient(world, made.key) }
}

async function reasonOf(browser: Browser, document: string, variables: object): Promise<string> {
  const { errors } = await browser.query(document, variables)
  return errors?.[0]?.extensions.reason ?? 'done'
}

const events = async (world: TestApp, name: string) =>
  (await world.app.database.reader.find(AuditEventEntity)).filter((event) => event.name === name)

it('hands out nothing to a paused client, which still reads states, and does again once it is resumed', async () => {
  const { world, admin, client, vaultKey, id, companyId } = await scene()
  const other = new Browser((await world.another()).http, publicUrl)
  const elsewhere = (path: string) =>
    other.request('GET', path, { headers: { authorization: `Bearer ${key}` } })
  const { key } = await createApiClient(admin, { companyIds: [companyId] })
  const another = (await events(world, 'api_client.created')).at(-1)?.details.clientId
  expect((await elsewhere(tokenPath(vaultKey))).statusCode).toBe(200)

  for (const each of [id, another]) await admin.data(acts.pause, { id: each })
  for (const refused of [await client.get(tokenPath(vaultKey)), await elsewhere(tokenPath(vaultKey))])
    expect([refused.statusCode, problemOf(refused)]).toMatchObject([403, { reason: 'API_CLIENT_PAUSED' }])
  const status = await client.get(statusPath(vaultKey))
  expect([status.statusCode, status.json()]).toMatchObject([200, { active: true }])
  await admin.data(acts.pause, { id })

  world.clock.advance(11 * minute)
  expect(await reasonOf(admin, acts.resume, { id })).toBe('FRESH_AUTHENTICATION_REQUIRED')
  expect((await client.get(tokenPath(vaultKey))).statusCode).toBe(403)
  await admin.signIn('acme.admin')
  await admin.data(acts.resume, { id })
  await admin.data(acts.resume, { id })
  expect((await client.get(tokenPath(vaultKey))).statusCode).toBe(200)
  expect(await events(world, 'api_client.paused')).toHaveLength(2)
  expect(await events(world, 'api_client.resumed')).toMatchObject([{ companyId, details: { clientId: id } }])
})

it('gives a new key while the former one goes on for the time chosen, and never a third', async () => {
  const { world, admin, client, vaultKey, id } = await scene()
  const rotate = async (overlapSeconds: number) =>
    (await admin.data<Rotated>(acts.rotate, { input: { apiClientId: id, overlapSeconds } }))
      .rotateApiClientKey
  const statuses = async (...clients: (typeof client)[]) =>
    Promise.all(clients.map(async (each) => (await each.get(tokenPath(vaultKey))).statusCode))

  world.clock.advance(second)
  const { key, apiClient } = await rotate(3600)
  const next = asApiClient(world, key)
  const until = new Date(world.clock().getTime() + hour).toISOString()
  expect(apiClient.keys).toMatchObject([{ expiresAt: until }, { expiresAt: null }])
  expect(await statuses(client, next)).toEqual([200, 200])
  const again = { input: { apiClientId: id, overlapSeconds: 0 } }
  expect(await reasonOf(admin, acts.rotate, again)).toBe('API_CLIENT_HAS_TWO_KEYS')
  world.clock.advance(hour - 1)
  expect(await statuses(client, next)).toEqual([200, 200])
  world.clock.advance(1)
  expect(await statuses(client, next)).toEqual([401, 200])

  await admin.signIn('acme.admin')
  const last = await rotate(0)
  expect(await statuses(next, asApiClient(world, last.key))).toEqual([401, 200])
  const lastId = last.apiClient.keys.at(-1)?.id ?? ''
  await admin.data(acts.revokeKey, { id: lastId })
  expect(await statuses(asApiClient(world, last.key))).toEqual([401])
  expect(await events(world, 'api_client.key_rotated')).toHaveLength(2)
  expect(await events(world, 'api_client.key_revoked')).toMatchObject([{ details: { keyId: lastId } }])
  for (const odd of [-1, 30 * 24 * 3600 + 1])
    expect(await reasonOf(admin, acts.rotate, { input: { apiClientId: id, overlapSeconds: odd } })).toBe(
      'INPUT_NOT_VALID',
    )
})

it('ends a key at its time, and takes no time that is past', async () => {
  const world = await createTestApp()
  const { admin, companyId, vaultKey } = await vaulted(world)
  const inAnHour = new Date(world.clock().getTime() + hour).toISOString()
  const { key } = await createApiClient(admin, { companyIds: [companyId], keyExpiresAt: inAnHour })
  const client = asApiClient(world, key)
  world.clock.advance(hour - 500)
  expect((await client.get(statusPath(vaultKey))).statusCode).toBe(200)
  // Within the second for which a key is remembered.
  world.clock.advance(500)
  expect((await client.get(statusPath(vaultKey))).statusCode).toBe(401)
  await admin.signIn('acme.admin')
  const late = createApiClient(admin, { companyIds: [companyId], keyExpiresAt: inAnHour })
  await expect(late).rejects.toThrow('KEY_EXPIRY_NOT_AHEAD')
})

it('takes a key from the addresses chosen only, as far as trusted proxies tell', async () => {
  const world = await createTestApp({ environment: { TRUSTED_PROXIES: '127.0.0.1' } })
  const { admin, companyId, vaultKey } = await vaulted(world)
  const { key, apiClient } = await createApiClient(admin, {
    companyIds: [companyId],
    addresses: ['192.0.2.0/24', '2001:db8::/32'],
  })
  const client = asApiClient(world, key)
  const from = async (address: string) =>
    (await client.get(tokenPath(vaultKey), { 'x-forwarded-for': address })).statusCode
  expect(await from('192.0.2.9')).toBe(200)
  expect(await from('2001:db8::9')).toBe(200)
  expect(await from('198.51.100.1')).toBe(403)
  // What the client itself claims counts for nothing.
  expect(await from('192.0.2.9, 198.51.100.1')).toBe(403)
  const refused = await client.get(statusPath(vaultKey))
  expect(problemOf(refused)).toMatchObject({ code: 'FORBIDDEN', reason: 'API_KEY_NOT_FROM_HERE' })

  const set = (addresses: string[]) => ({ input: { apiClientId: apiClient.id, addresses } })
  for (const odd of ['192.0.2.0/33', 'localhost', '0.0.0.0/0', ''])
    expect([odd, await reasonOf(admin, acts.addresses, set([odd]))]).toEqual([odd, 'ADDRESS_RANGE_NOT_VALID'])
  await admin.data(acts.addresses, set([]))
  expect(await from('198.51.100.1')).toBe(200)
  world.clock.advance(11 * minute)
  expect(await reasonOf(admin, acts.addresses, set([]))).toBe('FRESH_AUTHENTICATION_REQUIRED')
})

it('writes down when a key was used last, once a minute and not with each request', async () => {
  const { world, admin, client, vaultKey, companyId } = await scene()
  const lastUse = async () => {
    const { apiClients } = await admin.data<{
      apiClients: { edges: { node: { keys: { lastUsedAt: string | null }[] } }[] }
    }>('query ($id: ID!) { apiClients(companyId: $id) { edges { node { keys { lastUsedAt } } } } }', {
      id: companyId,
    })
    return apiClients.edges[0]?.node.keys[0]?.lastUsedAt
  }
  await world.app.noteKeyUses()
  expect(await lastUse()).toBeNull()
  await client.get(statusPath(vaultKey))
  const first = world.clock().toISOString()
  await world.app.noteKeyUses()
  expect(await lastUse()).toBe(first)
  world.clock.advance(30 * second)
  await client.get(statusPath(vaultKey))
  await world.app.noteKeyUses()
  expect(await lastUse()).toBe(first)
  world.clock.advance(30 * second)
  await world.app.noteKeyUses()
  expect(await lastUse()).toBe(world.clock().toISOString())
})

it('lets a company add and take back one scope at a time', async () => {
  const { world, admin, client, vaultKey, id, companyId } = await scene({ scopes: ['STATUS_READ'] })
  const token = async () => (await client.get(tokenPath(vaultKey))).statusCode
  const where = { apiClientId: id, companyId }
  const more = { input: { ...where, applications: ['RATING', 'PICKUP_MANAGER'], scopes: ['TOKEN_READ'] } }
  expect(await token()).toBe(403)
  // Widened in one application, and new in the other.
  world.clock.advance(second)
  expect(await admin.data(acts.grant, more)).toEqual({
    grantApiClient: {
      grants: [
        { application: 'RATING', scopes: ['STATUS_READ', 'TOKEN_READ'] },
        { application: 'PICKUP_MANAGER', scopes: ['TOKEN_READ'] },
      ],
    },
  })
  expect(await token()).toBe(200)
  await admin.data(acts.grant, more)
  expect(await events(world, 'api_client.granted')).toHaveLength(3)

  const status = { ...where, scopes: ['STATUS_READ'] }
  await admin.data(acts.withdraw, { input: status })
  expect((await client.get(statusPath(vaultKey))).statusCode).toBe(403)
  expect(await token()).toBe(200)
  expect(await reasonOf(admin, acts.withdraw, { input: status })).toBe('API_CLIENT_GRANT_NOT_FOUND')
  await admin.data(acts.withdraw, { input: { ...where, scopes: ['TOKEN_READ'] } })
  expect(await token()).toBe(404)
  world.clock.advance(11 * minute)
  expect(await reasonOf(admin, acts.grant, more)).toBe('FRESH_AUTHENTICATION_REQUIRED')
})

it('never lets a solution admin hold a key that takes tokens', async () => {
  const { world, admin, id, companyId } = await scene()
  const solution = await world.as('solution.admin')
  const input = { apiClientId: id, overlapSeconds: 0 }
  expect(await reasonOf(solution, acts.rotate, { input })).toBe('API_CLIENT_NOT_YOURS_TO_MANAGE')
  expect(await reasonOf(solution, acts.resume, { id })).toBe('API_CLIENT_NOT_YOURS_TO_MANAGE')
  expect(await reasonOf(solution, acts.pause, { id })).toBe('done')

  const tokens = { companyId, applications: ['RATING'], scopes: ['TOKEN_READ'] }
  const byOperator = await createApiClient(solution, { companyIds: [companyId], scopes: ['STATUS_READ'] })
  const rotated = await createApiClient(admin, { companyIds: [companyId], scopes: ['STATUS_READ'] })
  await solution.data(acts.rotate, { input: { apiClientId: rotated.apiClient.id, overlapSeconds: 60 } })
  for (const { apiClient } of [byOperator, rotated]) {
    const grant = { input: { apiClientId: apiClient.id, ...tokens } }
    expect(await reasonOf(solution, acts.grant, grant)).toBe('TOKEN_READ_NOT_YOURS_TO_GIVE')
    expect(await reasonOf(admin, acts.grant, grant)).toBe('API_CLIENT_OF_AN_OPERATOR')
  }
})

it('tells nobody of a client that no company of theirs knows, and mends none that has been revoked', async () => {
  const { world, admin, id } = await scene()
  const demo = await world.as('demo.admin')
  const keyId = (await world.app.database.reader.query<{ id: string }[]>('SELECT id FROM api_client_keys'))[0]
    ?.id
  const input = { apiClientId: id, overlapSeconds: 0 }
  for (const [document, variables] of [
    [acts.pause, { id }],
    [acts.resume, { id }],
    [acts.revokeKey, { id: keyId }],
    [acts.rotate, { input: { apiClientId: id, overlapSeconds: 0 } }],
    [acts.addresses, { input: { apiClientId: id, addresses: [] } }],
  ] as const)
    expect([document, await reasonOf(demo, document, variables)]).toEqual([document, 'API_CLIENT_NOT_FOUND'])
  await admin.data('mutation ($id: ID!) { revokeApiClient(id: $id) { id } }', { id })
  expect(await reasonOf(admin, acts.rotate, { input })).toBe('API_CLIENT_REVOKED')
})
