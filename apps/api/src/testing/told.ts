import { createApiClient, vaulted } from './api-client.js'
import type { Browser } from './browser.js'
import { createTestApp, type TestApp } from './create-test-app.js'
import { deliver, startReceiver } from './receiver.js'
import { createEndpoint, webhookDocuments } from './webhooks.js'

export interface DeliveryAnswer {
  id: string
  eventId: string
  type: string | null
  isTest: boolean
  state: string
  attempts: number
  lastAttemptAt: string | null
  statusCode: number | null
  failure: string | null
  nextAttemptAt: string | null
  company: { name: string } | null
}

/** Acme Outfitters has opted in, and lets a client with one endpoint read the state. */
export async function told(options: Parameters<typeof createTestApp>[0] = {}) {
  const world = await createTestApp(options)
  const standing = await vaulted(world)
  const { admin, companyId } = standing
  const client = await createApiClient(admin, { companyIds: [companyId], scopes: ['STATUS_READ'] })
  await deliver(world)
  const receiver = await startReceiver()
  const apiClientId = client.apiClient.id
  const created = await createEndpoint(admin, { apiClientId, url: receiver.url })
  return { world, ...standing, apiClientId, key: client.key, receiver, ...created }
}

export async function optOut(world: TestApp, companyId: string): Promise<void> {
  const admin = await world.as('acme.admin')
  await admin.data('mutation ($input: OptOutInput!) { optOut(input: $input) { id } }', {
    input: { companyId, application: 'RATING' },
  })
}

/** Newest first. */
export async function deliveriesOf(admin: Browser, webhookEndpointId: string): Promise<DeliveryAnswer[]> {
  const { webhookDeliveries } = await admin.data<{
    webhookDeliveries: { edges: { node: DeliveryAnswer }[] } | null
  }>(webhookDocuments.deliveries, { webhookEndpointId })
  return webhookDeliveries?.edges.map(({ node }) => node) ?? []
}
