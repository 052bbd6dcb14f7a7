import { beforeEach, describe, expect, it } from 'vitest'
import { authorizationUrl, basic, errorOf, RATING, Rehearsal, type TokenFields } from './testing/rehearsal.js'

let rehearsal: Rehearsal
let first: TokenFields

beforeEach(async () => {
  rehearsal = new Rehearsal()
  first = await rehearsal.optIn()
})

const fieldsOf = async (answer: Response) => (await answer.json()) as TokenFields
const refreshed = async (token: string | undefined) => fieldsOf(await rehearsal.refresh(token))
const statusOf = async (token: string | undefined) => (await rehearsal.refresh(token)).status

describe('refresh', () => {
  // UPS: each refresh returns a new pair, the used refresh token is dead, and refresh_count counts.
  it('gives a new pair and never takes the used token again', async () => {
    rehearsal.control.clock({ advanceSeconds: 3000 })
    const second = await refreshed(first.refresh_token)
    expect(second.refresh_token).not.toBe(first.refresh_token)
    expect(second.access_token).not.toBe(first.access_token)
    expect(second).toMatchObject({
      refresh_count: '1',
      expires_in: '3599',
      refresh_token_expires_in: '5183999',
    })
    expect(Number(second.issued_at) - Number(first.issued_at)).toBe(3_000_000)
    const again = await errorOf(await rehearsal.refresh(first.refresh_token))
    expect(again).toEqual({ status: 400, code: '10400', message: 'Invalid/Missing Refresh Token' })
    expect((await refreshed(second.refresh_token)).refresh_count).toBe('2')
  })

  it('tells in the ledger which generation came of it, and which was presented', async () => {
    await refreshed(first.refresh_token)
    await rehearsal.refresh(first.refresh_token)
    const rows = rehearsal.control.ledger().rows.slice(-2)
    expect(rows[0]).toMatchObject({ outcome: 'refreshed', acted: true, grantId: 'grant-1', generation: 2 })
    expect(rows[1]).toMatchObject({
      outcome: 'refresh-token-used',
      acted: false,
      grantId: 'grant-1',
      generation: 1,
    })
  })

  it('gives one of ten that ask at once with the same token a new pair', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => rehearsal.refresh(first.refresh_token)),
    )
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
  })

  it.each([
    ['a token that it never gave', { refresh_token: 'made-up' }, 'Invalid/Missing Refresh Token'],
    ['no token', {}, 'Invalid/Missing Refresh Token'],
    ['another grant type', { grant_type: 'authorization_code' }, 'Unsupported Grant Type'],
  ])('refuses %s', async (_what, changes, message) => {
    const fields = { grant_type: 'refresh_token', ...changes }
    const answer = await rehearsal.post('refresh', fields, { authorization: basic(RATING) })
    expect(await errorOf(answer)).toEqual({ status: 400, code: '10400', message })
  })

  it('refuses the token of another application, and leaves it alive', async () => {
    const other = basic({ clientId: 'returns-client', clientSecret: 'returns-secret-new' })
    expect((await rehearsal.refresh(first.refresh_token, other)).status).toBe(400)
    expect(await statusOf(first.refresh_token)).toBe(200)
  })

  it('refuses a wrong secret before it looks at the token', async () => {
    const wrong = await rehearsal.refresh(first.refresh_token, basic({ ...RATING, clientSecret: 'x' }))
    expect(await errorOf(wrong)).toEqual({ status: 401, code: '10401', message: 'ClientId is Invalid' })
    expect(await statusOf(first.refresh_token)).toBe(200)
  })

  it('refuses a token whose time is over', async () => {
    rehearsal.control.clock({ advanceSeconds: 5_183_999 })
    expect(await statusOf(first.refresh_token)).toBe(400)
    expect(rehearsal.story().at(-1)).toBe('refresh refresh-token-expired')
  })

  // UPS: resetting the password voids all tokens of the profile.
  it('refuses every token of a profile whose password was changed', async () => {
    const second = await rehearsal.optIn()
    expect(rehearsal.control.password({ username: 'acme', password: 'new' })).toEqual({
      username: 'acme',
      voidedGrants: 2,
    })
    expect(await Promise.all([first, second].map((set) => statusOf(set.refresh_token)))).toEqual([400, 400])
    expect(await rehearsal.opens(first.access_token)).toBe(false)
    expect(rehearsal.story().at(-1)).toBe('refresh grant-void')
  })
})

describe('rotation mode grace', () => {
  beforeEach(() => void rehearsal.control.rotation({ mode: 'grace', graceSeconds: 30 }))

  it('answers a used token again within the grace, and no longer', async () => {
    await refreshed(first.refresh_token)
    rehearsal.control.clock({ advanceSeconds: 30 })
    expect(await statusOf(first.refresh_token)).toBe(200)
    rehearsal.control.clock({ advanceSeconds: 1 })
    expect(await statusOf(first.refresh_token)).toBe(400)
  })

  it('harms none of the answers that it gave', async () => {
    const [one, two] = [await refreshed(first.refresh_token), await refreshed(first.refresh_token)]
    expect(await statusOf(one.refresh_token)).toBe(200)
    expect(await statusOf(two.refresh_token)).toBe(200)
  })

  it('does not stretch over several generations', async () => {
    const second = await refreshed(first.refresh_token)
    await refreshed(second.refresh_token)
    expect(await statusOf(first.refresh_token)).toBe(400)
    expect(await statusOf(second.refresh_token)).toBe(200)
  })

  it('does not survive a change of the password', async () => {
    await refreshed(first.refresh_token)
    rehearsal.control.password({ username: 'acme', password: 'new' })
    expect(await statusOf(first.refresh_token)).toBe(400)
  })
})

