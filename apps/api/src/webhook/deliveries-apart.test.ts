import { expect, it, vi } from 'vitest'
import { createApiClient } from '../testing/api-client.js'
import { companyIdOf } from '../testing/create-test-app.js'
import { agreeAtUps, beginOptIn, optIn } from '../testing/opt-in.js'
import { deliver, messageIn, startReceiver, status } from '../testing/receiver.js'
import { deliveriesOf, optOut, told } from '../testing/told.js'
import { createEndpoint } from '../testing/webhooks.js'
import { WebhookDeliveryEntity } from './webhook-delivery.entity.js'
import { deliveryOf } from './new-delivery.js'

it('goes on with every other endpoint while one hangs, however much waits for that one', async () => {
  const { world, admin, companyId, receiver: hanging, endpoint } = await told()
  const other = await startReceiver()
  const { apiClient } = await createApiClient(admin, { companyIds: [companyId], scopes: ['STATUS_READ'] })
  await createEndpoint(admin, { apiClientId: apiClient.id, url: other.url })
  const held: (() => void)[] = []
  hanging.answers((response) => void held.push(() => response.writeHead(204).end()))
  const backlog = Array.from({ length: 50 }, () => deliveryOf(endpoint.id, null, world.clock()))
  await world.app.database.inTransaction((manager) => manager.insert(WebhookDeliveryEntity, backlog))
  await world.app.webhooks.tick()
  await vi.waitFor(() => expect(hanging.received).toHaveLength(2), 5_000)

  for (let times = 0; times < 3; times++) {
    await optOut(world, companyId)
    await optIn(world, admin, 'RATING')
    await world.app.webhooks.tick()
  }
  await vi.waitFor(() => expect(other.received).toHaveLength(6), 5_000)
  expect(hanging.received).toHaveLength(2)
  hanging.answers(status(204))
  for (const answer of held) answer()
  await deliver(world)
  expect(hanging.received).toHaveLength(56)
})

it('keeps at most eight under way that are about one company', async () => {
  const { world, admin, companyId, receiver } = await told()
  const held: (() => void)[] = []
  receiver.answers((response) => void held.push(() => response.writeHead(204).end()))
  for (let clients = 0; clients < 9; clients++) {
    const { apiClient } = await createApiClient(admin, { companyIds: [companyId], scopes: ['STATUS_READ'] })
    await createEndpoint(admin, { apiClientId: apiClient.id, url: receiver.url })
  }
  const demo = await world.as('demo.admin')
  const demoId = await companyIdOf(demo, 'Demonstration Company')
  const { apiClient } = await createApiClient(demo, { companyIds: [demoId], scopes: ['STATUS_READ'] })
  const other = await startReceiver()
  await createEndpoint(demo, { apiClientId: apiClient.id, url: other.url })
  await optOut(world, companyId)
  const visit = await beginOptIn(demo, demoId, 'RATING')
  await demo.arriveAt(await agreeAtUps(world, visit, { username: 'demo', password: 'ups-demo' }))
  await world.app.webhooks.tick()
  await vi.waitFor(() => expect(other.received).toHaveLength(1), 5_000)
  await vi.waitFor(() => expect(receiver.received.length).toBeGreaterThanOrEqual(8), 5_000)
  await world.app.webhooks.tick()
  expect(receiver.received).toHaveLength(8)
  receiver.answers(status(204))
  for (const answer of held) answer()
  await deliver(world)
  expect(receiver.received).toHaveLength(10)
})

it('is taken in hand by one of several processes, and by another when that one was killed', async () => {
  const { world, companyId, receiver } = await told()
  const second = await world.another()
  const held: (() => void)[] = []
  receiver.answers((response) => void held.push(() => response.writeHead(204).end()))
  await optOut(world, companyId)
  await world.app.webhooks.tick()
  await vi.waitFor(() => expect(receiver.received).toHaveLength(1), 5_000)
  await second.webhooks.tick()
  const { reader } = world.app.database
  expect(await reader.find(WebhookDeliveryEntity)).toMatchObject([{ attempts: 1, outcome: null }])
  receiver.answers(status(204))
  for (const answer of held) answer()
  await deliver(world)
  expect(receiver.received).toHaveLength(1)

  // As a process leaves it that was killed while it waited for the answer.
  const until = world.clock().getTime() + 60_000
  await world.app.database.inTransaction((manager) =>
    manager.query(
      `UPDATE webhook_deliveries SET "dueAt" = ${world.clock().getTime()}, "claimedUntil" = ${until}, outcome = NULL`,
    ),
  )
  await deliver(world)
  expect(receiver.received).toHaveLength(1)
  world.clock.advance(60_000)
  await second.webhooks.tick()
  await second.webhooks.settled()
  expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  expect(receiver.received).toHaveLength(2)
})

it('shows each admin the deliveries about their own company alone', async () => {
  const { world, admin, receiver, endpoint, apiClientId, companyId } = await told()
  const demo = await world.as('demo.admin')
  const demoId = await companyIdOf(demo, 'Demonstration Company')
  await world.app.database.inTransaction((manager) =>
    manager.query(
      `INSERT INTO api_client_grants (id, "clientId", "companyId", "applicationId", "mayReadStatus", "mayReadTokens", "givenById", "givenAt")
       SELECT 'another', "clientId", '${demoId}', "applicationId", "mayReadStatus", "mayReadTokens", "givenById", "givenAt"
       FROM api_client_grants WHERE "clientId" = '${apiClientId}'`,
    ),
  )
  await optOut(world, companyId)
  const visit = await beginOptIn(demo, demoId, 'RATING')
  await demo.arriveAt(await agreeAtUps(world, visit, { username: 'demo', password: 'ups-demo' }))
  await deliver(world)
  const toldOf = receiver.received.map((one) => messageIn(one).data.companyId)
  expect(new Set(toldOf)).toEqual(new Set([companyId, demoId]))
  const seenBy = async (browser: typeof admin) =>
    (await deliveriesOf(browser, endpoint.id)).map(({ company }) => company?.name)
  expect(await seenBy(admin)).toEqual(['Acme Outfitters'])
  expect(await seenBy(demo)).toEqual(['Demonstration Company'])
})

it('is not held up by what was claimed or laid to rest while the clock was a day ahead', async () => {
  const { world, companyId, receiver } = await told()
  await optOut(world, companyId)
  const tomorrow = world.clock().getTime() + 24 * 3600_000
  receiver.answers(status(500))
  await deliver(world)
  await world.app.database.inTransaction(async (manager) => {
    await manager.query(`UPDATE webhook_deliveries SET "claimedUntil" = ${tomorrow}`)
    await manager.query(`UPDATE webhook_endpoints SET "restUntil" = ${tomorrow}`)
  })
  world.clock.advance(5_000)
  await deliver(world)
  expect(receiver.received).toHaveLength(2)
})
