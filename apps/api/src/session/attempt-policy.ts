const minute = 60_000
const day = 24 * 60 * minute

export interface Attempts {
  readonly count: number
  /** Of the window, or of the row of wrong tries. */
  readonly beganAt: Date
  readonly lastAt: Date
}

export interface Limit {
  readonly atMost: number
  readonly windowMs: number
}

/** S-61: per account, then longer and longer; never for ever, since anybody could then lock anybody out (S-62). */
const wrongTries = { atMost: 5, quietMs: 15 * minute, longestMs: 4 * 60 * minute, forgottenMs: day }

/** Null: not now. Whoever is refused is not counted, so that the end of the wait does not move away. */
export function afterTry(before: Attempts, now: Date): Attempts | null {
  const sinceMs = now.getTime() - before.lastAt.getTime()
  const isOver =
    before.count < wrongTries.atMost ? sinceMs >= wrongTries.quietMs : sinceMs >= wrongTries.forgottenMs
  if (before.count === 0 || isOver) return { count: 1, beganAt: now, lastAt: now }
  if (sinceMs < waitAfter(before.count)) return null
  return { count: before.count + 1, beganAt: before.beganAt, lastAt: now }
}

/** None for the first four, then 15 minutes, 30, 60 … */
function waitAfter(count: number): number {
  const { atMost, quietMs, longestMs } = wrongTries
  return count < atMost ? 0 : Math.min(quietMs * 2 ** Math.min(count - atMost, 20), longestMs)
}

/** So many in each window, for what is not an account: addresses, letters. */
export function afterUse(before: Attempts, now: Date, { atMost, windowMs }: Limit): Attempts | null {
  if (before.count === 0 || now.getTime() - before.beganAt.getTime() >= windowMs) {
    return { count: 1, beganAt: now, lastAt: now }
  }
  if (before.count >= atMost) return null
  return { count: before.count + 1, beganAt: before.beganAt, lastAt: now }
}

/** When a row has nothing to say any more. */
export const attemptsKeptMs = 2 * day
