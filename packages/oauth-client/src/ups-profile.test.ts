import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { OAuthError, Secret, UPS_BASE_URLS, type OAuthErrorCode } from './index.js'
import { aClient, clientId, json, rejectionOf, upsAnswer, upsErrors } from './testing/a-client.js'

const code = Secret.of('abc==')
const refreshToken = Secret.of('old-refresh-token')

describe('UPS: requests', () => {
  it('names the two hosts of UPS', () => {
    expect(UPS_BASE_URLS).toEqual({
      cie: 'https://wwwcie.ups.com',
      production: 'https://onlinetools.ups.com',
    })
  })

  it('sends the person to /security/v1/oauth/authorize with the fixed scope', async () => {
    const { url, state, codeVerifier } = await aClient(() => json({})).client.authorizationUrl()
    expect(url.origin + url.pathname).toBe('https://ups.example/security/v1/oauth/authorize')
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: clientId,
      redirect_uri: 'https://hub.example/oauth/callback/rating',
      response_type: 'code',
      scope: 'read',
      state: state.reveal(),
    })
    expect(codeVerifier).toBeNull()
  })

  it('sends a challenge without a method, since S256 is implied', async () => {
    const { client } = aClient(() => json({}), { pkce: 'public' })
    const { url, codeVerifier } = await client.authorizationUrl()
    const digest = createHash('sha256').update(String(codeVerifier?.reveal())).digest('base64url')
    expect(url.searchParams.get('code_challenge')).toBe(digest)
    expect(url.searchParams.has('code_challenge_method')).toBe(false)
    expect(url.href).not.toContain(codeVerifier?.reveal())
  })

  it('exchanges a code at /token with Basic', async () => {
    const { client, sent } = aClient(() => json(upsAnswer))
    await client.exchangeCode({ code, codeVerifier: null })
    expect(sent).toHaveLength(1)
    const { request, form } = sent[0]!
    expect([request.method, request.url]).toEqual(['POST', 'https://ups.example/security/v1/oauth/token'])
    expect(request.headers.get('content-type')).toMatch(/^application\/x-www-form-urlencoded/)
    expect(request.headers.get('authorization')).toMatch(/^Basic /)
    expect(Object.fromEntries(form)).toEqual({
      grant_type: 'authorization_code',
      code: 'abc==',
      redirect_uri: 'https://hub.example/oauth/callback/rating',
    })
  })

  it('exchanges a code with its verifier and client_id, and without Basic', async () => {
    const { client, sent } = aClient(() => json(upsAnswer), { pkce: 'public' })
    const codeVerifier = Secret.of('v'.repeat(43))
    await client.exchangeCode({ code, codeVerifier })
    expect(sent[0]?.request.headers.has('authorization')).toBe(false)
    expect(Object.fromEntries(sent[0]!.form)).toMatchObject({
      code_verifier: codeVerifier.reveal(),
      client_id: clientId,
    })
    expect(sent[0]?.form.has('client_secret')).toBe(false)
  })

  it.each(['off', 'public'] as const)('refreshes at /refresh with Basic, with pkce %s', async (pkce) => {
    const { client, sent } = aClient(() => json(upsAnswer), { pkce })
    await client.refresh(refreshToken)
    const { request, form } = sent[0]!
    expect(request.url).toBe('https://ups.example/security/v1/oauth/refresh')
    expect(request.headers.get('authorization')).toMatch(/^Basic /)
    expect(Object.fromEntries(form)).toEqual({
      grant_type: 'refresh_token',
      refresh_token: 'old-refresh-token',
    })
  })

  it('puts the pair into Basic as it is, without form-encoding', async () => {
    const clientSecret = Secret.of('a-b_c%20:+ü')
    const { client, sent } = aClient(() => json(upsAnswer), { clientSecret })
    await client.refresh(refreshToken)
    const pair = Buffer.from(`${clientId}:a-b_c%20:+ü`).toString('base64')
    expect(sent[0]?.request.headers.get('authorization')).toBe(`Basic ${pair}`)
  })
})

