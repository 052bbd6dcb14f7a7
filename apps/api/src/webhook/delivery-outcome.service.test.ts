import { expect, it } from 'vitest'
import { recordedIn } from '../testing/audit-trail.js'
import { createApiClient } from '../testing/api-client.js'
import { optIn } from '../testing/opt-in.js'
import { deliver, messageIn, startReceiver, status } from '../testing/receiver.js'
import { deliveriesOf, optOut, told } from '../testing/told.js'
import { createEndpoint, webhookDocuments, type EndpointAnswer } from '../testing/webhooks.js'
import type { Browser } from '../testing/browser.js'

const minute = 60_000
const hour = 60 * minute

async function endpointOf(admin: Browser, apiClientId: string): Promise<EndpointAnswer | undefined> {
  const { webhookEndpoints } = await admin.data<{ webhookEndpoints: { edges: { node: EndpointAnswer }[] } }>(
    webhookDocuments.endpoints,
    { apiClientId },
  )
  return webhookEndpoints.edges[0]?.node
}

it('disables an endpoint that says it is gone, and writes to who manages it', async () => {
  const { world, admin, companyId, apiClientId, receiver, endpoint } = await told()
  receiver.answers(status(410))
  await optOut(world, companyId)
  await deliver(world)
  expect(await endpointOf(admin, apiClientId)).toMatchObject({ state: 'DISABLED', disabledReason: 'GONE' })
  expect(await deliveriesOf(admin, endpoint.id)).toMatchObject([{ state: 'GIVEN_UP', statusCode: 410 }])
  const [letter] = await world.lettersTo('avery@acme.example')
  expect(letter).toMatchObject({
    subject: 'A webhook endpoint was disabled',
    text: expect.stringContaining('410 Gone') as string,
  })
  const details = { webhookEndpointId: endpoint.id, clientId: apiClientId, reason: 'GONE' }
  expect(await recordedIn(world)).toContainEqual(
    expect.objectContaining({ name: 'webhook.endpoint_disabled', companyId, details }),
  )
  await optIn(world, await world.as('acme.admin'), 'RATING')
  await deliver(world)
  expect(receiver.received).toHaveLength(1)

  // A test goes there still; once it is switched on, what it has missed can be sent.
  receiver.answers(status(200))
  const manager = await world.as('acme.admin')
  await manager.data(webhookDocuments.test, { webhookEndpointId: endpoint.id })
  await deliver(world)
  expect(receiver.received.slice(1).map(messageIn)).toMatchObject([
    { type: 'webhook.test', data: { webhookEndpointId: endpoint.id } },
  ])
  const input = { id: endpoint.id, isEnabled: true }
  expect(await manager.query(webhookDocuments.update, { input })).toMatchObject({
    data: { updateWebhookEndpoint: { state: 'ENABLED', disabledReason: null } },
  })
  const replay = { input: { webhookEndpointId: endpoint.id, since: '2026-03-01T00:00:00.000Z' } }
  expect(await manager.query(webhookDocuments.replay, replay)).toMatchObject({
    data: { replayEvents: { count: 3, hasMore: false } },
  })
  await deliver(world)
  expect(receiver.received.slice(2).map((one) => messageIn(one).type)).toEqual([
    ...['authorization.opted_in', 'authorization.opted_out', 'authorization.opted_in'],
  ])
  expect(receiver.received[3]?.headers['webhook-id']).toBe(receiver.received[0]?.headers['webhook-id'])
})

it('tries for about three days, then gives the event up, disables the endpoint and writes once', async () => {
  const { world, admin, companyId, apiClientId, receiver, endpoint } = await told()
  receiver.answers(status(302, { location: '/elsewhere' }))
  const begun = world.clock().getTime()
  await optOut(world, companyId)
  await deliver(world)
  for (let hours = 0; hours < 90; hours++) {
    world.clock.advance(hour)
    await deliver(world)
  }
  expect(receiver.received).toHaveLength(10)
  const last = Number(receiver.received.at(-1)?.headers['webhook-timestamp']) * 1000 - begun
  expect([last > 2.8 * 24 * hour, last < 3.6 * 24 * hour]).toEqual([true, true])
  const again = await world.as('acme.admin')
  expect(await deliveriesOf(again, endpoint.id)).toMatchObject([
    { state: 'GIVEN_UP', attempts: 10, statusCode: 302, failure: 'REFUSED_BY_RECEIVER', nextAttemptAt: null },
  ])
  expect(await endpointOf(again, apiClientId)).toMatchObject({ state: 'DISABLED', disabledReason: 'FAILING' })
  const subjects = (await world.lettersTo('avery@acme.example')).map(({ subject }) => subject)
  expect(subjects.filter((subject) => subject === 'A webhook endpoint was disabled')).toHaveLength(1)
  expect(admin).toBeDefined()
})

it('waits as long as the receiver asks for', async () => {
  const { world, admin, companyId, receiver, endpoint } = await told()
  receiver.answers(status(429, { 'retry-after': '3600' }))
  await optOut(world, companyId)
  await deliver(world)
  expect(await deliveriesOf(admin, endpoint.id)).toMatchObject([
    { state: 'WAITING', nextAttemptAt: new Date(world.clock().getTime() + hour).toISOString() },
  ])
})

it('asks for the rights of the client at each attempt, and tells what it may not know to nobody', async () => {
  const { world, admin, companyId, apiClientId, receiver, endpoint } = await told()
  receiver.answers(status(500))
  await optOut(world, companyId)
  await deliver(world)
  await admin.data(
    'mutation ($input: WithdrawApiClientGrantInput!) { withdrawApiClientGrant(input: $input) }',
    {
      input: { apiClientId, companyId },
    },
  )
  world.clock.advance(minute)
  await deliver(world)
  expect(receiver.received).toHaveLength(1)
  expect(await deliveriesOf(admin, endpoint.id)).toEqual([])
  await admin.data('mutation ($input: GrantApiClientInput!) { grantApiClient(input: $input) { id } }', {
    input: { apiClientId, companyId, applications: ['PICKUP_MANAGER'], scopes: ['STATUS_READ'] },
  })
  expect(await deliveriesOf(admin, endpoint.id)).toMatchObject([{ state: 'WITHDRAWN', attempts: 2 }])
  // It may know of another application of the company, and not of this one.
  await optIn(world, admin, 'RATING')
  await optIn(world, admin, 'PICKUP_MANAGER')
  receiver.answers(status(204))
  await deliver(world)
  expect(receiver.received.slice(1).map((one) => messageIn(one).data.application)).toEqual(['PICKUP_MANAGER'])
})

it('sends a revoked client nothing, and an endpoint that asked for some kinds no other', async () => {
  const { world, admin, companyId, apiClientId, receiver } = await told()
  const picky = await startReceiver()
  const { apiClient } = await createApiClient(admin, { companyIds: [companyId], scopes: ['STATUS_READ'] })
  const eventTypes = ['AUTHORIZATION_OPTED_IN']
  await createEndpoint(admin, { apiClientId: apiClient.id, url: picky.url, eventTypes })
  await optOut(world, companyId)
  await admin.data('mutation ($id: ID!) { revokeApiClient(id: $id) { id } }', { id: apiClientId })
  await optIn(world, admin, 'RATING')
  await deliver(world)
  expect(receiver.received).toEqual([])
  expect(picky.received.map((one) => messageIn(one).type)).toEqual(['authorization.opted_in'])
})
