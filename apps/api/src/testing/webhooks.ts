import { createApiClient } from './api-client.js'
import type { Browser } from './browser.js'

const endpointFields = `id apiClientId host url eventTypes state disabledReason secretLastFour secretSetAt
  formerSecretUntil failingSince lastDeliveredAt isYoursToManage`

export const webhookDocuments = {
  create: `mutation ($input: CreateWebhookEndpointInput!) {
    createWebhookEndpoint(input: $input) { secret endpoint { ${endpointFields} } }
  }`,
  update: `mutation ($input: UpdateWebhookEndpointInput!) {
    updateWebhookEndpoint(input: $input) { ${endpointFields} }
  }`,
  rotate: `mutation ($id: ID!) { rotateWebhookSecret(id: $id) { secret endpoint { ${endpointFields} } } }`,
  remove: 'mutation ($id: ID!) { removeWebhookEndpoint(id: $id) }',
  test: `mutation ($webhookEndpointId: ID!) {
    sendTestEvent(webhookEndpointId: $webhookEndpointId) { id isTest state }
  }`,
  replay: 'mutation ($input: ReplayEventsInput!) { replayEvents(input: $input) { count hasMore upTo } }',
  endpoints: `query ($apiClientId: ID!) {
    webhookEndpoints(apiClientId: $apiClientId) { totalCount edges { node { ${endpointFields} } } }
  }`,
  deliveries: `query ($webhookEndpointId: ID!, $first: Int = 25, $after: String) {
    webhookDeliveries(webhookEndpointId: $webhookEndpointId, first: $first, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges { node {
        id eventId type isTest application state attempts lastAttemptAt statusCode failure nextAttemptAt
        company { name }
      } }
    }
  }`,
}

export interface EndpointAnswer {
  id: string
  apiClientId: string
  host: string
  url: string | null
  eventTypes: string[] | null
  state: string
  disabledReason: string | null
  secretLastFour: string
  secretSetAt: string
  formerSecretUntil: string | null
  failingSince: string | null
  lastDeliveredAt: string | null
  isYoursToManage: boolean
}

export interface CreatedEndpoint {
  secret: string
  endpoint: EndpointAnswer
}

interface EndpointWishes {
  apiClientId: string
  url?: string
  eventTypes?: string[]
}

export async function createEndpoint(admin: Browser, wishes: EndpointWishes): Promise<CreatedEndpoint> {
  // A receiver of the rehearsal that nobody runs.
  const input = { url: 'http://127.0.0.1:1/events', ...wishes }
  const data = await admin.data<{ createWebhookEndpoint: CreatedEndpoint }>(webhookDocuments.create, {
    input,
  })
  return data.createWebhookEndpoint
}

/** Answers the id of the delivery. */
export async function sendTest(admin: Browser, webhookEndpointId: string): Promise<string> {
  const data = await admin.data<{ sendTestEvent: { id: string } }>(webhookDocuments.test, {
    webhookEndpointId,
  })
  return data.sendTestEvent.id
}

/** An endpoint whose former secret signs as well. */
export async function twoSecretsOf(admin: Browser, companyId: string): Promise<CreatedEndpoint> {
  const { apiClient } = await createApiClient(admin, { companyIds: [companyId], scopes: ['STATUS_READ'] })
  const { endpoint } = await createEndpoint(admin, { apiClientId: apiClient.id })
  return rotateSecret(admin, endpoint.id)
}

export async function rotateSecret(admin: Browser, id: string): Promise<CreatedEndpoint> {
  const data = await admin.data<{ rotateWebhookSecret: CreatedEndpoint }>(webhookDocuments.rotate, { id })
  return data.rotateWebhookSecret
}
