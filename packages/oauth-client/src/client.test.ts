import { describe, expect, it } from 'vitest'
import { createUpsOAuthClient, Secret, type UpsOAuthClientOptions } from './index.js'
import {
  aClient,
  clientId,
  clientSecret,
  json,
  rejectionOf,
  upsAnswer,
  upsErrors,
} from './testing/a-client.js'
import { aClosedPort, aServer } from './testing/a-server.js'

const token = Secret.of('x')

describe('a new flow', () => {
  it('has a state of 256 bits that never repeats', async () => {
    const { client } = aClient(() => json({}))
    const states = await Promise.all(Array.from({ length: 10_000 }, () => client.authorizationUrl()))
    expect(new Set(states.map(({ state }) => state.reveal())).size).toBe(10_000)
    expect(states[0]?.state.reveal()).toMatch(/^[A-Za-z0-9_-]{43}$/)
  })

  it('has a verifier of 43 characters that never repeats and is not the state', async () => {
    const { client } = aClient(() => json({}), { pkce: 'public' })
    const flows = await Promise.all(Array.from({ length: 1_000 }, () => client.authorizationUrl()))
    const values = flows.flatMap(({ state, codeVerifier }) => [state.reveal(), codeVerifier?.reveal()])
    expect(new Set(values).size).toBe(2_000)
    expect(values.every((value) => /^[A-Za-z0-9_-]{43}$/.test(String(value)))).toBe(true)
  })

  it('takes its randomness from the source that was handed in, and all of it', async () => {
    const asked: number[] = []
    const randomBytes = (length: number) => {
      asked.push(length)
      return new Uint8Array(length).fill(asked.length)
    }
    const { client } = aClient(() => json({}), { pkce: 'public', randomBytes })
    const { state, codeVerifier } = await client.authorizationUrl()
    expect(asked).toEqual([32, 32])
    expect(Buffer.from(state.reveal(), 'base64url')).toEqual(Buffer.alloc(32, 1))
    expect(Buffer.from(String(codeVerifier?.reveal()), 'base64url')).toEqual(Buffer.alloc(32, 2))
  })

  it('does not begin with too little randomness', async () => {
    const { client } = aClient(() => json({}), { randomBytes: () => new Uint8Array(16) })
    await expect(client.authorizationUrl()).rejects.toThrow(TypeError)
  })

  it('asks UPS nothing, and shows its secrets to no log', async () => {
    const { client, sent } = aClient(() => json({}), { pkce: 'public' })
    const { state, codeVerifier } = await client.authorizationUrl()
    expect(sent).toEqual([])
    expect(JSON.stringify({ state, codeVerifier })).toBe('{"state":"[secret]","codeVerifier":"[secret]"}')
  })
})

describe('several client secrets', () => {
  const secrets = [Secret.of('new-secret'), Secret.of('old-secret')]
  const refused = () => json(upsErrors('ClientId is Invalid'), 401)

  /** A UPS that accepts one secret, which can be changed. */
  function upsAccepting(accepted: { secret: string }, options: Partial<UpsOAuthClientOptions> = {}) {
    const answer = (request: Request) => (secretOf(request) === accepted.secret ? json(upsAnswer) : refused())
    return aClient(answer, { clientSecret: secrets, ...options })
  }

  function secretOf(request: Request): string | undefined {
    const basic = request.headers.get('authorization')?.replace('Basic ', '') ?? ''
    return Buffer.from(basic, 'base64').toString().split(':')[1]
  }

  it('are tried in turn by a refresh, and the one that worked goes first from then on', async () => {
    const { client, sent } = upsAccepting({ secret: 'old-secret' })
    await client.refresh(token)
    await client.refresh(token)
    expect(sent.map(({ request }) => secretOf(request))).toEqual(['new-secret', 'old-secret', 'old-secret'])
  })

  it('change over when UPS does', async () => {
    const accepted = { secret: 'old-secret' }
    const { client, sent } = upsAccepting(accepted)
    await client.refresh(token)
    accepted.secret = 'new-secret'
    await client.refresh(token)
    await client.refresh(token)
    expect(sent.map(({ request }) => secretOf(request)).slice(2)).toEqual([
      'old-secret',
      'new-secret',
      'new-secret',
    ])
  })

  it('are each tried once when UPS accepts none', async () => {
    const { client, sent } = upsAccepting({ secret: 'another' })
    expect(await rejectionOf(client.refresh(token))).toMatchObject({ code: 'CLIENT_REFUSED', status: 401 })
    expect(sent).toHaveLength(2)
  })

  it.each([400, 403, 429, 500])('are not tried in turn after %i', async (status) => {
    const { client, sent } = aClient(() => json(upsErrors('Invalid Refresh Token'), status), {
      clientSecret: secrets,
    })
    await rejectionOf(client.refresh(token))
    expect(sent).toHaveLength(1)
  })

  it('are not tried in turn after a 400 that names the client', async () => {
    const { client, sent } = aClient(() => json(upsErrors('ClientId is Invalid'), 400), {
      clientSecret: secrets,
    })
    expect(await rejectionOf(client.refresh(token))).toMatchObject({ code: 'CLIENT_REFUSED' })
    expect(sent).toHaveLength(1)
  })

  it('are not tried in turn after a reset, when the first request may have been acted upon', async () => {
    const { client, sent } = aClient(() => Promise.reject(new TypeError('reset')), { clientSecret: secrets })
    await rejectionOf(client.refresh(token))
    expect(sent).toHaveLength(1)
  })

  it('count as accepted when UPS refuses the token itself', async () => {
    const answer = (request: Request) =>
      secretOf(request) === 'old-secret' ? json(upsErrors('Invalid Refresh Token'), 400) : refused()
    const { client, sent } = aClient(answer, { clientSecret: secrets })
    expect(await rejectionOf(client.refresh(token))).toMatchObject({ failure: 'grant' })
    await rejectionOf(client.refresh(token))
    expect(sent.map(({ request }) => secretOf(request))).toEqual(['new-secret', 'old-secret', 'old-secret'])
  })

  it('are never tried in turn with a code; the next flow begins with the next one', async () => {
    const { client, sent } = upsAccepting({ secret: 'old-secret' })
    const exchange = () => client.exchangeCode({ code: token, codeVerifier: null })
    expect(await rejectionOf(exchange())).toMatchObject({ code: 'CLIENT_REFUSED' })
    expect(sent).toHaveLength(1)
    await exchange()
    expect(sent.map(({ request }) => secretOf(request))).toEqual(['new-secret', 'old-secret'])
  })
})

