import { createEndpoint } from '../webhooks.js'
import { anotherClient, keysOnly, ofAdmins } from './api-client.rows.js'
import type { ObjectRow, Row } from './row.js'
import { adminOf, webhookOf, type Owner, type Scene, type Target } from './scene.js'

async function anotherEndpoint(scene: Scene, owner: Owner): Promise<Target> {
  const target = await anotherClient(scene, owner)
  return { ...target, ...(await webhookOf(scene.browserOf(adminOf[owner]), target.apiClientId)) }
}

async function untestedEndpoint(scene: Scene, owner: Owner): Promise<Target> {
  const target = await anotherClient(scene, owner)
  const { apiClientId } = target
  const { endpoint } = await createEndpoint(scene.browserOf(adminOf[owner]), { apiClientId })
  return { ...target, webhookEndpointId: endpoint.id }
}

const ofEndpoint = (document: string): ObjectRow => ({
  document,
  variables: ({ webhookEndpointId: id }) => ({ id }),
  verdicts: ofAdmins,
})

export const webhookRows: Readonly<Record<string, Row>> = {
  'Query.webhookEndpoints': {
    document:
      'query ($apiClientId: ID!) { webhookEndpoints(apiClientId: $apiClientId) { edges { node { id url } } } }',
    variables: ({ apiClientId }) => ({ apiClientId }),
    verdicts: ofAdmins,
  },
  'Query.webhookDeliveries': {
    document:
      'query ($id: ID!) { webhookDeliveries(webhookEndpointId: $id) { edges { node { id eventId } } } }',
    variables: ({ webhookEndpointId: id }) => ({ id }),
    verdicts: ofAdmins,
  },
  'Query.events': {
    document: '{ events { edges { node { id vaultKey } } } }',
    verdicts: {
      ...keysOnly,
      'key of A for status': 'answer',
      // It has no right to read a state.
      'key of A for tokens': 'FORBIDDEN',
      'key of B': 'answer',
    },
    otherwise: 'UNAUTHENTICATED',
  },
  'Mutation.createWebhookEndpoint': {
    document:
      'mutation ($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) { endpoint { id } } }',
    variables: ({ apiClientId }) => ({ input: { apiClientId, url: 'http://127.0.0.1:1/' } }),
    verdicts: ofAdmins,
  },
  'Mutation.updateWebhookEndpoint': {
    document:
      'mutation ($input: UpdateWebhookEndpointInput!) { updateWebhookEndpoint(input: $input) { id url } }',
    variables: ({ webhookEndpointId: id }) => ({ input: { id, url: 'http://127.0.0.1:1/other' } }),
    verdicts: ofAdmins,
  },
  'Mutation.rotateWebhookSecret': ofEndpoint(
    'mutation ($id: ID!) { rotateWebhookSecret(id: $id) { endpoint { id } } }',
  ),
  'Mutation.removeWebhookEndpoint': {
    ...ofEndpoint('mutation ($id: ID!) { removeWebhookEndpoint(id: $id) }'),
    ends: anotherEndpoint,
  },
  'Mutation.sendTestEvent': {
    ...ofEndpoint('mutation ($id: ID!) { sendTestEvent(webhookEndpointId: $id) { id } }'),
    // A second one at once is refused.
    ends: untestedEndpoint,
  },
  'Mutation.replayEvents': {
    document: 'mutation ($input: ReplayEventsInput!) { replayEvents(input: $input) { count } }',
    variables: ({ webhookEndpointId }) => ({
      input: { webhookEndpointId, since: '2026-03-01T00:00:00.000Z' },
    }),
    verdicts: ofAdmins,
  },
}
