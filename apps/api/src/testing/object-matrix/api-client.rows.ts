import { createApiClient } from '../api-client.js'
import { forPeople, type Row, type Verdicts } from './row.js'
import { adminOf, type Owner, type Scene, type Target } from './scene.js'

async function anotherClient(scene: Scene, owner: Owner): Promise<Target> {
  const target = scene.targets[owner]
  const { apiClient } = await createApiClient(scene.browserOf(adminOf[owner]), {
    companyIds: [target.companyId],
    scopes: ['STATUS_READ'],
  })
  return { ...target, apiClientId: apiClient.id }
}

const ofAdmins: Verdicts = {
  ...forPeople,
  'admin of A': { A: 'answer' },
  'admin of B': { B: 'answer' },
  'solution admin': { A: 'answer', B: 'answer' },
}

const keysOnly: Verdicts = {
  anonymous: 'UNAUTHENTICATED',
  stranger: 'UNAUTHENTICATED',
  'viewer of A': 'UNAUTHENTICATED',
  'admin of A': 'UNAUTHENTICATED',
  'admin of B': 'UNAUTHENTICATED',
  'solution admin': 'UNAUTHENTICATED',
  'invitee of A': 'UNAUTHENTICATED',
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
  'Mutation.withdrawApiClientGrant': {
    document: 'mutation ($input: WithdrawApiClientGrantInput!) { withdrawApiClientGrant(input: $input) }',
    variables: ({ apiClientId, companyId }) => ({ input: { apiClientId, companyId } }),
    verdicts: { ...ofAdmins, 'viewer of A': { A: 'FORBIDDEN' }, 'invitee of A': { A: 'FORBIDDEN' } },
    ends: anotherClient,
  },
  'Query.tokenStatus': {
    document: 'query ($vaultKey: ID!) { tokenStatus(vaultKey: $vaultKey) { status active } }',
    variables: ({ vaultKey }) => ({ vaultKey }),
    verdicts: {
      anonymous: 'UNAUTHENTICATED',
      'viewer of A': { A: 'answer' },
      'admin of A': { A: 'answer' },
      'admin of B': { B: 'answer' },
      'solution admin': { A: 'answer', B: 'answer' },
      'key of A for status': { A: 'answer' },
      'key of A for tokens': { A: 'FORBIDDEN' },
      'key of B': { B: 'answer' },
      'revoked key of A': 'UNAUTHENTICATED',
    },
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
