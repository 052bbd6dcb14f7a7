/** When a delivery is tried again, and when no more. Pure. */
const second = 1000
const minute = 60 * second
const hour = 60 * minute

/** After the first attempt, the second, and so on; about three days in all (S-116). */
export const retryDelaysMs: readonly number[] = [
  ...[5 * second, 5 * minute, 30 * minute, 2 * hour, 5 * hour],
  ...[10 * hour, 14 * hour, 20 * hour, 24 * hour],
]
const longestRetryAfterMs = 24 * hour
/** However long receivers ask us to wait. */
const givenUpAfterMs = 96 * hour
/** One that has taken nothing for so long is not tried with anything else. */
export const disabledAfterMs = 60 * hour
/** A tenth to either side, so that what failed together does not come back together. */
const spread = 0.2

interface Tried {
  /** Including the one that has just failed. */
  attempts: number
  createdAt: Date
  now: Date
  retryAfterMs: number | null
}

/** Null: it is given up. */
export function nextTryAt({ attempts, createdAt, now, retryAfterMs }: Tried, random: number): Date | null {
  const delayMs = retryDelaysMs[attempts - 1]
  if (delayMs === undefined) return null
  const jittered = delayMs * (1 - spread / 2 + spread * random)
  const wait = Math.max(jittered, Math.min(retryAfterMs ?? 0, longestRetryAfterMs))
  const at = new Date(now.getTime() + Math.round(wait))
  return at.getTime() - createdAt.getTime() > givenUpAfterMs ? null : at
}

export const longestRestMs = minute

/** For how long nothing at all is tried at an endpoint that has failed so often in a row. */
export const restMs = (failures: number): number => Math.min(2 ** failures * second, longestRestMs)

/** Of a `Retry-After`: seconds, or a date (RFC 9110 section 10.2.3). */
export function retryAfterMs(header: string | undefined, now: Date): number | null {
  const text = header?.trim() ?? ''
  if (/^\d{1,9}$/.test(text)) return Number(text) * second
  const at = /^[A-Z][a-z]{2}, /.test(text) ? Date.parse(text) : NaN
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime())
}
