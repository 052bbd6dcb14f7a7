import type { RefusalName } from './refusals.js'
import type { Rotation } from './settings.js'
import type { Grant, RefreshToken } from './state.js'

export interface Presented {
  grant: Grant
  token: RefreshToken
}

/** Whether this refresh token may be used now; null is yes. */
export function whyRefused({ grant, token }: Presented, rotation: Rotation, now: number): RefusalName | null {
  if (grant.voidedAt !== null) return 'grant-void'
  if (token.usedAt === null) return token.expiresAt <= now ? 'refresh-token-expired' : null
  if (rotation.mode !== 'grace') return 'refresh-token-used'
  if (now - token.usedAt > rotation.graceSeconds * 1000) return 'refresh-token-used'
  // Grace is for a lost answer. Once an answer's token has been used it was not lost, and the grace of its own
  // successor must not carry this one over several generations.
  const arrived = grant.refreshTokens.some(
    (child) => child.parent === token.generation && child.usedAt !== null,
  )
  return arrived ? 'refresh-token-used' : null
}

/** UPS: whether reuse ends the whole grant is not known; in mode `family-revoke` it does. */
export function endsTheGrant(reason: RefusalName, rotation: Rotation): boolean {
  return reason === 'refresh-token-used' && rotation.mode === 'family-revoke'
}
