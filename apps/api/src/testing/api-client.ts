import type { LightMyRequestResponse } from 'fastify'
import type { ApplicationId } from '../application/applications.js'
import type { Browser, GraphQLAnswer } from './browser.js'
import { companyIdOf, type TestApp } from './create-test-app.js'
import { authorizationOf, optIn } from './opt-in.js'

export const createApiClientDocument = `mutation ($input: CreateApiClientInput!) {
  createApiClient(input: $input) {
    key
    apiClient { id name revokedAt keys { id publicId revokedAt } grants { company { name } application scopes } }
  }
}`

export interface CreatedAnswer {
  key: string
  apiClient: {
    id: string
    name: string
    revokedAt: string | null
    keys: { id: string; publicId: string; revokedAt: string | null }[]
    grants: { company: { name: string }; application: string; scopes: string[] }[]
  }
}

export interface ClientWishes {
  companyIds: string[]
  applications?: ApplicationId[]
  scopes?: ('STATUS_READ' | 'TOKEN_READ')[]
  name?: string
  addresses?: string[]
  keyExpiresAt?: string
}

export async function createApiClient(admin: Browser, wishes: ClientWishes): Promise<CreatedAnswer> {
  const input = {
    name: 'Returns portal',
    applications: ['RATING'],
    scopes: ['STATUS_READ', 'TOKEN_READ'],
    ...wishes,
  }
  const data = await admin.data<{ createApiClient: CreatedAnswer }>(createApiClientDocument, { input })
  return data.createApiClient
}

/** What a third-party application does: asks with its key, and keeps no cookies. */
export function asApiClient(world: TestApp, key: string) {
  const headers = { authorization: `Bearer ${key}` }
  const post = (body: string): Promise<LightMyRequestResponse> =>
    world.browser().request('POST', '/graphql', {
      headers: { ...headers, 'content-type': 'application/json' },
      body,
    })
  return {
    get: (path: string, more: Record<string, string> = {}): Promise<LightMyRequestResponse> =>
      world.browser().request('GET', path, { headers: { ...headers, ...more } }),
    post,
    async query<T = Record<string, unknown>>(
      query: string,
      variables: object = {},
    ): Promise<GraphQLAnswer<T>> {
      return (await post(JSON.stringify({ query, variables }))).json<GraphQLAnswer<T>>()
    },
  }
}

export interface Vaulted {
  admin: Browser
  companyId: string
  vaultKey: string
  authorizationId: string
}

/** Acme Outfitters has opted in; answers by which key a third party may ask for it. */
export async function vaulted(world: TestApp, application: ApplicationId = 'RATING'): Promise<Vaulted> {
  const admin = await world.as('acme.admin')
  const companyId = await companyIdOf(admin, 'Acme Outfitters')
  await optIn(world, admin, application)
  const authorization = await authorizationOf(admin, companyId, application)
  if (!authorization?.vaultKey) throw new Error('the opt-in has not worked')
  return { admin, companyId, vaultKey: authorization.vaultKey, authorizationId: authorization.id }
}

export const statusPath = (vaultKey: string): string => `/v1/tokens/${vaultKey}`
export const tokenPath = (vaultKey: string, query = ''): string =>
  `/v1/tokens/${vaultKey}/access-token${query}`

/** A problem without what differs from one request to the next. */
export function problemOf(response: LightMyRequestResponse): unknown {
  const { requestId, ...problem } = response.json<Record<string, unknown>>()
  return requestId === response.headers['x-request-id'] ? problem : { requestId, problem }
}