describe('UPS: answers', () => {
  it('reads twelve strings as tokens and times', async () => {
    const tokens = await aClient(() => json(upsAnswer)).client.refresh(refreshToken)
    expect(tokens.accessToken.reveal()).toBe('canary-access-token')
    expect(tokens.refreshToken.reveal()).toBe('canary-new-refresh-token')
    expect(tokens).toMatchObject({ refreshTokenRotated: true, refreshCount: 0 })
    expect(tokens.providerIssuedAt).toEqual(new Date('2026-03-01T12:00:00.000Z'))
  })

  it.each([
    ['without scope and refresh_count', { scope: undefined, refresh_count: undefined }],
    ['with an empty scope', { scope: '' }],
    [
      'with numbers as numbers',
      { expires_in: 3599, refresh_token_expires_in: 5183999, issued_at: 1772366400000 },
    ],
    ['with "bearer" in small letters', { token_type: 'bearer' }],
    ['with fields that nobody knows', { id_token: 'not a JWT', account: null, __proto__x: {} }],
    ['with a strange issued_at, which is only shown', { issued_at: 'yesterday' }],
    ['with a strange refresh_count, which is only shown', { refresh_count: 'many' }],
  ])('accepts an answer %s', async (_what, fields) => {
    const tokens = await aClient(() => json({ ...upsAnswer, ...fields })).client.refresh(refreshToken)
    expect(tokens.accessToken.reveal()).toBe('canary-access-token')
    expect(tokens.expiresAt).toEqual(new Date('2026-03-01T12:59:59.000Z'))
  })
})

type Case = [status: number, body: unknown, code: OAuthErrorCode]

const refusals: Case[] = [
  [400, upsErrors('Invalid/Missing Authorization Header'), 'REQUEST_REFUSED'],
  [400, upsErrors('Unsupported Grant Type'), 'REQUEST_REFUSED'],
  [400, upsErrors('Unsupported grant_type: refresh_token'), 'REQUEST_REFUSED'],
  [400, upsErrors('Grant type authorization_code is not allowed'), 'REQUEST_REFUSED'],
  [400, upsErrors('Invalid Redirect URL'), 'REQUEST_REFUSED'],
  [400, upsErrors('Something nobody has seen yet'), 'REQUEST_REFUSED'],
  [400, upsErrors(), 'REQUEST_REFUSED'],
  [400, { response: { errors: [null] } }, 'REQUEST_REFUSED'],
  [400, { response: { errors: [{ code: '10400' }] } }, 'REQUEST_REFUSED'],
  [400, { response: null }, 'REQUEST_REFUSED'],
  [400, { response: { errors: 'Invalid Refresh Token' } }, 'REQUEST_REFUSED'],
  [400, [], 'REQUEST_REFUSED'],
  [400, 'Invalid Refresh Token', 'REQUEST_REFUSED'],
  [400, null, 'REQUEST_REFUSED'],
  [400, {}, 'REQUEST_REFUSED'],
  [400, { error: 'invalid_request' }, 'REQUEST_REFUSED'],
  [400, { error: 'unsupported_grant_type' }, 'REQUEST_REFUSED'],
  [400, { error: 'unauthorized_client' }, 'REQUEST_REFUSED'],
  [400, { error: 'invalid_scope' }, 'REQUEST_REFUSED'],
  [400, { error: 'canary_error' }, 'REQUEST_REFUSED'],
  [400, { error: 'invalid_client' }, 'CLIENT_REFUSED'],
  [400, upsErrors('ClientId is Invalid'), 'CLIENT_REFUSED'],
  [401, upsErrors('ClientId is Invalid'), 'CLIENT_REFUSED'],
  [401, upsErrors('Invalid Refresh Token'), 'CLIENT_REFUSED'],
  [401, { error: 'invalid_client' }, 'CLIENT_REFUSED'],
  [401, {}, 'CLIENT_REFUSED'],
  [403, upsErrors('Blocked Merchant'), 'CLIENT_BLOCKED'],
  [403, upsErrors('Invalid Refresh Token'), 'CLIENT_BLOCKED'],
  [404, upsErrors('Invalid Refresh Token and code'), 'REQUEST_REFUSED'],
  [405, {}, 'REQUEST_REFUSED'],
  [408, upsErrors('Invalid Refresh Token'), 'SERVER_UNAVAILABLE'],
  [429, upsErrors('Too Many Requests'), 'RATE_LIMITED'],
  [429, upsErrors('Invalid Refresh Token'), 'RATE_LIMITED'],
  [500, upsErrors('Invalid Refresh Token'), 'SERVER_UNAVAILABLE'],
  [500, { error: 'invalid_grant' }, 'SERVER_UNAVAILABLE'],
  [502, {}, 'GATEWAY_FAILED'],
  [503, {}, 'SERVER_UNAVAILABLE'],
]

