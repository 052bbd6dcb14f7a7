import { describe, expect, it } from 'vitest'
import { Ledger } from './ledger.js'
import { ControlError } from './stand-in.js'
import { Rehearsal } from './testing/rehearsal.js'

const CONTROL = 'http://127.0.0.1:4010/control'

async function post(rehearsal: Rehearsal, verb: string, input: unknown) {
  const body = typeof input === 'string' ? input : JSON.stringify(input)
  const answer = await rehearsal.fetch(`${CONTROL}/${verb}`, { method: 'POST', body })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

describe('the controls over HTTP', () => {
  it.each([
    ['rotation', { mode: 'grace', graceSeconds: 10 }, { mode: 'grace', graceSeconds: 10 }],
    ['lifetimes', { accessSeconds: 60 }, { accessSeconds: 60, refreshSeconds: 5_183_999 }],
    ['password', { username: 'acme@example.com', password: 'new' }, { username: 'acme', voidedGrants: 0 }],
    ['clock', { advanceSeconds: 3600 }, { now: '2026-08-01T13:00:00.000Z' }],
    ['clock', { at: '2027-01-01T00:00:00Z' }, { now: '2027-01-01T00:00:00.000Z' }],
    [
      'faults',
      { endpoint: 'token', kind: 'html' },
      { faults: [{ endpoint: 'token', kind: 'html', times: 1 }] },
    ],
    ['reset', {}, { reset: true }],
  ])('%s %j', async (verb, input, output) => {
    expect(await post(new Rehearsal(), verb, input)).toEqual({ status: 200, body: output })
  })

  it('shows all quirks when one is set', async () => {
    const { body } = await post(new Rehearsal(), 'quirks', { state: 'drop' })
    expect(body).toMatchObject({ state: 'drop', codeSeconds: 600, basicWithVerifier: 'accept' })
  })

  it('serves the ledger, from a row on if asked', async () => {
    const rehearsal = new Rehearsal()
    await rehearsal.optIn()
    const all = await (await rehearsal.fetch(`${CONTROL}/ledger`)).json()
    const later = await (await rehearsal.fetch(`${CONTROL}/ledger?after=1`)).json()
    expect(all).toMatchObject({
      rows: [
        { id: 1, endpoint: 'authorize' },
        { id: 2, endpoint: 'token' },
      ],
    })
    expect(later).toMatchObject({ rows: [{ id: 2 }] })
  })

  it('clears the faults on DELETE', async () => {
    const rehearsal = new Rehearsal()
    rehearsal.control.faults({ endpoint: 'token', kind: 'html', times: 100 })
    expect(await (await rehearsal.fetch(`${CONTROL}/faults`, { method: 'DELETE' })).json()).toEqual({
      faults: [],
    })
  })

  it.each([
    ['rotation', { mode: 'lenient' }, 'mode is one of strict, grace, family-revoke, none.'],
    ['rotation', { grace: 5 }, 'grace is not known here; known are mode, graceSeconds.'],
    ['lifetimes', { accessSeconds: '3599' }, 'accessSeconds is a whole number, 0 or more.'],
    ['password', { username: 'nobody', password: 'x' }, 'There is no profile of that username.'],
    ['password', { username: 'acme' }, 'username and password are both needed.'],
    ['clock', {}, 'Either at or advanceSeconds is needed.'],
    ['clock', { at: 'noon' }, 'at is a date, such as 2026-08-01T12:00:00Z, or epoch milliseconds.'],
    ['clock', { advanceSeconds: 1e300 }, 'No calendar goes that far.'],
    ['quirks', { state: 'maybe' }, 'state is one of echo, drop.'],
    ['faults', { endpoint: 'token' }, 'endpoint and kind are both needed.'],
    [
      'faults',
      { endpoint: 'token', kind: 'status', status: 99 },
      'status is an HTTP status from 200 to 599.',
    ],
    ['faults', { endpoint: 'token', kind: 'html', times: 0 }, 'times is a whole number, 1 or more.'],
    [
      'faults',
      { endpoint: 'token', kind: 'html', headers: { 'a b': 'x' } },
      'headers is an object of header names and values.',
    ],
    ['reset', '{', 'The body is not JSON.'],
    ['clock', '[]', 'A JSON object is needed.'],
  ])('%s %j is refused: %s', async (verb, input, error) => {
    expect(await post(new Rehearsal(), verb, input)).toEqual({ status: 400, body: { error } })
  })

  it('has no other verbs', async () => {
    expect((await post(new Rehearsal(), 'toString', {})).status).toBe(404)
    expect((await post(new Rehearsal(), 'ledger', {})).status).toBe(404)
  })

  it('is closed to web pages, and to names that are not this machine', async () => {
    const rehearsal = new Rehearsal()
    const from = (headers: Record<string, string>, url = `${CONTROL}/reset`) =>
      rehearsal.fetch(url, { method: 'POST', body: '{}', headers })
    expect((await from({ origin: 'http://127.0.0.1:4010' })).status).toBe(403)
    expect((await from({ origin: 'null' })).status).toBe(403)
    expect((await from({ 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await from({}, 'http://rebound.example:4010/control/reset')).status).toBe(421)
    expect((await from({}, 'http://localhost:4010/control/reset')).status).toBe(200)
  })

  it('stays on loopback even when the stand-in is known by another name', async () => {
    const rehearsal = new Rehearsal({ publicUrl: 'http://ups.test:4010' })
    expect((await rehearsal.fetch('http://ups.test:4010/')).status).toBe(200)
    expect((await rehearsal.fetch('http://ups.test:4010/control/ledger')).status).toBe(403)
  })
})

describe('reset', () => {
  it('brings everything back to the beginning', async () => {
    const rehearsal = new Rehearsal()
    const tokens = await rehearsal.optIn()
    rehearsal.control.password({ username: 'acme', password: 'changed' })
    rehearsal.control.clock({ advanceSeconds: 1000 })
    rehearsal.control.quirks({ state: 'drop' })
    rehearsal.control.faults({ endpoint: 'authorize', kind: 'html' })
    rehearsal.control.reset()
    expect(rehearsal.control.ledger()).toEqual({ rows: [] })
    expect((await rehearsal.refresh(tokens.refresh_token)).status).toBe(400)
    expect((await rehearsal.optIn()).issued_at).toBe(String(Date.UTC(2026, 7, 1, 12)))
  })
})

describe('the controls as functions', () => {
  it('check what they are given as the controls over HTTP do', () => {
    expect(() => new Rehearsal().control.quirks({ codeSeconds: -1 })).toThrow(ControlError)
  })

  it('hand out copies of the ledger', async () => {
    const rehearsal = new Rehearsal()
    await rehearsal.optIn()
    for (const row of rehearsal.control.ledger().rows) row.acted = false
    expect(rehearsal.control.ledger().rows.at(-1)?.acted).toBe(true)
  })
})

it('forgets the oldest tenth of the ledger when it is full', () => {
  const ledger = new Ledger(20)
  const row = { at: '', endpoint: 'token', application: null, clientId: null, grantId: null } as const
  for (let count = 0; count < 21; count += 1) {
    ledger.record({ ...row, generation: null, outcome: 'issued', acted: true })
  }
  expect(ledger.rows().map(({ id }) => id)).toEqual(Array.from({ length: 19 }, (_, index) => index + 3))
})
