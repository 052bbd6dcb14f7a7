/** When an authorization is due, how long to wait after a failure, and how long to leave UPS alone. Pure; `random` is in [0, 1). */
const second = 1000
const minute = 60 * second
const hour = 60 * minute

/** No pause is longer, not even where UPS asks for more. */
export const longestPauseMs = 5 * minute
/** No wait of a single authorization is longer: a quarter of an hour, and a fifth. */
export const longestWaitMs = 18 * minute

/** A hand-out makes an authorization active for a day; status reads do not count. */
const activeForMs = 24 * hour
/** Often enough to notice within a minute that UPS is back, give or take a fifth. */
const longestGrowingPauseMs = 48 * second
/** Hand-outs are noted this coarsely, so that a token read seldom writes the authorization's row. */
export const handOutNotedEveryMs = hour

export interface Life {
  issuedAt: Date
  expiresAt: Date
  refreshIssuedAt: Date
  refreshExpiresAt: Date
  lastHandedOutAt: Date | null
}

export interface RefreshPlan {
  nextRefreshAt: Date
  /** When somebody would feel it if that were missed. */
  urgentAt: Date
  cause: 'AHEAD_OF_EXPIRY' | 'KEEP_ALIVE'
}

/**
 * Active: ahead of the access token's expiry by the greater of a tenth of its life and five minutes, but never by more
 * than half the life, spread by a tenth of that (S-29). Idle: half-way from the last renewal to the end of the refresh
 * token, spread towards later, so that UPS is asked at most once in 30 days of a 60-day token (S-30); never sooner than a
 * twentieth of its life, since a UPS that gave no new refresh token would be asked ever more often towards its end.
 */
export function planRefresh(life: Life, now: Date, random: number): RefreshPlan {
  const refreshLifeMs = spanOf(life.refreshIssuedAt, life.refreshExpiresAt)
  const halfWayMs = Math.max(spanOf(life.issuedAt, life.refreshExpiresAt) / 2, refreshLifeMs / 20)
  const keepAliveAt = after(life.issuedAt, halfWayMs * (1 + random / 10))
  if (!isActive(life.lastHandedOutAt, now)) {
    return { nextRefreshAt: keepAliveAt, urgentAt: life.refreshExpiresAt, cause: 'KEEP_ALIVE' }
  }
  const lifeMs = spanOf(life.issuedAt, life.expiresAt)
  const aheadMs = Math.min(Math.max(lifeMs / 10, 5 * minute), lifeMs / 2)
  const aheadAt = after(life.expiresAt, -aheadMs * (1 + random / 10))
  return { nextRefreshAt: aheadAt, urgentAt: life.expiresAt, cause: 'AHEAD_OF_EXPIRY' }
}

export function isActive(lastHandedOutAt: Date | null, now: Date): boolean {
  return lastHandedOutAt !== null && spanOf(lastHandedOutAt, now) < activeForMs
}

/**
 * For one authorization: doubling from five seconds to a quarter of an hour, give or take a fifth. In an outage the
 * application's own pause is enough: whoever waits longer than that would wait on when UPS is long back. `attempts`
 * counts from 1.
 */
export function nextAttemptAt(
  now: Date,
  { attempts, isOutage }: { attempts: number; isOutage: boolean },
  random: number,
): Date {
  const longest = isOutage ? longestGrowingPauseMs : 15 * minute
  return after(now, spread(Math.min(5 * second * 2 ** (attempts - 1), longest), random))
}

/**
 * For a whole application. While UPS is down or limits us, one request in two seconds, then ever fewer, but often enough
 * to notice its return within a minute (S-158, S-159). A client that UPS refuses is asked about once a minute: it takes a
 * person to mend that. UPS: 429 comes without Retry-After; where one comes it is heeded, up to five minutes.
 */
export function pausedUntil(
  now: Date,
  incident: { failures: number; isOurFault: boolean; retryAfterMs?: number | undefined },
  random: number,
): Date {
  if (incident.isOurFault) return after(now, spread(50 * second, random))
  const growing = spread(Math.min(2 * second * 2 ** (incident.failures - 1), longestGrowingPauseMs), random)
  return after(now, Math.max(growing, Math.min(incident.retryAfterMs ?? 0, longestPauseMs)))
}

const spanOf = (from: Date, to: Date): number => to.getTime() - from.getTime()
const after = (moment: Date, ms: number): Date => new Date(Math.round(moment.getTime() + ms))
const spread = (ms: number, random: number): number => ms * (0.8 + 0.4 * random)

/** A caller with an expired token in hand waits for the process that refreshes; the sweep has other things to do. */
export const hasSomebodyWaiting = ({ cause }: { cause: string }): boolean =>
  cause === 'ON_DEMAND' || cause === 'BY_HAND'
