import { cancelAtLogin, type Fault } from '@optin-hub/ups-stand-in'
import { describe, expect, it } from 'vitest'
import { Secret } from './index.js'
import { rejectionOf } from './testing/a-client.js'
import { aCallback, anAuthorization, aStandIn } from './testing/a-stand-in.js'

describe('with UPS.com played by the stand-in', () => {
  it.each(['off', 'public'] as const)(
    'a person authorizes and the tokens are refreshed, with pkce %s',
    async (pkce) => {
      const { standIn, client, time, tokenRequests } = aStandIn({ pkce })
      const first = await anAuthorization(standIn, client)
      expect(first).toMatchObject({ refreshTokenRotated: true, refreshCount: 0 })
      expect(first.expiresAt).toEqual(new Date(time.now.getTime() + 3599_000))
      expect(first.refreshExpiresAt).toEqual(new Date(time.now.getTime() + 5183999_000))

      time.now = new Date(time.now.getTime() + 3_600_000)
      const second = await client.refresh(first.refreshToken)
      expect(second).toMatchObject({ refreshTokenRotated: true, refreshCount: 1, issuedAt: time.now })
      expect(second.accessToken.reveal()).not.toBe(first.accessToken.reveal())
      expect(tokenRequests().map(({ endpoint, acted }) => [endpoint, acted])).toEqual([
        ['token', true],
        ['refresh', true],
      ])
    },
  )

  it('a refresh token that was used, or voided by a new UPS.com password, is refused as a grant', async () => {
    const { standIn, client } = aStandIn()
    const { refreshToken } = await anAuthorization(standIn, client)
    const next = await client.refresh(refreshToken)
    expect(await rejectionOf(client.refresh(refreshToken))).toMatchObject({ code: 'REFRESH_TOKEN_REFUSED' })
    standIn.control.password({ username: 'acme', password: 'another-password' })
    expect(await rejectionOf(client.refresh(next.refreshToken))).toMatchObject({
      code: 'REFRESH_TOKEN_REFUSED',
    })
  })

  it.each(['one-message', 'by-reason'] as const)(
    'a refresh token is refused in the wording %s',
    async (refreshRefusal) => {
      const { standIn, client, time } = aStandIn()
      standIn.control.quirks({ refreshRefusal })
      const { refreshToken } = await anAuthorization(standIn, client)
      time.now = new Date(time.now.getTime() + 61 * 86_400_000)
      expect(await rejectionOf(client.refresh(refreshToken))).toMatchObject({ failure: 'grant' })
      expect(await rejectionOf(client.refresh(Secret.of('never-issued')))).toMatchObject({ failure: 'grant' })
    },
  )

  it('a code is refused when it is used again, too old, or without its verifier', async () => {
    const { standIn, client, time } = aStandIn({ pkce: 'public' })
    const callback = await aCallback(standIn, client)
    await client.exchangeCode(callback)
    expect(await rejectionOf(client.exchangeCode(callback))).toMatchObject({ code: 'CODE_REFUSED' })
    const wrong = { ...(await aCallback(standIn, client)), codeVerifier: Secret.of('w'.repeat(43)) }
    expect(await rejectionOf(client.exchangeCode(wrong))).toMatchObject({ code: 'CODE_REFUSED' })
    const late = await aCallback(standIn, client)
    time.now = new Date(time.now.getTime() + 3_600_000)
    expect(await rejectionOf(client.exchangeCode(late))).toMatchObject({ code: 'CODE_REFUSED' })
  })

  it.each(['send', 'omit'] as const)(
    'a wrong client secret is no end of a grant, WWW-Authenticate: %s',
    async (wwwAuthenticate) => {
      const { standIn, client } = aStandIn()
      const { refreshToken } = await anAuthorization(standIn, client)
      standIn.control.quirks({ wwwAuthenticate })
      const wrong = aStandIn({ fetch: standIn.fetch, clientSecret: Secret.of('wrong') }).client
      expect(await rejectionOf(wrong.refresh(refreshToken))).toMatchObject({
        code: 'CLIENT_REFUSED',
        status: 401,
      })
      expect((await client.refresh(refreshToken)).refreshTokenRotated).toBe(true)
    },
  )

  it('an answer without a new refresh token keeps the old one usable', async () => {
    const { standIn, client } = aStandIn()
    const { refreshToken } = await anAuthorization(standIn, client)
    standIn.control.rotation({ mode: 'none' })
    standIn.control.quirks({ unrotatedRefreshToken: 'omitted' })
    const kept = await client.refresh(refreshToken)
    expect(kept).toMatchObject({ refreshTokenRotated: false, refreshExpiresAt: null })
    expect((await client.refresh(kept.refreshToken)).refreshTokenRotated).toBe(false)
  })

  it.each([-1, 1])(
    'a clock of UPS that is off by %i h makes no token expire early or late',
    async (hours) => {
      const { standIn, client, time } = aStandIn()
      standIn.control.clock({ advanceSeconds: hours * 3600 })
      const tokens = await anAuthorization(standIn, client)
      expect(tokens.expiresAt).toEqual(new Date(time.now.getTime() + 3599_000))
      expect(tokens.providerIssuedAt).toEqual(new Date(time.now.getTime() + hours * 3_600_000))
    },
  )

  it('a person who cancels comes back with a refusal and no code', async () => {
    const { standIn, client, tokenRequests } = aStandIn()
    const { url, state } = await client.authorizationUrl()
    const back = await cancelAtLogin(standIn, url)
    expect(() => client.readCallback(back.searchParams, state)).toThrow(
      expect.objectContaining({ code: 'CALLBACK_REFUSED', state: state.reveal() }),
    )
    expect(tokenRequests()).toEqual([])
  })

  it('numbers that are numbers, and fields that are missing, are read all the same', async () => {
    const { standIn, client } = aStandIn()
    standIn.control.quirks({ numbers: 'numbers', scopeInAnswer: 'absent', refreshCountInAnswer: 'absent' })
    expect(await anAuthorization(standIn, client)).toMatchObject({
      refreshCount: null,
      refreshTokenRotated: true,
    })
  })
})

