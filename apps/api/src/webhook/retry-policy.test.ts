import { expect, it } from 'vitest'
import { nextTryAt, restMs, retryAfterMs } from './retry-policy.js'

const minute = 60_000
const hour = 60 * minute
const now = new Date('2026-03-01T12:00:00.000Z')

it.each([
  [1, 5_000],
  [2, 5 * minute],
  [3, 30 * minute],
  [4, 2 * hour],
  [5, 5 * hour],
  [6, 10 * hour],
  [7, 14 * hour],
  [8, 20 * hour],
  [9, 24 * hour],
])('waits after attempt %i for %i ms, a tenth more or less', (attempts, ms) => {
  const waits = (random: number) =>
    (nextTryAt({ attempts, createdAt: now, now, retryAfterMs: null }, random)?.getTime() ?? 0) - now.getTime()
  expect([0, 0.5, 1].map(waits)).toEqual([0.9, 1, 1.1].map((part) => Math.round(ms * part)))
})

it('gives up after ten attempts, about three days, or after four days if it was asked to wait longer', () => {
  expect(nextTryAt({ attempts: 10, createdAt: now, now, retryAfterMs: null }, 0.5)).toBeNull()
  const createdAt = new Date(now.getTime() - 73 * hour)
  expect(nextTryAt({ attempts: 4, createdAt, now, retryAfterMs: 24 * hour }, 0.5)).toBeNull()
  expect(nextTryAt({ attempts: 4, createdAt, now, retryAfterMs: 22 * hour }, 0.5)).not.toBeNull()
})

it('honours what a receiver asks for, up to a day', () => {
  const waits = (ms: number) =>
    (nextTryAt({ attempts: 1, createdAt: now, now, retryAfterMs: ms }, 0.5)?.getTime() ?? 0) - now.getTime()
  expect([0, 3_000, 60_000, 24 * hour, 48 * hour].map(waits)).toEqual([
    ...[5_000, 5_000, 60_000],
    ...[24 * hour, 24 * hour],
  ])
  expect(retryAfterMs('120', now)).toBe(120_000)
  expect(retryAfterMs('Sun, 01 Mar 2026 13:00:00 GMT', now)).toBe(hour)
  expect(retryAfterMs('Sun, 01 Mar 2026 11:00:00 GMT', now)).toBe(0)
  for (const odd of [undefined, '', 'soon', '-5', '1e9', '1.5', '9999999999', '2026-03-01'])
    expect([odd, retryAfterMs(odd, now)]).toEqual([odd, null])
})

it('lets an endpoint that fails rest, for a minute at most', () => {
  expect([1, 2, 3, 5, 6, 7, 1_000].map(restMs)).toEqual([2_000, 4_000, 8_000, 32_000, 60_000, 60_000, 60_000])
})
