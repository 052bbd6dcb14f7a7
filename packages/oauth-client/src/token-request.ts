import * as oauth from 'oauth4webapi'
import { invalid, tokenSetOf, type JsonObject, type TokenSet } from './token-set.js'
import { refusalOf, type TokenRequestKind } from './refusal.js'
import type { GuardedFetch } from './guarded-fetch.js'
import type { ProviderProfile } from './provider-profile.js'
import type { Secret } from './secret.js'

/** What every token request of one client has in common. */
export interface TokenRequester {
  profile: ProviderProfile
  clientId: string
  redirectUri: string
  fetch: GuardedFetch
  clock: () => Date
}

export interface CodeExchange {
  code: Secret
  codeVerifier: Secret | null
  /** Null for a client that proves itself by the verifier. */
  clientSecret: Secret | null
}

export interface Refresh {
  refreshToken: Secret
  clientSecret: Secret
}

/** One POST, whatever comes of it (RFC 6749 section 4.1.3). */
export async function requestByCode(requester: TokenRequester, sent: CodeExchange): Promise<TokenSet> {
  const { profile } = requester
  const client: oauth.Client = { client_id: requester.clientId }
  // oauth4webapi takes a code only from its own reading of a callback, and ours was read in another request.
  const callback = oauth.validateAuthResponse(
    { issuer: profile.server.issuer },
    client,
    new URLSearchParams({ code: sent.code.reveal() }),
    oauth.skipStateCheck,
  )
  const response = await oauth.authorizationCodeGrantRequest(
    profile.server,
    client,
    authentication(profile, sent.clientSecret),
    callback,
    requester.redirectUri,
    sent.codeVerifier?.reveal() ?? oauth.nopkce,
    fetchOptions(requester),
  )
  return readAnswer(response, { requester, kind: 'code', sentRefreshToken: null })
}

/** One POST, whatever comes of it (RFC 6749 section 6). */
export async function requestByRefreshToken(requester: TokenRequester, sent: Refresh): Promise<TokenSet> {
  const { profile } = requester
  const response = await oauth.refreshTokenGrantRequest(
    profile.refreshServer,
    { client_id: requester.clientId },
    authentication(profile, sent.clientSecret),
    sent.refreshToken.reveal(),
    fetchOptions(requester),
  )
  return readAnswer(response, { requester, kind: 'refresh-token', sentRefreshToken: sent.refreshToken })
}

function authentication(profile: ProviderProfile, secret: Secret | null): oauth.ClientAuth {
  if (secret === null) return oauth.None()
  return (...[, client, , headers]) => {
    headers.set('authorization', profile.authenticate(client.client_id, secret.reveal()))
  }
}

function fetchOptions({ fetch }: TokenRequester): oauth.TokenEndpointRequestOptions {
  return {
    [oauth.customFetch]: (url, init) => fetch(url, init as RequestInit),
    // Only ever true in effect for loopback: the client refuses any other http address when it is made.
    [oauth.allowInsecureRequests]: true,
  }
}

interface Asked {
  requester: TokenRequester
  kind: TokenRequestKind
  sentRefreshToken: Secret | null
}

async function readAnswer(response: Response, asked: Asked): Promise<TokenSet> {
  const { profile, clientId, clock } = asked.requester
  // Before anything else: the lifetime counts from the moment of receipt.
  const receivedAt = clock()
  if (response.status !== 200) throw await refusalOf(response, { kind: asked.kind, profile, clock })
  const answer = profile.readTokenAnswer(await jsonObject(response), clientId)
  const tokens = tokenSetOf(answer, { receivedAt, sentRefreshToken: asked.sentRefreshToken })
  await checkConformity(answer.standard, asked)
  return tokens
}

async function jsonObject(response: Response): Promise<JsonObject> {
  const body: unknown = await response.json().catch(() => {
    throw invalid('not JSON')
  })
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw invalid('no JSON object')
  return body as JsonObject
}

// With UPS's departures taken out, the certified reading has the last word.
async function checkConformity(standard: object, { requester, kind }: Asked): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const given = Object.entries(standard).filter(([, value]) => value !== null && value !== '')
  const response = new Response(JSON.stringify(Object.fromEntries(given)), { headers })
  const { server } = requester.profile
  const client: oauth.Client = { client_id: requester.clientId }
  const read = kind === 'code' ? oauth.processAuthorizationCodeResponse : oauth.processRefreshTokenResponse
  await read(server, client, response).catch(() => {
    throw invalid('RFC 6749 section 5.1') // its error holds the tokens
  })
}
