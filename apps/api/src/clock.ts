/** Whatever depends on the time takes a clock, so that a test can move it. */
export type Clock = () => Date

export const systemClock: Clock = () => new Date()

/**
 * Whether `moment` is still to come. What lies further ahead than it can have been set is over as well: a clock that was
 * wrong for a while must not hold anything up after it was put right.
 */
export function isAhead(moment: Date | null, now: Date, longestMs: number): boolean {
  const aheadMs = (moment?.getTime() ?? 0) - now.getTime()
  return aheadMs > 0 && aheadMs <= longestMs
}
