import { expect, it } from 'vitest'
import { createApiClient } from '../testing/api-client.js'
import { recordedIn } from '../testing/audit-trail.js'
import type { Browser } from '../testing/browser.js'
import { companyIdOf, createTestApp } from '../testing/create-test-app.js'
import { signInAs } from '../testing/people.js'
import { tableDump } from '../testing/table-dump.js'
import type { ResolveHost } from './host-addresses.js'
import { createEndpoint, rotateSecret, webhookDocuments, type EndpointAnswer } from '../testing/webhooks.js'

const publicHost: ResolveHost = () => Promise.resolve(['93.184.215.14'])

async function acme(resolveHost = publicHost) {
  const world = await createTestApp({ resolveHost })
  const admin = await world.as('acme.admin')
  const companyId = await companyIdOf(admin, 'Acme Outfitters')
  const { apiClient } = await createApiClient(admin, { companyIds: [companyId], scopes: ['STATUS_READ'] })
  const list = async (browser: Browser) => {
    const { webhookEndpoints } = await browser.data<{
      webhookEndpoints: { totalCount: number; edges: { node: EndpointAnswer }[] } | null
    }>(webhookDocuments.endpoints, { apiClientId: apiClient.id })
    return webhookEndpoints?.edges.map(({ node }) => node) ?? null
  }
  const create = (url: string) =>
    admin.query(webhookDocuments.create, { input: { apiClientId: apiClient.id, url } })
  const update = (browser: Browser, input: object) => browser.query(webhookDocuments.update, { input })
  return { world, admin, companyId, apiClientId: apiClient.id, list, create, update }
}

const reasonOf = ({ errors }: { errors?: { extensions: { reason?: unknown } }[] }) =>
  errors?.[0]?.extensions.reason ?? null

it('answers a secret once, and its last four characters and date ever after', async () => {
  const { world, admin, apiClientId, list } = await acme()
  const url = 'https://hooks.example.com/events?team=returns'
  const { secret, endpoint } = await createEndpoint(admin, { apiClientId, url })
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  expect(endpoint).toMatchObject({
    ...{ apiClientId, url, host: 'hooks.example.com', eventTypes: null, state: 'ENABLED' },
    ...{ secretLastFour: secret.slice(-4), secretSetAt: world.clock().toISOString() },
    ...{ formerSecretUntil: null, isYoursToManage: true },
  })
  const fresh = await rotateSecret(admin, endpoint.id)
  const until = new Date(world.clock().getTime() + 24 * 3600_000).toISOString()
  expect(fresh.endpoint).toMatchObject({ secretLastFour: fresh.secret.slice(-4), formerSecretUntil: until })
  expect(await list(admin)).toEqual([fresh.endpoint])

  const dump = JSON.stringify(await tableDump(world.app.database.reader))
  for (const place of [dump, world.logged.join('\n')])
    for (const each of [secret, fresh.secret]) expect(place).not.toContain(each.slice(6, -4))
  const trail = await recordedIn(world)
  const details = { webhookEndpointId: endpoint.id, clientId: apiClientId }
  for (const name of ['webhook.endpoint_created', 'webhook.secret_rotated'])
    expect(trail).toContainEqual(expect.objectContaining({ name, details }))
})

it('takes https addresses of public hosts only, and asks where a name leads', async () => {
  const { create } = await acme((name) =>
    Promise.resolve(
      { 'inner.example.com': ['10.0.0.5'], 'mixed.example.com': ['93.184.215.14', '10.0.0.5'] }[name] ?? [],
    ),
  )
  for (const url of [
    'http://hooks.example.com/',
    'https://10.0.0.5/',
    'https://user@hooks.example.com/',
    'x',
  ])
    expect([url, reasonOf(await create(url))]).toEqual([url, 'WEBHOOK_URL_NOT_VALID'])
  // Nobody learns from the answer whether an inner name exists.
  for (const host of ['inner.example.com', 'mixed.example.com', 'unknown.example.com'])
    expect([host, reasonOf(await create(`https://${host}/`))]).toEqual([host, 'WEBHOOK_HOST_NOT_PUBLIC'])
})

