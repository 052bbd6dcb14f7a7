import { expect, it } from 'vitest'
import {
  asApiClient,
  createApiClient,
  problemOf,
  statusPath,
  tokenPath,
  vaulted,
  type ClientWishes,
} from '../testing/api-client.js'
import { companyIdOf, createTestApp, type TestApp } from '../testing/create-test-app.js'
import { HandOutEntity } from './hand-out.entity.js'

const minute = 60_000

interface AccessToken {
  accessToken: string
  tokenType: string
  expiresAt: string
  stale: boolean
  refreshProblem: { code: string } | null
}

/** Acme has opted in to RATING, and a client of theirs may do what is named. */
async function scene(scopes: ClientWishes['scopes'] = ['STATUS_READ', 'TOKEN_READ']) {
  const world = await createTestApp()
  const acme = await vaulted(world)
  const { key, apiClient } = await createApiClient(acme.admin, { companyIds: [acme.companyId], scopes })
  return { world, ...acme, key, apiClient, client: asApiClient(world, key) }
}

const handOuts = (world: TestApp) => world.app.database.reader.find(HandOutEntity)
const refreshes = (world: TestApp) =>
  world.standIn.control.ledger().rows.filter(({ endpoint }) => endpoint === 'refresh')

it('tells the status of an authorization, with times and never a token', async () => {
  const { client, vaultKey, world } = await scene(['STATUS_READ'])
  const response = await client.get(statusPath(vaultKey))
  expect(response.statusCode).toBe(200)
  expect(response.json()).toEqual({
    vaultKey,
    application: 'RATING',
    status: 'AUTHORIZED',
    active: true,
    expiresAt: '2026-03-01T12:59:59.000Z',
    refreshExpiresAt: '2026-04-30T11:59:59.000Z',
    reauthorizationRequired: false,
    endReason: null,
    checkedAt: world.clock().toISOString(),
  })
  expect(response.headers['cache-control']).toBe('private, no-cache')
  expect((await client.get(statusPath(vaultKey.toLowerCase()))).json()).toMatchObject({ vaultKey })
  expect(await handOuts(world)).toEqual([])
})

it('answers 304 while nothing has changed, and 200 once something has', async () => {
  const { client, vaultKey, admin, companyId, world } = await scene()
  const etag = (await client.get(statusPath(vaultKey))).headers.etag ?? ''
  expect(etag).toMatch(/^W\/"[\w-]{27}"$/)
  world.clock.advance(5 * minute)
  for (const held of [etag, etag.slice(2), `"other", ${etag}`, '*']) {
    const same = await client.get(statusPath(vaultKey), { 'if-none-match': held })
    expect([same.statusCode, same.body, same.headers.etag]).toEqual([304, '', etag])
    expect(same.headers['cache-control']).toBe('private, no-cache')
  }
  for (const held of ['"other"', '', etag.slice(0, -2)]) {
    expect((await client.get(statusPath(vaultKey), { 'if-none-match': held })).statusCode).toBe(200)
  }
  await admin.data('mutation ($input: OptOutInput!) { optOut(input: $input) { id } }', {
    input: { companyId, application: 'RATING' },
  })
  const changed = await client.get(statusPath(vaultKey), { 'if-none-match': etag })
  expect(changed.statusCode).toBe(200)
  expect(changed.json()).toMatchObject({
    status: 'NOT_AUTHORIZED',
    active: false,
    expiresAt: null,
    refreshExpiresAt: null,
    reauthorizationRequired: false,
    endReason: 'OPTED_OUT',
  })
})

it('hands out the access token that UPS has issued, and says by whom it was taken', async () => {
  const { client, vaultKey, world, apiClient, authorizationId, companyId } = await scene()
  const response = await client.get(tokenPath(vaultKey))
  expect(response.statusCode).toBe(200)
  expect(response.headers['cache-control']).toBe('no-store')
  const token = response.json<AccessToken>()
  expect(token).toEqual({
    accessToken: expect.stringMatching(/^\S{20,}$/) as string,
    tokenType: 'Bearer',
    expiresAt: '2026-03-01T12:59:59.000Z',
    stale: false,
    refreshProblem: null,
  })
  expect(await handOuts(world)).toMatchObject([
    {
      at: world.clock(),
      clientId: apiClient.id,
      keyId: apiClient.keys[0]?.id,
      authorizationId,
      companyId,
      applicationId: 'RATING',
      generation: 1,
      address: '127.0.0.1',
      requestId: response.headers['x-request-id'],
    },
  ])
  expect(world.logged.join('')).not.toContain(token.accessToken)
})

