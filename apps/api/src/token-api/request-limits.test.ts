import { expect, it } from 'vitest'
import {
  asApiClient,
  createApiClient,
  problemOf,
  statusPath,
  tokenPath,
  vaulted,
} from '../testing/api-client.js'
import { createTestApp } from '../testing/create-test-app.js'

const second = 1000

async function scene(environment: Record<string, string>) {
  const world = await createTestApp({ environment })
  const acme = await vaulted(world)
  const client = async () =>
    asApiClient(world, (await createApiClient(acme.admin, { companyIds: [acme.companyId] })).key)
  return { world, ...acme, client, noisy: await client(), quiet: await client() }
}

it('says on each answer how much is left, and after the last one when to come again', async () => {
  const { world, noisy, quiet, vaultKey } = await scene({ API_CLIENT_LIMIT: '3' })
  const first = await noisy.get(statusPath(vaultKey))
  expect(first.headers).toMatchObject({
    'ratelimit-policy': '"client";q=3;w=10, "company";q=4000;w=10',
    ratelimit: '"client";r=2;t=10, "company";r=3999;t=10',
  })
  expect(first.headers['retry-after']).toBeUndefined()
  world.clock.advance(4 * second)
  const unchanged = await noisy.get(statusPath(vaultKey), { 'if-none-match': first.headers.etag as string })
  expect([unchanged.statusCode, unchanged.headers.ratelimit]).toEqual([
    304,
    '"client";r=1;t=6, "company";r=3998;t=6',
  ])
  // Of a stranger's key, only what is the client's own.
  const unknown = await noisy.get(statusPath('0F0F0F0F-0000-4000-8000-000000000000'))
  expect([unknown.statusCode, unknown.headers.ratelimit]).toEqual([404, '"client";r=0;t=6'])
  for (const refused of [await noisy.get(statusPath(vaultKey)), await noisy.get(tokenPath(vaultKey))]) {
    expect([refused.statusCode, problemOf(refused)]).toMatchObject([
      429,
      { code: 'RATE_LIMITED', reason: 'API_CLIENT_ASKS_TOO_OFTEN', details: { retryAfterSeconds: 6 } },
    ])
    expect(refused.headers).toMatchObject({ 'retry-after': '6', ratelimit: '"client";r=0;t=6' })
  }
  expect((await quiet.get(tokenPath(vaultKey))).statusCode).toBe(200)
  world.clock.advance(6 * second)
  expect((await noisy.get(tokenPath(vaultKey))).statusCode).toBe(200)
})

it('counts in GraphQL each key that is asked for, by whatever form of document', async () => {
  const { world, noisy, vaultKey } = await scene({ API_CLIENT_LIMIT: '5' })
  const left = async (document: string, variables: object = {}) => {
    const answer = await noisy.post(JSON.stringify({ query: document, variables }))
    return [answer.statusCode, String(answer.headers.ratelimit).split(';')[1], answer.headers['retry-after']]
  }
  expect(await left('{ __typename }')).toEqual([200, 'r=4', undefined])
  expect(
    await left('query ($keys: [ID!]!) { tokenStatuses(vaultKeys: $keys) { active } }', {
      keys: [vaultKey, vaultKey],
    }),
  ).toEqual([200, 'r=2', undefined])
  const twice = `query ($key: ID!) { a: tokenStatus(vaultKey: $key) { active } b: tokenStatus(vaultKey: $key) { active } }`
  expect(await left(twice, { key: vaultKey })).toEqual([200, 'r=0', undefined])
  const refused = await noisy.post(JSON.stringify({ query: '{ __typename }' }))
  expect([refused.statusCode, refused.headers['retry-after'], refused.json()]).toMatchObject([
    429,
    '10',
    { errors: [{ extensions: { code: 'RATE_LIMITED', reason: 'API_CLIENT_ASKS_TOO_OFTEN' } }] },
  ])
  world.clock.advance(10 * second)
  await left('{ __typename }')
  const tooMany = await noisy.query('query ($keys: [ID!]!) { tokenStatuses(vaultKeys: $keys) { active } }', {
    keys: Array.from({ length: 6 }, () => vaultKey),
  })
  expect(tooMany.errors?.[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED' })
})

it('counts what all clients together ask about one company, and tells none but those it lets', async () => {
  const { world, noisy, quiet, vaultKey } = await scene({ API_COMPANY_LIMIT: '2' })
  expect((await noisy.get(statusPath(vaultKey))).statusCode).toBe(200)
  expect((await quiet.get(tokenPath(vaultKey))).statusCode).toBe(200)
  for (const path of [statusPath(vaultKey), tokenPath(vaultKey)]) {
    const refused = await quiet.get(path)
    expect([refused.statusCode, problemOf(refused)]).toMatchObject([
      429,
      { reason: 'COMPANY_ASKED_ABOUT_TOO_OFTEN', details: { retryAfterSeconds: 10 } },
    ])
    expect(refused.headers['retry-after']).toBe('10')
  }
  const demo = await world.as('demo.admin')
  const { companies } = await demo.data<{ companies: { edges: { node: { id: string } }[] } }>(
    '{ companies { edges { node { id } } } }',
  )
  const companyIds = companies.edges.map(({ node }) => node.id)
  const stranger = asApiClient(world, (await createApiClient(demo, { companyIds })).key)
  expect((await stranger.get(statusPath(vaultKey))).statusCode).toBe(404)
  world.clock.advance(10 * second)
  expect((await quiet.get(statusPath(vaultKey))).statusCode).toBe(200)
})