it('is switched off by whoever may take, and on or elsewhere with a password given just before', async () => {
  const { world, admin, apiClientId, update, create } = await acme()
  const { endpoint } = await createEndpoint(admin, { apiClientId, url: 'https://hooks.example.com/' })
  const { id } = endpoint
  world.clock.advance(11 * 60_000)
  const off = await update(admin, { id, isEnabled: false })
  expect(off).toMatchObject({ data: { updateWebhookEndpoint: { state: 'PAUSED' } } })
  for (const input of [{ isEnabled: true }, { url: 'https://other.example.com/' }, { eventTypes: null }])
    expect(reasonOf(await update(admin, { id, ...input }))).toBe('FRESH_AUTHENTICATION_REQUIRED')
  expect(reasonOf(await create('https://hooks.example.com/'))).toBe('FRESH_AUTHENTICATION_REQUIRED')
  expect(reasonOf(await admin.query(webhookDocuments.rotate, { id }))).toBe('FRESH_AUTHENTICATION_REQUIRED')
  await admin.signIn('acme.admin')
  const input = {
    id,
    isEnabled: true,
    eventTypes: ['AUTHORIZATION_OPTED_OUT'],
    url: 'https://new.example.com/',
  }
  expect(await update(admin, input)).toMatchObject({
    data: {
      updateWebhookEndpoint: {
        ...{ state: 'ENABLED', url: 'https://new.example.com/', eventTypes: ['AUTHORIZATION_OPTED_OUT'] },
      },
    },
  })
})

it('shows the host alone to who does not manage the client', async () => {
  const { world, admin, companyId, apiClientId, list } = await acme()
  await admin.data('mutation ($input: GrantApiClientInput!) { grantApiClient(input: $input) { id } }', {
    input: { apiClientId, companyId, applications: ['RATING'], scopes: ['TOKEN_READ'] },
  })
  const other = await signInAs(world, { signInName: 'other.admin' })
  const { createCompany } = await other.data<{ createCompany: { id: string } }>(
    'mutation { createCompany(input: { name: "Another", applications: [RATING] }) { id } }',
  )
  await createEndpoint(admin, { apiClientId, url: 'https://hooks.example.com/a-secret-path' })
  expect(await list(other)).toBeNull()
  const { database } = world.app
  await database.inTransaction((manager) =>
    manager.query(
      `INSERT INTO api_client_grants (id, "clientId", "companyId", "applicationId", "mayReadStatus", "mayReadTokens", "givenById", "givenAt")
       SELECT 'another', "clientId", '${createCompany.id}', "applicationId", "mayReadStatus", "mayReadTokens", "givenById", "givenAt"
       FROM api_client_grants WHERE "clientId" = '${apiClientId}'`,
    ),
  )
  expect(await list(other)).toMatchObject([{ host: 'hooks.example.com', url: null, isYoursToManage: false }])
})

it('keeps five endpoints of a client at most, and forgets one that is removed', async () => {
  const { world, admin, apiClientId, list, create } = await acme()
  const all = []
  for (let made = 0; made < 5; made++, world.clock.advance(1))
    all.push(await createEndpoint(admin, { apiClientId, url: `https://hooks.example.com/${made}` }))
  expect(reasonOf(await create('https://hooks.example.com/'))).toBe('WEBHOOK_ENDPOINTS_AT_LIMIT')
  const id = all[2]?.endpoint.id
  expect(await admin.query(webhookDocuments.remove, { id })).toEqual({
    data: { removeWebhookEndpoint: true },
  })
  expect((await list(admin))?.map(({ url }) => url?.slice(-1))).toEqual(['4', '3', '1', '0'])
  expect(reasonOf(await admin.query(webhookDocuments.remove, { id }))).toBe('WEBHOOK_ENDPOINT_NOT_FOUND')
})
