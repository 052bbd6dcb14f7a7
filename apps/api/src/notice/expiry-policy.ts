/** When a refresh token that is near its end is worth a letter. Pure. */
const day = 24 * 3600_000

export const warningDays = [1, 7, 14] as const

interface Life {
  refreshIssuedAt: Date
  refreshExpiresAt: Date
}

/**
 * Which warning it is time for, or null. A renewal is due when half of a token's life is over, and a little later where they
 * are spread: whoever warned before that would cry wolf.
 */
export function stageOf({ refreshIssuedAt, refreshExpiresAt }: Life, now: Date): string | null {
  const end = refreshExpiresAt.getTime()
  const renewalIsOverdueAt = refreshIssuedAt.getTime() + (end - refreshIssuedAt.getTime()) * 0.55
  const days = warningDays.find((count) => now.getTime() >= end - count * day)
  if (days === undefined || now.getTime() >= end || end - days * day < renewalIsOverdueAt) return null
  return `${days} days before ${end}`
}
