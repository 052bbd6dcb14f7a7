import { describe, expect, it } from 'vitest'
import { afterTry, afterUse, type Attempts } from './attempt-policy.js'

const minute = 60_000
const start = new Date('2026-03-01T12:00:00.000Z')
const later = (ms: number) => new Date(start.getTime() + ms)
const none: Attempts = { count: 0, beganAt: start, lastAt: start }

/** When, in minutes, somebody who tries each minute for `minutes` gets a try. */
function triedAt(minutes: number): number[] {
  let state = none
  const tried: number[] = []
  for (let at = 0; at < minutes; at++) {
    const next = afterTry(state, later(at * minute))
    if (!next) continue
    state = next
    tried.push(at)
  }
  return tried
}

describe('wrong tries at one account', () => {
  it('are five, then one after 15 minutes, 30, 60 and so on up to four hours', () => {
    expect(triedAt(24 * 60)).toEqual([0, 1, 2, 3, 4, 19, 49, 109, 229, 469, 709, 949, 1189, 1429])
  })

  it('are never more than five in any quarter of an hour, however they are spread', () => {
    for (const step of [1, 7, 30, 179, 180, 300, 899]) {
      let state = none
      const tried: number[] = []
      for (let second = 0; second < 6 * 3600; second += step) {
        const next = afterTry(state, later(second * 1000))
        if (next) tried.push(second)
        state = next ?? state
      }
      const most = Math.max(
        ...tried.map((from) => tried.filter((at) => at >= from && at < from + 900).length),
      )
      expect(most, `each ${step} s`).toBeLessThanOrEqual(5)
    }
  })

  it('are forgotten after a quiet quarter of an hour, or after a day once it was locked', () => {
    const four = { count: 4, beganAt: start, lastAt: start }
    expect(afterTry(four, later(15 * minute))?.count).toBe(1)
    expect(afterTry(four, later(15 * minute - 1))?.count).toBe(5)
    const locked = { count: 9, beganAt: start, lastAt: start }
    expect(afterTry(locked, later(24 * 60 * minute - 1))?.count).toBe(10)
    expect(afterTry(locked, later(24 * 60 * minute))?.count).toBe(1)
  })
})

it('allows so many uses in a window, and counts from one in the next', () => {
  const limit = { atMost: 3, windowMs: 60 * minute }
  let state = none
  for (let use = 1; use <= 3; use++) {
    const next = afterUse(state, later(use), limit)
    expect(next?.count).toBe(use)
    state = next ?? state
  }
  expect(afterUse(state, later(59 * minute), limit)).toBeNull()
  expect(afterUse(state, later(60 * minute + 1), limit)?.count).toBe(1)
})