const ofTheRefreshToken: Case[] = [
  [400, upsErrors('Invalid/Missing Refresh Token'), 'REFRESH_TOKEN_REFUSED'],
  [400, upsErrors('Invalid Refresh Token'), 'REFRESH_TOKEN_REFUSED'],
  [400, upsErrors('The refresh_token has expired'), 'REFRESH_TOKEN_REFUSED'],
  [400, upsErrors('refreshToken revoked', 'Refresh Token unknown'), 'REFRESH_TOKEN_REFUSED'],
  [400, { error: 'invalid_grant', error_description: 'canary' }, 'REFRESH_TOKEN_REFUSED'],
  [400, upsErrors('Invalid Refresh Token', 'Invalid/Missing Authorization Header'), 'REQUEST_REFUSED'],
  [400, upsErrors('Invalid Authorization Code'), 'REQUEST_REFUSED'],
]

const ofTheCode: Case[] = [
  [400, upsErrors('Invalid Authorization Code'), 'CODE_REFUSED'],
  [400, upsErrors('Invalid/Missing Code'), 'CODE_REFUSED'],
  [400, upsErrors('code_verifier does not match'), 'CODE_REFUSED'],
  [400, { error: 'invalid_grant' }, 'CODE_REFUSED'],
  [400, upsErrors('Invalid Refresh Token'), 'REQUEST_REFUSED'],
  [400, upsErrors('Invalid Encoding'), 'REQUEST_REFUSED'],
]

describe('UPS: refusals', () => {
  it.each([...refusals, ...ofTheRefreshToken])(
    'of a refresh: %i %j means %s',
    async (status, body, expected) => {
      const { client, sent } = aClient(() => json(body, status))
      expect(await rejectionOf(client.refresh(refreshToken))).toMatchObject({ code: expected, status })
      expect(sent).toHaveLength(1)
    },
  )

  it.each([...refusals, ...ofTheCode])('of a code: %i %j means %s', async (status, body, expected) => {
    const { client, sent } = aClient(() => json(body, status))
    expect(await rejectionOf(client.exchangeCode({ code, codeVerifier: null }))).toMatchObject({
      code: expected,
      status,
    })
    expect(sent).toHaveLength(1)
  })

  it.each([undefined, 'Basic realm="ups"', 'garbage ,,"'])(
    'of the client, with WWW-Authenticate %j',
    async (challenge) => {
      const headers = challenge === undefined ? {} : { 'www-authenticate': challenge }
      const body = { response: { errors: [{ code: '10401', message: 'ClientId is Invalid' }] } }
      const { client } = aClient(() => Response.json(body, { status: 401, headers }))
      const error = await rejectionOf(client.refresh(refreshToken))
      expect(error).toMatchObject({ code: 'CLIENT_REFUSED', failure: 'application', upsCode: '10401' })
    },
  )

  it('repeats no word of a body, since it may hold what was sent', async () => {
    const body = { response: { errors: [{ code: 'canary', message: 'Refresh Token canary is invalid' }] } }
    const error = await rejectionOf(aClient(() => json(body, 400)).client.refresh(refreshToken))
    expect(error).toBeInstanceOf(OAuthError)
    expect(JSON.stringify(error) + String((error as Error).stack)).not.toContain('canary is')
    expect(error).not.toHaveProperty('upsCode')
  })
})
