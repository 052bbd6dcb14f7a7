import type { AuthorizationStatus } from '../authorization/authorization-state.js'

/** How an authorization stands, those that need a hand first. Pure. */
export const standings = [
  'REAUTHORIZATION_REQUIRED',
  'REFRESH_PROBLEM',
  'RUNNING_OUT',
  'AUTHORIZED',
  'NOT_AUTHORIZED',
] as const
export type Standing = (typeof standings)[number]

/** Each of them comes before the companies that need no hand. */
export const needingAHand = ['REAUTHORIZATION_REQUIRED', 'REFRESH_PROBLEM', 'RUNNING_OUT'] as const

const day = 24 * 3600_000
export const soonMs = 14 * day
/**
 * The hub renews half-way, or somewhat later; a refresh token that has less than two fifths of its life left was not
 * renewed when it should have been. Without this, tokens that live for a week would be alarming from their first day.
 */
export const lateShare = { of: 5, left: 2 } as const

interface Life {
  issuedAt: Date
  refreshExpiresAt: Date
}

export function standingOf(
  authorization: { status: AuthorizationStatus; problemSince: Date | null },
  tokens: Life | null,
  now: Date,
): Standing {
  if (authorization.status !== 'AUTHORIZED') return authorization.status
  if (authorization.problemSince) return 'REFRESH_PROBLEM'
  return tokens && isRunningOut(tokens, now) ? 'RUNNING_OUT' : 'AUTHORIZED'
}

function isRunningOut({ issuedAt, refreshExpiresAt }: Life, now: Date): boolean {
  const leftMs = refreshExpiresAt.getTime() - now.getTime()
  const lifeMs = refreshExpiresAt.getTime() - issuedAt.getTime()
  return leftMs <= soonMs && leftMs * lateShare.of <= lifeMs * lateShare.left
}
