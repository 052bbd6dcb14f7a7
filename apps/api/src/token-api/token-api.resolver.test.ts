import { expect, it } from 'vitest'
import { asApiClient, createApiClient, vaulted } from '../testing/api-client.js'
import type { GraphQLAnswer } from '../testing/browser.js'
import { companyIdOf, createTestApp } from '../testing/create-test-app.js'
import { authorizationOf, optIn } from '../testing/opt-in.js'
import { statementsOf } from '../testing/statements.js'
import { HandOutEntity } from './hand-out.entity.js'

const statusDocument = `query ($vaultKey: ID!) {
  tokenStatus(vaultKey: $vaultKey) {
    vaultKey application status active expiresAt refreshExpiresAt reauthorizationRequired endReason checkedAt
  }
}`
const tokenDocument = `mutation ($vaultKey: ID!, $minimumSeconds: Int) {
  issueAccessToken(vaultKey: $vaultKey, minimumSeconds: $minimumSeconds) {
    accessToken tokenType expiresAt stale refreshProblem { code }
  }
}`

async function scene() {
  const world = await createTestApp()
  const acme = await vaulted(world)
  const { key } = await createApiClient(acme.admin, { companyIds: [acme.companyId] })
  return { world, ...acme, key, client: asApiClient(world, key) }
}

const refusal = ({ errors }: GraphQLAnswer) => [errors?.[0]?.extensions.code, errors?.[0]?.extensions.reason]

it('answers a key as /v1 does', async () => {
  const { client, vaultKey } = await scene()
  const { data } = await client.query<{ tokenStatus: object }>(statusDocument, { vaultKey })
  expect(data?.tokenStatus).toEqual((await client.get(`/v1/tokens/${vaultKey}`)).json())
  const token = await client.query<{ issueAccessToken: object }>(tokenDocument, { vaultKey })
  expect(token.data?.issueAccessToken).toEqual(
    (await client.get(`/v1/tokens/${vaultKey}/access-token`)).json(),
  )
  for (const minimumSeconds of [0, -1, 601]) {
    expect(refusal(await client.query(tokenDocument, { vaultKey, minimumSeconds }))).toEqual([
      'BAD_USER_INPUT',
      'MINIMUM_OUT_OF_RANGE',
    ])
  }
})

it('tells people the status of what they may see, and gives no session a token', async () => {
  const { world, admin, vaultKey } = await scene()
  const absent = '0F0F0F0F-0000-4000-8000-000000000000'
  const unknown = ['UNAUTHENTICATED', 'SIGN_IN_REQUIRED']
  const askers = [
    ['acme.admin', admin, 'AUTHORIZED'],
    ['solution.admin', await world.as('solution.admin'), 'AUTHORIZED'],
    ['demo.admin', await world.as('demo.admin'), undefined],
  ] as const
  for (const [who, browser, status] of askers) {
    const { data } = await browser.query<{ tokenStatus: { status: string } | null }>(statusDocument, {
      vaultKey,
    })
    expect([who, data?.tokenStatus?.status]).toEqual([who, status])
    for (const other of [absent, '', 'x']) {
      expect(await browser.data(statusDocument, { vaultKey: other })).toEqual({ tokenStatus: null })
    }
    for (const key of [vaultKey, absent, 'x']) {
      const refused = await browser.query(tokenDocument, { vaultKey: key })
      expect([who, ...refusal(refused)]).toEqual([who, 'UNAUTHENTICATED', 'API_KEY_REQUIRED'])
      expect(refused.data).toBeNull()
    }
  }
  const nobody = world.browser()
  for (const key of [vaultKey, absent, 'x']) {
    expect(refusal(await nobody.query(statusDocument, { vaultKey: key }))).toEqual(unknown)
    expect(refusal(await nobody.query(tokenDocument, { vaultKey: key }))[0]).toBe('UNAUTHENTICATED')
  }
  expect(await world.app.database.reader.count(HandOutEntity)).toBe(0)
})

it('knows no difference between foreign, absent and malformed', async () => {
  const { world, vaultKey } = await scene()
  const demo = await world.as('demo.admin')
  const companyIds = [await companyIdOf(demo, 'Demonstration Company')]
  const stranger = asApiClient(world, (await createApiClient(demo, { companyIds })).key)
  for (const key of [vaultKey, '0F0F0F0F-0000-4000-8000-000000000000', 'x', '']) {
    expect(await stranger.query(statusDocument, { vaultKey: key })).toEqual({ data: { tokenStatus: null } })
    const { errors } = await stranger.query(tokenDocument, { vaultKey: key })
    expect(errors).toMatchObject([
      { message: 'There is no such Token Vault Key.', extensions: { code: 'NOT_FOUND' } },
    ])
  }
})