describe('a flow that began with PKCE', () => {
  it('ends with its verifier though the option was changed meanwhile', async () => {
    const { client, sent } = aClient(() => json(upsAnswer), { pkce: 'off' })
    await client.exchangeCode({ code: token, codeVerifier: Secret.of('v'.repeat(43)) })
    expect(sent[0]?.form.get('code_verifier')).toBe('v'.repeat(43))
    expect(sent[0]?.request.headers.has('authorization')).toBe(false)
  })
})

describe('isReachable', () => {
  it.each([200, 302, 404, 503])('is true when UPS answers %i', async (status) => {
    let path: string | undefined
    const baseUrl = await aServer((request, response) => {
      path = request.url
      response.writeHead(status, { location: '/elsewhere' }).end()
    })
    const { client } = aClient(() => json({}), { baseUrl, fetch })
    expect(await client.isReachable()).toBe(true)
    expect(path).toBe('/')
  })

  it('is false when nobody listens', async () => {
    const { client } = aClient(() => json({}), { baseUrl: await aClosedPort(), fetch })
    expect(await client.isReachable()).toBe(false)
  })

  it('is false when a fetch of one’s own throws at once', async () => {
    const fetch = () => {
      throw new Error('no network here')
    }
    const { client } = aClient(() => json({}), { fetch })
    expect(await client.isReachable()).toBe(false)
  })

  it('is false when no answer comes in time', async () => {
    const { client } = aClient(() => new Promise(() => undefined), { timeoutMs: 30 })
    expect(await client.isReachable()).toBe(false)
  })
})

describe('options', () => {
  const good: UpsOAuthClientOptions = {
    baseUrl: 'https://ups.example',
    clientId,
    clientSecret: Secret.of(clientSecret),
    redirectUri: 'https://hub.example/oauth/callback',
  }

  it.each([
    'https://ups.example',
    'https://ups.example:8443/',
    new URL('https://ups.example'),
    'http://127.0.0.1:4010',
    'http://localhost:4010',
    'http://[::1]:4010',
  ])('accept the base URL %s', async (baseUrl) => {
    const { url } = await createUpsOAuthClient({ ...good, baseUrl }).authorizationUrl()
    expect(url.origin).toBe(new URL(baseUrl).origin)
  })

  it.each([
    ['baseUrl', 'ups.example'],
    ['baseUrl', 'http://ups.example'],
    ['baseUrl', 'http://127.0.0.1.example'],
    ['baseUrl', 'http://localhost.example'],
    ['baseUrl', 'ftp://ups.example'],
    ['baseUrl', 'https://user:canary@ups.example'],
    ['baseUrl', 'https://ups.example/api'],
    ['baseUrl', 'https://ups.example/?canary'],
    ['baseUrl', undefined],
    ['clientId', ''],
    ['clientId', 'can:ary'],
    ['clientId', 'can\nary'],
    ['clientId', undefined],
    ['clientSecret', []],
    ['clientSecret', ['canary']],
    ['clientSecret', 'canary'],
    ['clientSecret', undefined],
    ['redirectUri', '/oauth/callback'],
    ['redirectUri', 'https://hub.example/#canary'],
    ['redirectUri', undefined],
    ['pkce', 'S256'],
    ['scope', ''],
    ['scope', 'a\nb'],
    ['timeoutMs', 0],
    ['timeoutMs', -1],
    ['timeoutMs', 1.5],
    ['timeoutMs', 2_147_483_648],
    ['timeoutMs', Number.NaN],
  ])('refuse %s = %j by its name, without its value', (name, value) => {
    const create = () => createUpsOAuthClient({ ...good, [name]: value } as UpsOAuthClientOptions)
    expect(create).toThrow(TypeError)
    expect(create).toThrow(new RegExp(`^${name} `))
    expect(create).not.toThrow(/canary/)
  })
})
