import { describe, expect, it } from 'vitest'
import { isExpiring, OAuthError, Secret } from './index.js'
import { aClient, json, now, rejectionOf, upsAnswer } from './testing/a-client.js'

const refreshToken = Secret.of('old-refresh-token')

const malformed: [what: string, body: unknown][] = [
  ['null', null],
  ['a string', 'canary-access-token'],
  ['a number', 3599],
  ['true', true],
  ['an array', [upsAnswer]],
  ['an empty array', []],
  ['an empty object', {}],
  ['an error of UPS', { response: { errors: [{ code: '10400', message: 'Invalid Refresh Token' }] } }],
  ['an error of RFC 6749', { error: 'invalid_grant' }],
  ['an answer within an answer', { response: upsAnswer }],
  ...fields('access_token', [
    undefined,
    null,
    '',
    ' ',
    7,
    true,
    {},
    ['x'],
    'a b',
    'a\nb',
    'a\u0000b',
    'tökén',
    'x'.repeat(8193),
  ]),
  ...fields('token_type', [undefined, null, '', 'MAC', 'DPoP', 'Bearer ', 7, ['Bearer']]),
  ...fields('expires_in', [
    undefined,
    null,
    '',
    'soon',
    '0',
    0,
    '-1',
    -1,
    'NaN',
    'Infinity',
    '1e9',
    '0x10',
    ' 3599',
    '3599 s',
  ]),
  ...fields('expires_in', ['315360001', 315360001, '9'.repeat(400), true, {}, [3599]]),
  ...fields('refresh_token', [' ', 7, true, {}, ['x'], 'a b', 'a\u007fb', 'x'.repeat(8193)]),
  ...fields('refresh_token_expires_in', ['', 'soon', '0', '-1', 'Infinity', '315360001', {}]),
  ...fields('client_id', ['', 'ANOTHER', null, 7]),
  ...fields('status', ['', 'pending', 'denied', null, true]),
  ...fields('refresh_token_status', ['', 'revoked', null]),
  ...fields('scope', [7, {}, ['read']]),
]

function fields(name: string, values: unknown[]): [string, unknown][] {
  return values.map((value) => [
    `${name} = ${JSON.stringify(value)?.slice(0, 40)}`,
    { ...upsAnswer, [name]: value },
  ])
}

describe('a malformed token answer', () => {
  it('is in the table more than 60 times', () => {
    expect(malformed.length).toBeGreaterThan(60)
  })

  it.each(malformed)('is refused as of unknown outcome: %s', async (_what, body) => {
    const { client, sent } = aClient(() => json(body))
    const errors = [
      await rejectionOf(client.refresh(refreshToken)),
      await rejectionOf(client.exchangeCode({ code: Secret.of('c'), codeVerifier: null })),
    ]
    for (const error of errors) {
      expect(error).toBeInstanceOf(OAuthError)
      expect(error).toMatchObject({ code: 'TOKEN_ANSWER_INVALID', failure: 'unknown-outcome', status: 200 })
      expect(String((error as Error).stack)).not.toContain('canary')
    }
    expect(sent).toHaveLength(2)
  })

  it.each([
    ['half an object', '{"access_token":"canary'],
    ['nothing', ''],
    ['HTML with a JSON label', '<html>'],
    ['1e999', JSON.stringify(upsAnswer).replace('"3599"', '1e999')],
    ['two objects', '{}{}'],
    ['NaN', '{"expires_in":NaN}'],
  ])('is refused when its text is %s', async (_what, text) => {
    const headers = { 'content-type': 'application/json' }
    const error = await rejectionOf(
      aClient(() => new Response(text, { headers })).client.refresh(refreshToken),
    )
    expect(error).toMatchObject({ code: 'TOKEN_ANSWER_INVALID', failure: 'unknown-outcome' })
    expect(String((error as Error).stack)).not.toContain('canary')
  })
})

describe('the limits of a token answer', () => {
  it.each([
    ['a token of one character', { access_token: 'x' }],
    ['a token of 8192 characters', { access_token: 'x'.repeat(8192), refresh_token: '~'.repeat(8192) }],
    ['ten years', { expires_in: '315360000', refresh_token_expires_in: 315360000 }],
    ['one second', { expires_in: 1 }],
  ])('allow %s', async (_what, given) => {
    const tokens = await aClient(() => json({ ...upsAnswer, ...given })).client.refresh(refreshToken)
    expect(tokens.expiresAt.getTime()).toBeGreaterThan(now.getTime())
  })
})

describe('an answer without a new refresh token', () => {
  it.each([undefined, null, ''])('keeps the one that was sent when the field is %j', async (given) => {
    const tokens = await aClient(() => json({ ...upsAnswer, refresh_token: given })).client.refresh(
      refreshToken,
    )
    expect(tokens.refreshToken.reveal()).toBe('old-refresh-token')
    expect(tokens).toMatchObject({ refreshTokenRotated: false, refreshExpiresAt: null })
  })

  it.each([undefined, null, ''])('is no answer to a code when the field is %j', async (given) => {
    const { client } = aClient(() => json({ ...upsAnswer, refresh_token: given }))
    const error = await rejectionOf(client.exchangeCode({ code: Secret.of('c'), codeVerifier: null }))
    expect(error).toMatchObject({ code: 'TOKEN_ANSWER_INVALID' })
  })

  it('is not the same as one that repeats it, with a lifetime of its own', async () => {
    const given = { ...upsAnswer, refresh_token: 'old-refresh-token' }
    const tokens = await aClient(() => json(given)).client.refresh(refreshToken)
    expect(tokens.refreshTokenRotated).toBe(false)
    expect(tokens.refreshExpiresAt).toEqual(new Date(now.getTime() + 5183999_000))
  })
})

describe('times', () => {
  it.each([-1, 0, 1])('count from our receipt when the clock of UPS is off by %i h', async (hours) => {
    const theirs = now.getTime() + hours * 3_600_000
    const { client } = aClient(() => json({ ...upsAnswer, issued_at: String(theirs) }))
    const tokens = await client.refresh(refreshToken)
    expect(tokens.issuedAt).toEqual(now)
    expect(tokens.expiresAt).toEqual(new Date(now.getTime() + 3599_000))
    expect(tokens.refreshIssuedAt).toEqual(now)
    expect(tokens.refreshExpiresAt).toEqual(new Date(now.getTime() + 5183999_000))
    expect(tokens.providerIssuedAt).toEqual(new Date(theirs))
  })

  it('count from the end of the answer, not from the question', async () => {
    let at = now
    const late = new Date(now.getTime() + 20_000)
    const answer = () => {
      at = late
      return json(upsAnswer)
    }
    const tokens = await aClient(answer, { clock: () => at }).client.refresh(refreshToken)
    expect(tokens.issuedAt).toEqual(late)
  })

  it('are unknown for a refresh token without a lifetime', async () => {
    const { client } = aClient(() => json({ ...upsAnswer, refresh_token_expires_in: undefined }))
    expect(await client.refresh(refreshToken)).toMatchObject({
      refreshExpiresAt: null,
      refreshTokenRotated: true,
    })
  })

  it.each([
    [61_000, false],
    [60_000, true],
    [0, true],
    [-1, true],
  ])('with %i ms left and a margin of a minute, isExpiring is %s', (left, expected) => {
    expect(isExpiring({ expiresAt: new Date(now.getTime() + left) }, now)).toBe(expected)
  })
})
