import { createApiClient } from '../api-client.js'
import { forPeople, type Row, type Verdicts } from './row.js'
import { adminOf, type Owner, type Scene, type Target } from './scene.js'

export async function anotherClient(scene: Scene, owner: Owner): Promise<Target> {
  const target = scene.targets[owner]
  const { apiClient } = await createApiClient(scene.browserOf(adminOf[owner]), {
    companyIds: [target.companyId],
    scopes: ['STATUS_READ'],
  })
  return { ...target, apiClientId: apiClient.id, apiKeyId: apiClient.keys[0]?.id ?? '' }
}

export const ofAdmins: Verdicts = {
  ...forPeople,
  'admin of A': { A: 'answer' },
  'admin of B': { B: 'answer' },
  'solution admin': { A: 'answer', B: 'answer' },
}

export const keysOnly: Verdicts = {
  anonymous: 'UNAUTHENTICATED',
  stranger: 'UNAUTHENTICATED',
  'viewer of A': 'UNAUTHENTICATED',
  'admin of A': 'UNAUTHENTICATED',
  'admin of B': 'UNAUTHENTICATED',
  'solution admin': 'UNAUTHENTICATED',
  'invitee of A': 'UNAUTHENTICATED',
  'revoked key of A': 'UNAUTHENTICATED',
}

const ofStatus: Verdicts = {
  anonymous: 'UNAUTHENTICATED',
  'viewer of A': { A: 'answer' },
  'admin of A': { A: 'answer' },
  'admin of B': { B: 'answer' },
  'solution admin': { A: 'answer', B: 'answer' },
  'key of A for status': { A: 'answer' },
  'key of A for tokens': { A: 'FORBIDDEN' },
  'key of B': { B: 'answer' },
  'revoked key of A': 'UNAUTHENTICATED',
}

export const apiClientRows: Readonly<Record<string, Row>> = {
  'Query.apiClients': {
    document: 'query ($companyId: ID!) { apiClients(companyId: $companyId) { edges { node { id name } } } }',
    variables: ({ companyId }) => ({ companyId }),
    verdicts: { ...ofAdmins, 'viewer of A': { A: 'FORBIDDEN' }, 'invitee of A': { A: 'FORBIDDEN' } },
  },
  'Mutation.createApiClient': {
    document:
      'mutation ($input: CreateApiClientInput!) { createApiClient(input: $input) { apiClient { id } } }',
    variables: ({ companyId }) => ({
      input: { name: 'Matrix', companyIds: [companyId], applications: ['RATING'], scopes: ['TOKEN_READ'] },
    }),
    verdicts: {
      ...ofAdmins,
      'viewer of A': { A: 'FORBIDDEN' },
      'invitee of A': { A: 'FORBIDDEN' },
      // An operator may let a client learn of a state, and never have a token.
      'solution admin': { A: 'FORBIDDEN', B: 'FORBIDDEN' },
    },
  },
  'Mutation.revokeApiClient': {
    document: 'mutation ($id: ID!) { revokeApiClient(id: $id) { id } }',
    variables: ({ apiClientId: id }) => ({ id }),
    verdicts: ofAdmins,
    ends: anotherClient,
  },
  'Mutation.pauseApiClient': {
    document: 'mutation ($id: ID!) { pauseApiClient(id: $id) { id } }',
    variables: ({ apiClientId: id }) => ({ id }),
    verdicts: ofAdmins,
  },
  'Mutation.resumeApiClient': {
    document: 'mutation ($id: ID!) { resumeApiClient(id: $id) { id } }',
    variables: ({ apiClientId: id }) => ({ id }),
    // Of a client that reads states only, which an operator may let it do.
    verdicts: ofAdmins,
  },
  'Mutation.setApiClientAddresses': {
    document:
      'mutation ($input: SetApiClientAddressesInput!) { setApiClientAddresses(input: $input) { id } }',
    variables: ({ apiClientId }) => ({ input: { apiClientId, addresses: ['192.0.2.0/24'] } }),
    verdicts: ofAdmins,
    ends: anotherClient,
  },
  'Mutation.rotateApiClientKey': {
    document:
      'mutation ($input: RotateApiClientKeyInput!) { rotateApiClientKey(input: $input) { apiClient { id } } }',
    variables: ({ apiClientId }) => ({ input: { apiClientId, overlapSeconds: 60 } }),
    verdicts: ofAdmins,
    ends: anotherClient,
  },
  'Mutation.revokeApiClientKey': {
    document: 'mutation ($id: ID!) { revokeApiClientKey(id: $id) { id } }',
    variables: ({ apiKeyId: id }) => ({ id }),
    verdicts: ofAdmins,
    ends: anotherClient,
  },
  'Mutation.grantApiClient': {
    document: 'mutation ($input: GrantApiClientInput!) { grantApiClient(input: $input) { id } }',
    variables: ({ apiClientId, companyId }) => ({
      input: { apiClientId, companyId, applications: ['RATING'], scopes: ['STATUS_READ'] },
    }),
    verdicts: { ...ofAdmins, 'viewer of A': { A: 'FORBIDDEN' }, 'invitee of A': { A: 'FORBIDDEN' } },
  },
  'Mutation.withdrawApiClientGrant': {
    document: 'mutation ($input: WithdrawApiClientGrantInput!) { withdrawApiClientGrant(input: $input) }',
    variables: ({ apiClientId, companyId }) => ({ input: { apiClientId, companyId } }),
    verdicts: { ...ofAdmins, 'viewer of A': { A: 'FORBIDDEN' }, 'invitee of A': { A: 'FORBIDDEN' } },
    ends: anotherClient,
  },
  'Query.tokenStatus': {
    document: 'query ($vaultKey: ID!) { tokenStatus(vaultKey: $vaultKey) { status active } }',
    variables: ({ vaultKey }) => ({ vaultKey }),
    verdicts: ofStatus,
  },
  'Query.tokenStatuses': {
    document: 'query ($vaultKeys: [ID!]!) { tokenStatuses(vaultKeys: $vaultKeys) { status active } }',
    variables: ({ vaultKey }) => ({ vaultKeys: [vaultKey, vaultKey] }),
    verdicts: ofStatus,
  },
  'Mutation.issueAccessToken': {
    document: 'mutation ($vaultKey: ID!) { issueAccessToken(vaultKey: $vaultKey) { expiresAt } }',
    variables: ({ vaultKey }) => ({ vaultKey }),
    verdicts: {
      ...keysOnly,
      'key of A for status': { A: 'FORBIDDEN' },
      'key of A for tokens': { A: 'answer' },
      'key of B': { B: 'answer' },
    },
  },
}
