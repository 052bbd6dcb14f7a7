import { beforeEach, describe, expect, it } from 'vitest'
import { authorizationUrl, basic, errorOf, RATING, Rehearsal, type TokenFields } from './testing/rehearsal.js'

let rehearsal: Rehearsal
let tokens: TokenFields

beforeEach(async () => {
  rehearsal = new Rehearsal()
  tokens = await rehearsal.optIn()
})

const refresh = () => rehearsal.refresh(tokens.refresh_token)
const lastRow = () => rehearsal.control.ledger().rows.at(-1)

async function brokenBy(answer: Promise<Response>): Promise<unknown> {
  const error: unknown = await answer.then(
    () => null,
    (reason: unknown) => reason,
  )
  return error instanceof TypeError ? (error.cause as { code?: string }).code : error
}

describe('faults that keep the stand-in from acting', () => {
  it('answers a status in the form of UPS, and the next request as usual', async () => {
    rehearsal.control.faults({ endpoint: 'refresh', kind: 'status', status: 503 })
    expect((await refresh()).status).toBe(503)
    expect(lastRow()).toMatchObject({
      outcome: 'not-handled',
      acted: false,
      fault: 'status',
      application: 'RATING',
    })
    expect((await refresh()).status).toBe(200)
    expect(lastRow()).not.toHaveProperty('fault')
  })

  // UPS: neither Retry-After nor any other header tells when to come back.
  it('answers 429 without Retry-After, unless it is given one', async () => {
    rehearsal.control.faults({ endpoint: 'refresh', kind: 'status', status: 429 })
    rehearsal.control.faults({
      endpoint: 'refresh',
      kind: 'status',
      status: 429,
      headers: { 'Retry-After': '7' },
    })
    const [bare, told] = [await refresh(), await refresh()]
    expect(await errorOf(bare)).toEqual({ status: 429, code: '10429', message: 'Too Many Requests' })
    expect([bare, told].map((answer) => answer.headers.get('retry-after'))).toEqual([null, '7'])
  })

  it('answers the body it is given, as often as it is told', async () => {
    rehearsal.control.faults({ endpoint: 'token', kind: 'status', status: 200, body: '{"half":', times: 2 })
    const send = () => rehearsal.post('token', {}, { authorization: basic(RATING) })
    expect(await (await send()).text()).toBe('{"half":')
    expect((await send()).status).toBe(200)
    expect((await send()).status).toBe(400)
  })

  it('answers a page instead of JSON', async () => {
    rehearsal.control.faults({ endpoint: 'refresh', kind: 'html' })
    const answer = await refresh()
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/)
    expect(lastRow()?.acted).toBe(false)
  })

  it('redirects, which a fetch told to refuse redirects refuses', async () => {
    const fault = {
      endpoint: 'refresh',
      kind: 'status',
      status: 307,
      headers: { location: 'http://x.example/' },
    } as const
    rehearsal.control.faults({ ...fault, times: 2 })
    expect((await refresh()).headers.get('location')).toBe('http://x.example/')
    const url = 'http://127.0.0.1:4010/security/v1/oauth/refresh'
    await expect(rehearsal.standIn.fetch(url, { method: 'POST', redirect: 'error' })).rejects.toThrow(
      TypeError,
    )
  })

  it('breaks the connection, and the token is still good', async () => {
    rehearsal.control.faults({ endpoint: 'refresh', kind: 'reset-before' })
    expect(await brokenBy(refresh())).toBe('ECONNRESET')
    expect((await refresh()).status).toBe(200)
  })

  it('strands a person at authorize', async () => {
    rehearsal.control.faults({ endpoint: 'authorize', kind: 'status', status: 403 })
    expect(await errorOf(await rehearsal.fetch(authorizationUrl()))).toMatchObject({
      message: 'Blocked Merchant',
    })
  })
})

describe('faults after it has acted', () => {
  it('breaks the connection, and the token is used up', async () => {
    rehearsal.control.faults({ endpoint: 'refresh', kind: 'reset-after' })
    expect(await brokenBy(refresh())).toBe('ECONNRESET')
    expect(lastRow()).toMatchObject({
      outcome: 'refreshed',
      acted: true,
      fault: 'reset-after',
      generation: 2,
    })
    expect((await refresh()).status).toBe(400)
  })

  it('sends half of the answer, having promised the whole', async () => {
    rehearsal.control.faults({ endpoint: 'refresh', kind: 'partial' })
    const answer = await refresh()
    expect(Number(answer.headers.get('content-length'))).toBeGreaterThan(1000)
    await expect(answer.text()).rejects.toThrow('terminated')
    expect(lastRow()).toMatchObject({ acted: true, fault: 'partial' })
  })
})

describe('faults that keep the client waiting', () => {
  const impatient = (signal: AbortSignal) =>
    rehearsal.fetch('http://127.0.0.1:4010/security/v1/oauth/refresh', {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '' }),
      headers: { authorization: basic(RATING) },
      signal,
    })

  it.each([
    ['hang-before', false, 200],
    ['hang-after', true, 400],
  ] as const)('%s never answers; acted is %s', async (kind, acted, statusAfter) => {
    rehearsal.control.faults({ endpoint: 'refresh', kind })
    const patience = new AbortController()
    const answer = impatient(patience.signal)
    const rows = () => rehearsal.control.ledger().rows
    await expect.poll(() => rows().at(-1)?.fault).toBe(kind)
    patience.abort(new Error('enough'))
    await expect(answer).rejects.toThrow('enough')
    expect(lastRow()?.acted).toBe(acted)
    expect((await refresh()).status).toBe(statusAfter)
  })

  it('acts after a delay, even if the client has gone meanwhile', async () => {
    rehearsal.control.faults({ endpoint: 'refresh', kind: 'delay', ms: 20 })
    const patience = new AbortController()
    const answer = impatient(patience.signal)
    patience.abort(new Error('enough'))
    await expect(answer).rejects.toThrow('enough')
    await expect.poll(() => lastRow()?.fault).toBe('delay')
    expect(lastRow()).toMatchObject({ outcome: 'refreshed', acted: true })
  })

  it('lets go of what hangs, and cuts a delay short, when the faults are cleared', async () => {
    rehearsal.control.faults({ endpoint: 'refresh', kind: 'hang-before' })
    rehearsal.control.faults({ endpoint: 'refresh', kind: 'delay', ms: 3_600_000 })
    const hanging = brokenBy(refresh())
    const delayed = refresh()
    await expect.poll(() => lastRow()?.fault).toBe('hang-before')
    await new Promise((resolve) => setImmediate(resolve))
    expect(rehearsal.control.clearFaults()).toEqual({ faults: [] })
    expect(await hanging).toBe('ECONNRESET')
    expect((await delayed).status).toBe(200)
  })
})

it('keeps the faults of each endpoint in the order in which they were asked for', async () => {
  rehearsal.control.faults({ endpoint: 'refresh', kind: 'status', status: 500, times: 2 })
  rehearsal.control.faults({ endpoint: 'token', kind: 'html' })
  const { faults } = rehearsal.control.faults({ endpoint: 'refresh', kind: 'status', status: 502 })
  expect(faults.map(({ times }) => times)).toEqual([2, 1, 1])
  const statuses = [await refresh(), await refresh(), await refresh(), await refresh()].map(
    ({ status }) => status,
  )
  expect(statuses).toEqual([500, 500, 502, 200])
})
