/** When an authorization is due, and how long to wait after a failure. Pure. */
const minute = 60_000

interface Times {
  issuedAt: Date
  expiresAt: Date
}

/**
 * Ahead of expiry by the greater of a tenth of the life and five minutes, but never by more than half the life; spread
 * by a tenth of that, so that pairs fetched together do not all fall due together (S-29). `random` is in [0, 1).
 */
export function refreshDueAt({ issuedAt, expiresAt }: Times, random: number): Date {
  const lifeMs = expiresAt.getTime() - issuedAt.getTime()
  const aheadMs = Math.min(Math.max(lifeMs / 10, 5 * minute), lifeMs / 2)
  return new Date(Math.round(expiresAt.getTime() - aheadMs * (1 + random / 10)))
}

/** Doubling from half a minute to a quarter of an hour, give or take a fifth. `attempts` counts from 1. */
export function nextAttemptAt(now: Date, attempts: number, random: number): Date {
  const waitMs = Math.min((minute / 2) * 2 ** (attempts - 1), 15 * minute)
  return new Date(Math.round(now.getTime() + waitMs * (0.8 + 0.4 * random)))
}