it('renews a token first that has less life than the caller needs', async () => {
  const { client, vaultKey, world } = await scene()
  world.clock.advance(59 * minute - 1000)
  const first = (await client.get(tokenPath(vaultKey))).json<AccessToken>()
  expect(first.expiresAt).toBe('2026-03-01T12:59:59.000Z')
  const second = (await client.get(tokenPath(vaultKey, '?minimum_seconds=61'))).json<AccessToken>()
  expect(second.accessToken).not.toBe(first.accessToken)
  expect(second.stale).toBe(false)
  expect(refreshes(world)).toHaveLength(1)
  expect((await handOuts(world)).map(({ generation }) => generation)).toEqual([1, 2])
})

it('takes a whole number from 1 to 600 as the minimum and nothing else', async () => {
  const { client, vaultKey, world } = await scene()
  for (const fine of ['1', '60', '600']) {
    expect((await client.get(tokenPath(vaultKey, `?minimum_seconds=${fine}`))).statusCode).toBe(200)
  }
  const taken = (await handOuts(world)).length
  const odd = ['0', '-1', '601', '99999', '1.5', '1e2', '0x10', 'NaN', '', '%20', '60&minimum_seconds=60']
  for (const minimum of odd) {
    const refused = await client.get(tokenPath(vaultKey, `?minimum_seconds=${minimum}`))
    expect([minimum, refused.statusCode, problemOf(refused)]).toMatchObject([
      minimum,
      400,
      { code: 'BAD_USER_INPUT', reason: 'MINIMUM_OUT_OF_RANGE' },
    ])
  }
  expect(await handOuts(world)).toHaveLength(taken)
})

it('serves what is still valid while UPS.com is down, and then says when to ask again', async () => {
  const { client, vaultKey, world } = await scene()
  world.standIn.control.faults({ endpoint: 'refresh', kind: 'status', status: 503, times: 99 })
  world.clock.advance(56 * minute)
  const stale = await client.get(tokenPath(vaultKey, '?minimum_seconds=600'))
  expect(stale.json()).toMatchObject({ stale: true, refreshProblem: { code: 'SERVER_UNAVAILABLE' } })
  world.clock.advance(10 * minute)
  const none = await client.get(tokenPath(vaultKey))
  expect(none.statusCode).toBe(503)
  expect(Number(none.headers['retry-after'])).toBeGreaterThan(0)
  expect(problemOf(none)).toMatchObject({
    status: 503,
    code: 'UPS_UNAVAILABLE',
    reason: 'UPS_HAS_NO_ANSWER',
  })
  expect((await client.get(statusPath(vaultKey))).json()).toMatchObject({
    status: 'AUTHORIZED',
    active: true,
  })
})

it('answers 409 with the reason where only a person can help', async () => {
  const { client, vaultKey, admin, companyId, world } = await scene()
  world.standIn.control.password({ username: 'acme', password: 'another-password' })
  world.clock.advance(60 * minute)
  const ended = await client.get(tokenPath(vaultKey))
  expect([ended.statusCode, problemOf(ended)]).toMatchObject([
    409,
    { code: 'REAUTHORIZATION_REQUIRED', details: { endReason: 'REFUSED_BY_UPS' } },
  ])
  expect((await client.get(statusPath(vaultKey))).json()).toMatchObject({
    status: 'REAUTHORIZATION_REQUIRED',
    active: false,
    expiresAt: null,
    reauthorizationRequired: true,
    endReason: 'REFUSED_BY_UPS',
  })
  await admin.signIn('acme.admin')
  await admin.data('mutation ($input: OptOutInput!) { optOut(input: $input) { id } }', {
    input: { companyId, application: 'RATING' },
  })
  const out = await client.get(tokenPath(vaultKey))
  expect([out.statusCode, problemOf(out)]).toMatchObject([
    409,
    { code: 'CONFLICT', reason: 'AUTHORIZATION_NOT_GIVEN' },
  ])
  expect(await handOuts(world)).toEqual([])
})