it('answers up to a hundred keys at once, in their order and by one look-up, what may not be told apart from the rest', async () => {
  const { world, admin, client, companyId, vaultKey } = await scene()
  await optIn(world, admin, 'PICKUP_MANAGER')
  const other = (await authorizationOf(admin, companyId, 'PICKUP_MANAGER'))?.vaultKey ?? ''
  const document = `query ($keys: [ID!]!) {
    tokenStatuses(vaultKeys: $keys) { vaultKey application active expiresAt checkedAt }
  }`
  const absent = '0F0F0F0F-0000-4000-8000-000000000000'
  const keys = [absent, vaultKey.toLowerCase(), other, 'x', ...Array.from({ length: 96 }, () => vaultKey)]
  await client.query(document, { keys })
  const statements = await statementsOf(world)
  const ofKey = await client.query<{ tokenStatuses: object[] }>(document, { keys })
  expect(statements).toHaveLength(1)
  expect(ofKey.errors).toBeUndefined()
  const rating = { vaultKey, application: 'RATING', active: true }
  expect(ofKey.data?.tokenStatuses.slice(0, 5)).toMatchObject([null, rating, null, null, rating])

  const pickup = { vaultKey: other, application: 'PICKUP_MANAGER', active: true }
  const ofPerson = await admin.data(document, { keys })
  expect((ofPerson.tokenStatuses as object[]).slice(0, 5)).toMatchObject([null, rating, pickup, null, rating])
  const wishes = { companyIds: [companyId], applications: ['PICKUP_MANAGER' as const] }
  const { apiClient, key } = await createApiClient(admin, { ...wishes, scopes: ['TOKEN_READ'] })
  await admin.data('mutation ($input: GrantApiClientInput!) { grantApiClient(input: $input) { id } }', {
    input: { apiClientId: apiClient.id, companyId, applications: ['RATING'], scopes: ['STATUS_READ'] },
  })
  const mixed = await asApiClient(world, key).query(document, { keys: [other, vaultKey] })
  expect(mixed).toMatchObject({
    data: { tokenStatuses: [null, rating] },
    errors: [{ path: ['tokenStatuses', 0], extensions: { reason: 'SCOPE_STATUS_READ_MISSING' } }],
  })
  for (const odd of [[], [...keys, vaultKey]])
    expect(refusal(await client.query(document, { keys: odd }))).toEqual([
      'BAD_USER_INPUT',
      'INPUT_NOT_VALID',
    ])
})

it('needs neither Origin nor preflight with a key, but JSON still, and refuses a key beside a session', async () => {
  const { world, admin, key, vaultKey } = await scene()
  const body = JSON.stringify({ query: statusDocument, variables: { vaultKey } })
  const ask = (headers: Record<string, string>, browser = world.browser()) =>
    browser.request('POST', '/graphql', {
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}`, ...headers },
      body,
    })
  expect((await ask({})).json()).toMatchObject({ data: { tokenStatus: { vaultKey } } })
  expect((await ask({ origin: 'https://portal.example' })).statusCode).toBe(200)
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json; charset=utf-16',
  ]) {
    const refused = await ask({ 'content-type': type })
    expect([400, 403, 415]).toContain(refused.statusCode)
    expect(refused.body).not.toContain('tokenStatus')
  }
  const both = await ask({ ...admin.graphqlHeaders() }, admin)
  expect([both.statusCode, refusal(both.json())]).toEqual([400, ['BAD_USER_INPUT', 'API_KEY_WITH_SESSION']])
  const stale = await ask({ cookie: 'optin-hub-session=long-gone' })
  expect(stale.statusCode).toBe(400)
  for (const authorization of [`Bearer ${key}0`, 'Bearer x', 'Basic eDp5', '']) {
    const refused = await ask({ authorization })
    expect([authorization, refused.statusCode, refusal(refused.json())]).toEqual([
      authorization,
      401,
      ['UNAUTHENTICATED', 'API_KEY_NOT_VALID'],
    ])
    expect(refused.headers['www-authenticate']).toBe('Bearer')
    expect(refused.json<{ data?: unknown }>().data).toBeUndefined()
  }
})

it('lets a key do nothing that is for people', async () => {
  const { client, companyId, world } = await scene()
  const input = { companyId, application: 'RATING' }
  const forPeople: [string, object][] = [
    ['{ companies { totalCount } }', {}],
    ['query ($id: ID!) { company(id: $id) { id } }', { id: companyId }],
    ['query ($id: ID!) { apiClients(companyId: $id) { totalCount } }', { id: companyId }],
    ['query ($id: ID!) { authorization(companyId: $id, application: RATING) { id } }', { id: companyId }],
    ['mutation ($input: OptOutInput!) { optOut(input: $input) { id } }', { input }],
    ['mutation ($input: RefreshTokenInput!) { refreshToken(input: $input) { id } }', { input }],
    ['mutation { createCompany(input: { name: "Mine" }) { id } }', {}],
    ['mutation { revokeApiClient(id: "x") { id } }', {}],
    [
      'mutation ($id: ID!) { createApiClient(input: { name: "n", companyIds: [$id], applications: [RATING], scopes: [TOKEN_READ] }) { key } }',
      { id: companyId },
    ],
    ['mutation { signIn(input: { signInName: "acme.admin", password: "opt-in-hub-demo" }) { id } }', {}],
    ['mutation { signOut }', {}],
  ]
  for (const [document, variables] of forPeople) {
    expect([document, ...refusal(await client.query(document, variables))]).toEqual([
      document,
      'FORBIDDEN',
      'NOT_WITH_AN_API_KEY',
    ])
  }
  expect(await client.query('{ viewer { id } }')).toEqual({ data: { viewer: null } })
  const sessions = await world.app.database.reader.query<unknown[]>('SELECT * FROM sessions')
  expect(sessions).toHaveLength(1)
})
