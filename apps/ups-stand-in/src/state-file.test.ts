import { appendFileSync, mkdtempSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { StateFile } from './state-file.js'
import { Rehearsal } from './testing/rehearsal.js'

let path: string
let file: StateFile
let rehearsal: Rehearsal

beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), 'stand-in-')), 'stand-in-state.json')
  file = new StateFile(path)
  rehearsal = new Rehearsal({ onChange: (state, change) => file.changed(state, change) })
})

function restored(): Rehearsal {
  const state = new StateFile(path).read()
  return new Rehearsal(state && { state })
}

it('has nothing to restore before the first start', () => {
  expect(file.read()).toBeUndefined()
})

it('restores what came after the last whole writing as well', async () => {
  rehearsal.control.clock({ advanceSeconds: 60 })
  await file.written()
  const first = await rehearsal.optIn()
  await file.written()
  const second = (await (await rehearsal.refresh(first.refresh_token)).json()) as typeof first
  await file.written()
  const again = restored()
  expect((await again.refresh(first.refresh_token)).status).toBe(400)
  expect((await again.refresh(second.refresh_token)).status).toBe(200)
  await again.optIn()
  expect(again.control.ledger().rows.at(-1)?.grantId).toBe('grant-2')
})

it('remembers that a code was used', async () => {
  const code = await rehearsal.code()
  await rehearsal.exchange(code)
  await file.written()
  expect((await restored().exchange(code)).status).toBe(400)
})

it('overlooks a last line that a kill cut off', async () => {
  rehearsal.control.clock({ advanceSeconds: 60 })
  await file.written()
  const tokens = await rehearsal.optIn()
  await file.written()
  appendFileSync(path, '{"grant":{"id":"grant-1","voi')
  expect((await restored().refresh(tokens.refresh_token)).status).toBe(200)
})

it('is written as a whole, for its owner only, after a change that is more than one grant', async () => {
  const tokens = await rehearsal.optIn()
  rehearsal.control.password({ username: 'acme', password: 'another' })
  await file.written()
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(readFileSync(path, 'utf8').trim().split('\n')).toHaveLength(1)
  expect((await restored().refresh(tokens.refresh_token)).status).toBe(400)
})

it('does not grow for ever', async () => {
  let tokens = await rehearsal.optIn()
  let longest = 0
  for (let count = 0; count < 600; count += 1) {
    tokens = (await (await rehearsal.refresh(tokens.refresh_token)).json()) as typeof tokens
    await file.written()
    longest = Math.max(longest, statSync(path).size)
  }
  expect(longest).toBeGreaterThan(1024 * 1024)
  expect(statSync(path).size).toBeLessThan(1024 * 1024)
  expect((await restored().refresh(tokens.refresh_token)).status).toBe(200)
})
