import { expect, it } from 'vitest'
import { nextAttemptAt, pausedUntil, planRefresh, type Life } from './refresh-policy.js'

const start = new Date('2026-01-01T00:00:00.000Z')
const hours = 3600
const days = 24 * hours
const at = (seconds: number) => new Date(start.getTime() + seconds * 1000)
const seconds = (moment: Date) => (moment.getTime() - start.getTime()) / 1000

const life = (accessSeconds: number, refreshSeconds: number, handedOutAt: number | null): Life => ({
  issuedAt: start,
  expiresAt: at(accessSeconds),
  refreshIssuedAt: start,
  refreshExpiresAt: at(refreshSeconds),
  lastHandedOutAt: handedOutAt === null ? null : at(handedOutAt),
})

it.each([
  {
    access: 3599,
    refresh: 60 * days,
    handed: 0,
    now: 0,
    random: 0,
    due: 3239.1,
    why: 'active: a tenth of an hour ahead',
  },
  {
    access: 3599,
    refresh: 60 * days,
    handed: 0,
    now: 0,
    random: 1,
    due: 3203.11,
    why: 'active: spread by a tenth of that',
  },
  {
    access: 14399,
    refresh: 60 * days,
    handed: 0,
    now: 0,
    random: 0,
    due: 12959.1,
    why: 'active: a tenth of four hours ahead',
  },
  {
    access: 1800,
    refresh: 60 * days,
    handed: 0,
    now: 0,
    random: 0,
    due: 1500,
    why: 'active: at least five minutes ahead',
  },
  {
    access: 90,
    refresh: 60 * days,
    handed: 0,
    now: 0,
    random: 0,
    due: 45,
    why: 'active: never more than half the life ahead',
  },
  {
    access: 3599,
    refresh: 60 * days,
    handed: null,
    now: 0,
    random: 0,
    due: 30 * days,
    why: 'never asked for: kept alive at half the life',
  },
  {
    access: 3599,
    refresh: 60 * days,
    handed: null,
    now: 0,
    random: 1,
    due: 33 * days,
    why: 'idle: spread towards later, never sooner',
  },
  {
    access: 3599,
    refresh: 7 * days,
    handed: null,
    now: 0,
    random: 0,
    due: 3.5 * days,
    why: 'idle: half of a week',
  },
  {
    access: 3599,
    refresh: 60 * days,
    handed: 0,
    now: 24 * hours - 1,
    random: 0,
    due: 3239.1,
    why: 'still active within a day',
  },
  {
    access: 3599,
    refresh: 60 * days,
    handed: 0,
    now: 24 * hours,
    random: 0,
    due: 30 * days,
    why: 'idle after a day',
  },
])('refreshes after $due s - $why', ({ access, refresh, handed, now, random, due }) => {
  const plan = planRefresh(life(access, refresh, handed), at(now), random)
  expect(seconds(plan.nextRefreshAt)).toBeCloseTo(due, 1)
  const isIdle = due > days
  expect(plan.cause).toBe(isIdle ? 'KEEP_ALIVE' : 'AHEAD_OF_EXPIRY')
  expect(seconds(plan.urgentAt)).toBe(isIdle ? refresh : access)
})

it.each([
  { renewedAfter: 30, due: 45, why: 'half-way to the end that stayed' },
  { renewedAfter: 45, due: 52.5, why: 'and half-way again' },
  { renewedAfter: 56, due: 59, why: 'but never sooner than a twentieth of the life' },
  { renewedAfter: 61, due: 64, why: 'nor at once, when it has ended by our clock' },
])('keeps alive after $due days where UPS gave no new refresh token on day $renewedAfter: $why', (row) => {
  const kept = { ...life(0, 60 * days, null), issuedAt: at(row.renewedAfter * days) }
  const { nextRefreshAt } = planRefresh(kept, at(row.renewedAfter * days), 0)
  expect(seconds(nextRefreshAt) / days).toBeCloseTo(row.due, 3)
})

it.each([
  { attempts: 1, random: 0.5, wait: 5 },
  { attempts: 2, random: 0.5, wait: 10 },
  { attempts: 8, random: 0.5, wait: 640 },
  { attempts: 9, random: 0.5, wait: 900 },
  { attempts: 99, random: 0.5, wait: 900 },
  { attempts: 1, random: 0, wait: 4 },
  { attempts: 1, random: 1, wait: 6 },
  { attempts: 4, random: 0.5, isOutage: true, wait: 40 },
  { attempts: 40, random: 1, isOutage: true, wait: 57.6 },
])(
  'tries one authorization again $wait s after failure $attempts',
  ({ attempts, random, wait, isOutage = false }) => {
    expect(seconds(nextAttemptAt(start, { attempts, isOutage }, random))).toBeCloseTo(wait, 3)
  },
)

it.each([
  { failures: 1, isOurFault: false, random: 0.5, wait: 2 },
  { failures: 5, isOurFault: false, random: 0.5, wait: 32 },
  { failures: 6, isOurFault: false, random: 0.5, wait: 48 },
  { failures: 60, isOurFault: false, random: 1, wait: 57.6 },
  { failures: 1, isOurFault: false, retryAfterMs: 30_000, random: 0.5, wait: 30 },
  { failures: 1, isOurFault: false, retryAfterMs: 86_400_000, random: 0.5, wait: 300 },
  { failures: 1, isOurFault: true, random: 0.5, wait: 50 },
])('leaves UPS alone for $wait s', ({ wait, random, ...incident }) => {
  expect(seconds(pausedUntil(start, incident, random))).toBeCloseTo(wait, 3)
})

it('asks at most six times a minute once an outage has lasted a minute, and at least once', () => {
  let now = start
  const askedAt: number[] = []
  for (let failures = 1; now < at(20 * 60); failures++) {
    askedAt.push(seconds(now))
    now = pausedUntil(now, { failures, isOurFault: false }, 0)
  }
  for (let minute = 1; minute < 19; minute++) {
    const asked = askedAt.filter((when) => when >= minute * 60 && when < (minute + 1) * 60).length
    expect(asked).toBeGreaterThanOrEqual(1)
    expect(asked).toBeLessThanOrEqual(6)
  }
})