describe('with UPS.com disturbed', () => {
  const faults: [fault: Omit<Fault, 'endpoint'>, expected: object, acted: boolean][] = [
    [{ kind: 'status', status: 429 }, { code: 'RATE_LIMITED', failure: 'transient' }, false],
    [{ kind: 'status', status: 500 }, { code: 'SERVER_UNAVAILABLE', failure: 'transient' }, false],
    [{ kind: 'status', status: 503 }, { code: 'SERVER_UNAVAILABLE', failure: 'transient' }, false],
    [{ kind: 'status', status: 403 }, { code: 'CLIENT_BLOCKED', failure: 'application' }, false],
    [{ kind: 'html' }, { code: 'ANSWER_UNREADABLE', failure: 'transient' }, false],
    [{ kind: 'hang-before' }, { code: 'TIMED_OUT', failure: 'unknown-outcome' }, false],
    [{ kind: 'hang-after' }, { code: 'TIMED_OUT', failure: 'unknown-outcome' }, true],
    [{ kind: 'reset-before' }, { code: 'CONNECTION_LOST', failure: 'unknown-outcome' }, false],
    [{ kind: 'reset-after' }, { code: 'CONNECTION_LOST', failure: 'unknown-outcome' }, true],
    [{ kind: 'partial' }, { code: 'CONNECTION_LOST', failure: 'unknown-outcome' }, true],
  ]

  it.each(faults)('by %j a code is posted once: %j', async (fault, expected, acted) => {
    const { standIn, client, tokenRequests } = aStandIn({ timeoutMs: 200 })
    const callback = await aCallback(standIn, client)
    standIn.control.faults({ endpoint: 'token', ...fault })
    expect(await rejectionOf(client.exchangeCode(callback))).toMatchObject(expected)
    expect(tokenRequests().map((row) => row.acted)).toEqual([acted])
    standIn.control.clearFaults()
  })

  it.each(faults)('by %j a refresh is posted once: %j', async (fault, expected, acted) => {
    const { standIn, client, tokenRequests } = aStandIn({ timeoutMs: 200 })
    const { refreshToken } = await anAuthorization(standIn, client)
    standIn.control.faults({ endpoint: 'refresh', ...fault })
    expect(await rejectionOf(client.refresh(refreshToken))).toMatchObject(expected)
    expect(tokenRequests().map((row) => row.acted)).toEqual([true, acted])
    standIn.control.clearFaults()
  })
})