describe('the other rotation modes', () => {
  it('ends the whole grant in family-revoke when a used token comes again', async () => {
    rehearsal.control.rotation({ mode: 'family-revoke' })
    const second = await refreshed(first.refresh_token)
    expect(await statusOf(first.refresh_token)).toBe(400)
    expect(await statusOf(second.refresh_token)).toBe(400)
    expect(rehearsal.story().slice(-2)).toEqual(['refresh refresh-token-used acted', 'refresh grant-void'])
  })

  it('returns the same refresh token in none, with what is left of its life', async () => {
    rehearsal.control.rotation({ mode: 'none' })
    rehearsal.control.clock({ advanceSeconds: 1000 })
    const second = await refreshed(first.refresh_token)
    expect(second.refresh_token).toBe(first.refresh_token)
    expect(second.refresh_token_issued_at).toBe(first.refresh_token_issued_at)
    expect(second.refresh_token_expires_in).toBe('5182999')
    expect(await statusOf(first.refresh_token)).toBe(200)
  })

  it('says nothing of the refresh token in none, when told so', async () => {
    rehearsal.control.rotation({ mode: 'none' })
    rehearsal.control.quirks({ unrotatedRefreshToken: 'omitted' })
    const second = await refreshed(first.refresh_token)
    expect(Object.keys(second).filter((name) => name.startsWith('refresh_token'))).toEqual([])
  })
})

describe('quirks of refresh', () => {
  it('lets the old access token live on, or die', async () => {
    const second = await refreshed(first.refresh_token)
    expect(await rehearsal.opens(first.access_token)).toBe(true)
    rehearsal.control.quirks({ oldAccessToken: 'dies' })
    const third = await refreshed(second.refresh_token)
    expect(await rehearsal.opens(second.access_token)).toBe(false)
    expect(await rehearsal.opens(third.access_token)).toBe(true)
  })

  it('ends the refresh window where the first one ended, when it is absolute', async () => {
    rehearsal.control.quirks({ refreshWindow: 'absolute' })
    rehearsal.control.clock({ advanceSeconds: 1000 })
    expect((await refreshed(first.refresh_token)).refresh_token_expires_in).toBe('5182999')
  })

  it('takes a client without Basic only when told to', async () => {
    const fields = {
      grant_type: 'refresh_token',
      refresh_token: first.refresh_token ?? '',
      client_id: RATING.clientId,
    }
    expect((await rehearsal.post('refresh', fields)).status).toBe(400)
    rehearsal.control.quirks({ publicRefresh: 'accept' })
    expect((await rehearsal.post('refresh', fields)).status).toBe(200)
  })

  it('gives the reason of a refusal when told to', async () => {
    rehearsal.control.quirks({ refreshRefusal: 'by-reason' })
    await refreshed(first.refresh_token)
    expect((await errorOf(await rehearsal.refresh(first.refresh_token))).message).toBe(
      'Refresh Token Already Used',
    )
    rehearsal.control.password({ username: 'acme', password: 'new' })
    expect((await errorOf(await rehearsal.refresh(first.refresh_token))).message).toBe(
      'Refresh Token Revoked',
    )
  })
})

it('keeps no token and no code in its state or in its ledger, only hashes', async () => {
  const states: string[] = []
  const watched = new Rehearsal({ onChange: (state) => states.push(JSON.stringify(state)) })
  const code = await watched.code()
  const tokens = (await (await watched.exchange(code)).json()) as TokenFields
  await watched.refresh(tokens.refresh_token)
  const seen = states.join() + JSON.stringify(watched.control.ledger())
  expect(states.length).toBeGreaterThan(2)
  for (const value of [code, tokens.access_token, tokens.refresh_token, 'rating-secret', 'ups-demo']) {
    expect(seen).not.toContain(value)
  }
})

it('goes on from a restored state: the grants live, the changed password holds', async () => {
  let saved = ''
  const before = new Rehearsal({ onChange: (state) => void (saved = JSON.stringify(state)) })
  before.control.password({ username: 'acme', password: 'changed' })
  before.control.clock({ advanceSeconds: 60 })
  await expect(before.optIn()).rejects.toThrow('did not lead back')
  before.control.password({ username: 'acme', password: 'ups-demo' })
  const tokens = await before.optIn()
  const after = new Rehearsal({ state: JSON.parse(saved) as never })
  expect((await after.refresh(tokens.refresh_token)).status).toBe(200)
  expect(await after.opens(tokens.access_token)).toBe(true)
  expect((await after.fetch(authorizationUrl())).status).toBe(302)
  expect(after.control.clock({ advanceSeconds: 0 }).now).toBe('2026-08-01T12:01:00.000Z')
})
