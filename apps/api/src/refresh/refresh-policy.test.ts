import { expect, it } from 'vitest'
import { nextAttemptAt, refreshDueAt } from './refresh-policy.js'

const issuedAt = new Date('2026-01-01T00:00:00.000Z')
const after = (seconds: number) => new Date(issuedAt.getTime() + seconds * 1000)
const secondsAfter = (moment: Date) => (moment.getTime() - issuedAt.getTime()) / 1000

it.each([
  { life: 3599, random: 0, due: 3599 - 359.9, why: 'a tenth of an hour' },
  { life: 3599, random: 1, due: 3599 - 359.9 * 1.1, why: 'spread by a tenth' },
  { life: 14399, random: 0, due: 14399 - 1439.9, why: 'a tenth of four hours' },
  { life: 1800, random: 0, due: 1500, why: 'at least five minutes' },
  { life: 90, random: 0, due: 45, why: 'never more than half the life' },
])('refreshes a token of $life s after $due s: $why', ({ life, random, due }) => {
  expect(secondsAfter(refreshDueAt({ issuedAt, expiresAt: after(life) }, random))).toBeCloseTo(due, 3)
})

it.each([
  { attempts: 1, random: 0.5, wait: 30 },
  { attempts: 2, random: 0.5, wait: 60 },
  { attempts: 5, random: 0.5, wait: 480 },
  { attempts: 6, random: 0.5, wait: 900 },
  { attempts: 60, random: 0.5, wait: 900 },
  { attempts: 1, random: 0, wait: 24 },
  { attempts: 1, random: 1, wait: 36 },
])('waits $wait s after failure $attempts', ({ attempts, random, wait }) => {
  expect(secondsAfter(nextAttemptAt(issuedAt, attempts, random))).toBeCloseTo(wait, 3)
})