it('gives each caller exactly what its scope and its company allow, and foreign is the same as absent', async () => {
  const { world, admin, companyId, vaultKey } = await scene()
  const demo = await world.as('demo.admin')
  const solution = await world.as('solution.admin')
  const ofDemo = [await companyIdOf(demo, 'Demonstration Company')]
  const companyIds = [companyId]
  const keyOf = async (wishes: ClientWishes, by = admin) => (await createApiClient(by, wishes)).key
  const revoked = await createApiClient(admin, { companyIds })
  await admin.data(`mutation { revokeApiClient(id: "${revoked.apiClient.id}") { id } }`)
  const both = await keyOf({ companyIds })
  const callers = {
    nobody: null,
    'a mistyped key': `${both.slice(0, -1)}${both.endsWith('0') ? '1' : '0'}`,
    'a revoked key': revoked.key,
    'a key for status': await keyOf({ companyIds, scopes: ['STATUS_READ'] }),
    'a key for tokens': await keyOf({ companyIds, scopes: ['TOKEN_READ'] }),
    'a key for both': both,
    'a key of an operator': await keyOf({ companyIds, scopes: ['STATUS_READ'] }, solution),
    'a key for another application': await keyOf({ companyIds, applications: ['PICKUP_MANAGER'] }),
    'a key of another company': await keyOf({ companyIds: ofDemo }, demo),
  }
  const [unknown, gone, no] = [401, 404, 403]
  const declared: Record<keyof typeof callers, [number, number]> = {
    nobody: [unknown, unknown],
    'a mistyped key': [unknown, unknown],
    'a revoked key': [unknown, unknown],
    'a key for status': [200, no],
    'a key for tokens': [no, 200],
    'a key for both': [200, 200],
    'a key of an operator': [200, no],
    'a key for another application': [gone, gone],
    'a key of another company': [gone, gone],
  }
  const absent = '0F0F0F0F-0000-4000-8000-000000000000'
  const malformed = ['x', '%00', "'--", `${vaultKey}0`, 'A'.repeat(99), `{${vaultKey}}`]
  for (const [who, key] of Object.entries(callers)) {
    const headers = key === null ? {} : { authorization: `Bearer ${key}` }
    const get = (path: string) => world.browser().request('GET', path, { headers })
    const [status, token] = declared[who as keyof typeof callers]
    for (const [path, expected] of [
      [statusPath, status],
      [tokenPath, token],
    ] as const) {
      const own = await get(path(vaultKey))
      expect([who, path(''), own.statusCode]).toEqual([who, path(''), expected])
      if (!own.body.includes('accessToken')) expect(own.headers['set-cookie']).toBeUndefined()
      else expect([who, path]).toEqual([who, tokenPath])
      const nothing = await get(path(absent))
      expect(nothing.statusCode).toBe(expected === unknown ? unknown : gone)
      expect(nothing.headers['content-type']).toMatch(/^application\/problem\+json/)
      if (expected === unknown) expect(nothing.headers['www-authenticate']).toBe('Bearer')
      if (expected === gone || expected === unknown) expect(problemOf(nothing)).toEqual(problemOf(own))
      for (const odd of malformed) {
        const answer = await get(path(odd))
        expect([who, odd, problemOf(answer)]).toEqual([who, odd, problemOf(nothing)])
      }
    }
  }
  const takers = new Set((await handOuts(world)).map(({ clientId }) => clientId))
  expect(takers.size).toBe(2)
})

it('takes no key from anywhere but the Authorization header, and no vault key instead of one', async () => {
  const { world, vaultKey, key, admin } = await scene()
  const get = (path: string, headers: Record<string, string> = {}) =>
    world.browser().request('GET', path, { headers })
  for (const path of [
    statusPath(vaultKey),
    tokenPath(vaultKey, `?access_token=${key}`),
    tokenPath(vaultKey, `?api_key=${key}&key=${key}`),
  ]) {
    expect(problemOf(await get(path))).toMatchObject({ code: 'UNAUTHENTICATED', reason: 'API_KEY_REQUIRED' })
  }
  for (const authorization of [
    key,
    `Basic ${key}`,
    `Bearer ${vaultKey}`,
    `Bearer ${key} ${key}`,
    `Bearer ${key}, Bearer ${key}`,
    'Bearer',
    'Bearer ',
    '',
  ]) {
    const refused = await get(tokenPath(vaultKey), { authorization })
    expect([authorization, refused.statusCode]).toEqual([authorization, 401])
  }
  expect((await get(tokenPath(vaultKey), { authorization: `bearer ${key}` })).statusCode).toBe(200)

  const session = await admin.request('GET', tokenPath(vaultKey))
  expect([session.statusCode, problemOf(session)]).toMatchObject([401, { reason: 'API_KEY_REQUIRED' }])
  const both = await admin.request('GET', tokenPath(vaultKey), {
    headers: { authorization: `Bearer ${key}` },
  })
  expect([both.statusCode, problemOf(both)]).toMatchObject([400, { reason: 'API_KEY_WITH_SESSION' }])
  expect(await handOuts(world)).toHaveLength(1)
})

it('takes no token for a request that would not show it', async () => {
  const { world, vaultKey, key } = await scene()
  const headers = { authorization: `Bearer ${key}` }
  for (const method of ['HEAD', 'OPTIONS', 'POST', 'PUT', 'DELETE'] as const) {
    const answer = await world.browser().request(method, tokenPath(vaultKey), { headers })
    expect([method, answer.statusCode]).toEqual([method, 404])
  }
  expect(await handOuts(world)).toEqual([])
})
