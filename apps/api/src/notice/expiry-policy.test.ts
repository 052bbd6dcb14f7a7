import { expect, it } from 'vitest'
import { stageOf } from './expiry-policy.js'

const day = 24 * 3600_000
const lifeOf = (days: number) => ({ refreshIssuedAt: new Date(0), refreshExpiresAt: new Date(days * day) })
const stages = (life: number, at: number) =>
  stageOf(lifeOf(life), new Date(at * day))?.replace(/ .*/, '') ?? null

it.each([
  // life of the refresh token, days gone by, the warning that is due
  [60, 45, null],
  [60, 46, '14'],
  [60, 52.9, '14'],
  [60, 53, '7'],
  [60, 59, '1'],
  [60, 60, null],
  // Half of a shorter life is not over then: the hub has not even tried.
  [30, 16, null],
  [30, 23, '7'],
  [10, 3, null],
  [10, 9, '1'],
  [1, 0.9, null],
])('of a token for %d days, after %d days, the warning is %s', (life, at, warning) => {
  expect(stages(life, at)).toBe(warning)
})

it('names the end in the warning, so that a renewed token is warned of anew', () => {
  expect(stageOf(lifeOf(60), new Date(59 * day))).not.toBe(stageOf(lifeOf(61), new Date(60 * day)))
})
