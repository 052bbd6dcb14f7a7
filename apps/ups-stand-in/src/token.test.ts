import { describe, expect, it } from 'vitest'
import { signInAndAgree } from './stand-in.js'
import {
  ACME,
  authorizationUrl,
  basic,
  errorOf,
  RATING,
  Rehearsal,
  RETURNS,
  START,
} from './testing/rehearsal.js'

// RFC 7636, appendix B
const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
const CHALLENGE = { code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM' }

describe('exchanging a code', () => {
  // UPS: twelve fields, every value a string; times in epoch milliseconds, lifetimes in seconds.
  it('answers twelve strings', async () => {
    const rehearsal = new Rehearsal()
    const fields = await rehearsal.optIn()
    const { access_token, refresh_token, ...rest } = fields
    const now = String(START.getTime())
    expect(rest).toEqual({
      token_type: 'Bearer',
      expires_in: '3599',
      issued_at: now,
      refresh_token_expires_in: '5183999',
      refresh_token_issued_at: now,
      refresh_token_status: 'approved',
      refresh_count: '0',
      status: 'approved',
      client_id: 'rating-client',
      scope: '',
    })
    expect(access_token?.length).toBeLessThanOrEqual(1000)
    expect(refresh_token).not.toBe(access_token)
    expect(rehearsal.story()).toEqual(['authorize sent-to-login', 'token issued acted'])
    expect(rehearsal.control.ledger().rows[1]).toMatchObject({
      at: START.toISOString(),
      application: 'RATING',
      clientId: 'rating-client',
      grantId: 'grant-1',
      generation: 1,
    })
  })

  it('gives an access token that opens UPS until it expires', async () => {
    const rehearsal = new Rehearsal()
    const { access_token } = await rehearsal.optIn()
    expect(await rehearsal.opens(access_token)).toBe(true)
    expect(await rehearsal.opens('made-up')).toBe(false)
    rehearsal.control.clock({ advanceSeconds: 3599 })
    expect(await rehearsal.opens(access_token)).toBe(false)
  })

  it('forbids keeping the answer (RFC 6749 5.1)', async () => {
    const rehearsal = new Rehearsal()
    const answer = await rehearsal.exchange(await rehearsal.code())
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  // RFC 6749 4.1.2: single use; a second use also revokes what came of the first.
  it('takes a code once, and ends the grant when it comes again', async () => {
    const rehearsal = new Rehearsal()
    const code = await rehearsal.code()
    const { access_token } = (await (await rehearsal.exchange(code)).json()) as Record<string, string>
    expect(await errorOf(await rehearsal.exchange(code))).toMatchObject({ status: 400, code: '10400' })
    expect(await rehearsal.opens(access_token)).toBe(false)
    expect(rehearsal.story().at(-1)).toBe('token code-used acted')
  })

  it('ends no grant for a replayed code when told not to', async () => {
    const rehearsal = new Rehearsal()
    rehearsal.control.quirks({ replayedCode: 'refuse' })
    const code = await rehearsal.code()
    const { access_token } = (await (await rehearsal.exchange(code)).json()) as Record<string, string>
    expect((await rehearsal.exchange(code)).status).toBe(400)
    expect(await rehearsal.opens(access_token)).toBe(true)
  })

  it('lets a code grow too old: after ten minutes, or what it is told', async () => {
    const rehearsal = new Rehearsal()
    const first = await rehearsal.code()
    rehearsal.control.clock({ advanceSeconds: 599 })
    expect((await rehearsal.exchange(first)).status).toBe(200)
    rehearsal.control.quirks({ codeSeconds: 30 })
    const second = await rehearsal.code()
    rehearsal.control.clock({ advanceSeconds: 30 })
    expect((await rehearsal.exchange(second)).status).toBe(400)
    expect(rehearsal.story().at(-1)).toBe('token code-expired')
  })

  it('refuses the code of another application, and leaves it to its owner', async () => {
    const rehearsal = new Rehearsal()
    const code = await rehearsal.code({}, RETURNS)
    const foreign = await rehearsal.exchange(code, { redirect_uri: RETURNS.redirectUri })
    expect(foreign.status).toBe(400)
    const fields = { grant_type: 'authorization_code', code, redirect_uri: RETURNS.redirectUri }
    const secret = { clientId: RETURNS.clientId, clientSecret: 'returns-secret-old' }
    const own = await rehearsal.post('token', fields, { authorization: basic(secret) })
    expect(own.status).toBe(200)
  })

  it('spends a code that comes with another address', async () => {
    const rehearsal = new Rehearsal()
    const code = await rehearsal.code()
    const wrong = await rehearsal.exchange(code, { redirect_uri: RETURNS.redirectUri })
    expect((await errorOf(wrong)).message).toBe('Invalid Redirect URL')
    expect((await rehearsal.exchange(code)).status).toBe(400)
    expect(rehearsal.story().slice(-2)).toEqual(['token redirect-mismatch acted', 'token code-used'])
  })
})

// UPS: the first two are documented; the words of the third are our assumption.
const HEADER_MISSING = { status: 400, code: '10400', message: 'Invalid/Missing Authorization Header' }
const CLIENT_INVALID = { status: 401, code: '10401', message: 'ClientId is Invalid' }
const CODE_MISSING = { status: 400, code: '10400', message: 'Invalid/Missing Authorization Code' }

describe('what token refuses', () => {
  const form = { grant_type: 'authorization_code', code: 'x', redirect_uri: RATING.redirectUri }

  it.each([
    ['no Authorization header', {}, HEADER_MISSING],
    ['another scheme', { authorization: 'Bearer x' }, HEADER_MISSING],
    ['an unknown client', { authorization: basic({ ...RATING, clientId: 'x' }) }, CLIENT_INVALID],
    ['a wrong secret', { authorization: basic({ ...RATING, clientSecret: 'x' }) }, CLIENT_INVALID],
    ['an unknown code', { authorization: basic(RATING) }, CODE_MISSING],
  ])('%s', async (_what, headers, error) => {
    const rehearsal = new Rehearsal()
    const answer = await rehearsal.post('token', form, headers as Record<string, string>)
    expect(await errorOf(answer)).toEqual(error)
  })

  // UPS: the refresh grant has a path of its own.
  it('the refresh grant', async () => {
    const rehearsal = new Rehearsal()
    const { refresh_token } = await rehearsal.optIn()
    const fields = { grant_type: 'refresh_token', refresh_token: refresh_token ?? '' }
    const answer = await rehearsal.post('token', fields, { authorization: basic(RATING) })
    expect(await errorOf(answer)).toEqual({ status: 400, code: '10400', message: 'Unsupported Grant Type' })
    expect((await rehearsal.refresh(refresh_token)).status).toBe(200)
  })

  it('a body that is not a form, a field that comes twice, and a method other than POST', async () => {
    const rehearsal = new Rehearsal()
    const url = 'http://127.0.0.1:4010/security/v1/oauth/token'
    const headers = { authorization: basic(RATING), 'content-type': 'application/json' }
    expect((await rehearsal.fetch(url, { method: 'POST', body: '{}', headers })).status).toBe(400)
    const twice = { ...headers, 'content-type': 'application/x-www-form-urlencoded' }
    expect(
      (await rehearsal.fetch(url, { method: 'POST', body: 'code=a&code=b', headers: twice })).status,
    ).toBe(400)
    expect((await rehearsal.fetch(url)).status).toBe(405)
    expect(rehearsal.story()).toEqual([
      'token content-type-refused',
      'token parameter-repeated',
      'token method-refused',
    ])
  })

  it('says WWW-Authenticate on 401 unless told not to (RFC 6749 5.2)', async () => {
    const rehearsal = new Rehearsal()
    const headers = { authorization: basic({ ...RATING, clientSecret: 'x' }) }
    expect((await rehearsal.post('token', form, headers)).headers.get('www-authenticate')).toMatch(/^Basic /)
    rehearsal.control.quirks({ wwwAuthenticate: 'omit' })
    expect((await rehearsal.post('token', form, headers)).headers.get('www-authenticate')).toBeNull()
  })
})

describe('PKCE', () => {
  const publicForm = (code: string, changes: Record<string, string> = {}) => ({
    grant_type: 'authorization_code',
    code,
    redirect_uri: RATING.redirectUri,
    client_id: RATING.clientId,
    code_verifier: VERIFIER,
    ...changes,
  })

  // UPS: with a verifier the client names itself in the body and sends no Authorization header.
  it('exchanges without Basic when the verifier fits the challenge', async () => {
    const rehearsal = new Rehearsal()
    const answer = await rehearsal.post('token', publicForm(await rehearsal.code(CHALLENGE)))
    expect(answer.status).toBe(200)
    expect(rehearsal.control.ledger().rows.at(-1)).toMatchObject({ application: 'RATING', outcome: 'issued' })
  })

  it('refuses another verifier, and then the code', async () => {
    const rehearsal = new Rehearsal()
    const code = await rehearsal.code(CHALLENGE)
    const wrong = await rehearsal.post(
      'token',
      publicForm(code, { code_verifier: VERIFIER.replace('d', 'e') }),
    )
    expect((await errorOf(wrong)).message).toBe('Invalid/Missing Code Verifier')
    expect((await rehearsal.post('token', publicForm(code))).status).toBe(400)
  })

  // RFC 9700 4.8.2
  it('refuses a verifier for a code that was asked for without a challenge', async () => {
    const rehearsal = new Rehearsal()
    const answer = await rehearsal.post('token', publicForm(await rehearsal.code()))
    expect((await errorOf(answer)).message).toBe('Invalid/Missing Code Verifier')
  })

  it('refuses a client without Basic that sends no verifier', async () => {
    const rehearsal = new Rehearsal()
    const { code_verifier: _, ...fields } = publicForm(await rehearsal.code(CHALLENGE))
    const answer = await rehearsal.post('token', fields)
    expect((await errorOf(answer)).message).toBe('Invalid/Missing Authorization Header')
  })

  it('wants the verifier of a confidential client too, unless told otherwise (RFC 7636 4.6)', async () => {
    const rehearsal = new Rehearsal()
    expect((await rehearsal.exchange(await rehearsal.code(CHALLENGE))).status).toBe(400)
    rehearsal.control.quirks({ missingVerifier: 'accept' })
    expect((await rehearsal.exchange(await rehearsal.code(CHALLENGE))).status).toBe(200)
  })

  it('accepts Basic and verifier together, unless told otherwise', async () => {
    const rehearsal = new Rehearsal()
    const both = async () => rehearsal.exchange(await rehearsal.code(CHALLENGE), { code_verifier: VERIFIER })
    expect((await both()).status).toBe(200)
    rehearsal.control.quirks({ basicWithVerifier: 'refuse' })
    expect((await both()).status).toBe(400)
  })
})

describe('variants of the token answer', () => {
  it('can leave out scope and refresh_count, as some samples of UPS do', async () => {
    const rehearsal = new Rehearsal()
    rehearsal.control.quirks({
      scopeInAnswer: 'absent',
      refreshCountInAnswer: 'absent',
      cacheControl: 'omit',
    })
    const answer = await rehearsal.exchange(await rehearsal.code())
    expect(answer.headers.get('cache-control')).toBeNull()
    expect(Object.keys((await answer.json()) as object)).toHaveLength(10)
  })

  it('can name the scope and write numbers as numbers', async () => {
    const rehearsal = new Rehearsal()
    rehearsal.control.quirks({ scopeInAnswer: 'value', numbers: 'numbers' })
    expect(await rehearsal.optIn()).toMatchObject({ scope: 'read', expires_in: 3599, refresh_count: 0 })
  })

  it('has other lifetimes when told so', async () => {
    const rehearsal = new Rehearsal()
    rehearsal.control.lifetimes({ accessSeconds: 14_399, refreshSeconds: 604_799 })
    expect(await rehearsal.optIn()).toMatchObject({ expires_in: '14399', refresh_token_expires_in: '604799' })
  })

  it('keeps a second authorization apart from the first, or ends the first', async () => {
    const rehearsal = new Rehearsal()
    const [first, second] = [await rehearsal.optIn(), await rehearsal.optIn()]
    expect(await rehearsal.opens(first.access_token)).toBe(true)
    rehearsal.control.quirks({ secondAuthorization: 'voids-first' })
    const third = await rehearsal.optIn()
    const open = await Promise.all([first, second, third].map((set) => rehearsal.opens(set.access_token)))
    expect(open).toEqual([false, false, true])
  })
})

it('makes the same values from the same random bytes', async () => {
  const randomBytes = (length: number) => new Uint8Array(length).fill(7)
  const codes = await Promise.all(
    [1, 2].map(async () => {
      const { standIn } = new Rehearsal({ randomBytes })
      return (await signInAndAgree(standIn, authorizationUrl(), ACME)).searchParams.get('code')
    }),
  )
  expect(codes[0]).toBe(codes[1])
})
