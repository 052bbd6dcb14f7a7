import { generateKeyPairSync } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider, { type Adapter, type AdapterPayload, type Configuration } from 'oidc-provider'
import { onTestFinished } from 'vitest'
import { settingsOf } from '../client-settings.js'
import { createOAuthClient } from '../client.js'
import { Secret, type UpsOAuthClient, type UpsOAuthClientOptions } from '../index.js'
import type { ProviderProfile } from '../provider-profile.js'

const registered = {
  client_id: 'generic-client',
  // Every character that Basic treats differently when it follows RFC 6749 section 2.3.1.
  client_secret: 'a-b_c:d+e%f',
  redirect_uris: ['https://hub.example/callback'],
  grant_types: ['authorization_code', 'refresh_token'],
  id_token_signed_response_alg: 'ES256' as const,
}

/** An authorization server that follows the RFCs to the letter, and a profile that adds nothing to them. */
export function rfcProfile(issuer: string): ProviderProfile {
  const server = {
    issuer,
    authorization_endpoint: `${issuer}/auth`,
    token_endpoint: `${issuer}/token`,
    authorization_response_iss_parameter_supported: true,
  }
  return {
    server,
    refreshServer: server,
    authenticate: (id, secret) => `Basic ${btoa(`${formEncoded(id)}:${formEncoded(secret)}`)}`,
    verifierReplacesSecret: false,
    challengeParameters: (challenge) => ({ code_challenge: challenge, code_challenge_method: 'S256' }),
    readCode: (code) => code,
    readTokenAnswer: (answer) => ({
      standard: {
        access_token: answer.access_token,
        token_type: answer.token_type,
        expires_in: answer.expires_in,
        refresh_token: answer.refresh_token,
        scope: answer.scope,
      },
      refreshLifetimeSeconds: undefined,
      providerIssuedAtMs: undefined,
      refreshCount: undefined,
    }),
    readRefusal: () => null,
  }
}

function formEncoded(value: string): string {
  return new URLSearchParams({ value }).toString().slice('value='.length)
}

export type GenericClient = (options?: Partial<UpsOAuthClientOptions>) => UpsOAuthClient

/** oidc-provider on a free port; whoever comes is signed in as the same person, unless `says` is no. */
export async function aCertifiedServer(
  person: { says: 'yes' | 'no' } = { says: 'yes' },
): Promise<GenericClient> {
  let handle: (request: IncomingMessage, response: ServerResponse) => void = () => undefined
  const server = createServer((request, response) => handle(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, configuration())
  const callback = provider.callback()
  handle = (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void callback(request, response)
    const result = person.says === 'yes' ? { login: { accountId: 'person' } } : { error: 'access_denied' }
    void provider.interactionFinished(request, response, result)
  }
  return (options = {}) => {
    const settings = settingsOf({
      baseUrl: issuer,
      clientId: registered.client_id,
      clientSecret: Secret.of(registered.client_secret),
      redirectUri: 'https://hub.example/callback',
      pkce: 'public',
      ...options,
    })
    return createOAuthClient(rfcProfile(issuer), settings)
  }
}

function configuration(): Configuration {
  return {
    clients: [registered],
    scopes: ['read'],
    cookies: { keys: ['for this test only'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    jwks: { keys: [generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })] },
    adapter: inMemory(),
    ttl: {
      Interaction: 60,
      Grant: 60,
      Session: 60,
      AuthorizationCode: 60,
      AccessToken: 600,
      RefreshToken: 600,
    },
    issueRefreshToken: () => true,
    rotateRefreshToken: true,
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    loadExistingGrant: async ({ oidc }) => {
      const clientId = String(oidc.client?.clientId)
      const grant = new oidc.provider.Grant({ clientId, accountId: String(oidc.session?.accountId) })
      grant.addOIDCScope('read')
      await grant.save()
      return grant
    },
  }
}

// Its own memory is shared by all servers of a process and warns at each start.
function inMemory(): (model: string) => Adapter {
  const models = new Map<string, Map<string, AdapterPayload>>()
  return (model) => {
    const rows = models.get(model) ?? new Map<string, AdapterPayload>()
    models.set(model, rows)
    const found = (matches: (row: AdapterPayload) => boolean) => [...rows.values()].find(matches)
    return {
      upsert: async (id, payload) => void rows.set(id, payload),
      find: async (id) => rows.get(id),
      findByUid: async (uid) => found((row) => row.uid === uid),
      findByUserCode: async (userCode) => found((row) => row.userCode === userCode),
      consume: async (id) => void rows.set(id, { ...rows.get(id), consumed: 1 }),
      destroy: async (id) => void rows.delete(id),
      revokeByGrantId: async (grantId) => {
        for (const [id, row] of rows) if (row.grantId === grantId) rows.delete(id)
      },
    }
  }
}

/** The browser of the person: keeps cookies and follows redirects until one leaves the server. */
export async function browse(start: URL): Promise<URL> {
  const cookies = new Map<string, string>()
  for (let at = start, hops = 0; hops < 9; hops += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(at, { headers: { cookie }, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (name !== undefined && value !== undefined) cookies.set(name, value)
    }
    const location = response.headers.get('location')
    if (location === null) throw new Error(`stranded with ${response.status}: ${await response.text()}`)
    at = new URL(location, at)
    if (at.origin !== start.origin) return at
  }
  throw new Error('too many redirects')
}
