/** How one visit to UPS.com ended. Pure. */
export const optInOutcomes = [
  'PENDING',
  'AUTHORIZED',
  'REFUSED_AT_UPS',
  'FAILED_AT_UPS',
  'EXPIRED',
  'VOIDED',
  'CODE_REFUSED',
  'UPS_UNAVAILABLE',
  'UNKNOWN',
  'APPLICATION_REFUSED',
] as const
export type OptInOutcome = (typeof optInOutcomes)[number]

/** Where there is no flow that this browser may see: the last part of `/opt-in/<reason>`. */
export type StrayReason = 'not-recognised' | 'already-used' | 'wrong-person' | 'signed-out'

interface Visit {
  outcome: OptInOutcome | null
  expiresAt: Date
  consumedAt: Date | null
}

/** A code that was sent longer ago than this without a recorded outcome was cut off by a crash. */
const exchangeLimitMs = 60_000

export function outcomeOf(visit: Visit, now: Date): OptInOutcome {
  if (visit.outcome) return visit.outcome
  if (visit.consumedAt)
    return now.getTime() - visit.consumedAt.getTime() > exchangeLimitMs ? 'UNKNOWN' : 'PENDING'
  return visit.expiresAt <= now ? 'EXPIRED' : 'PENDING'
}
