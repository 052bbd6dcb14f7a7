/**
 * All that must survive a restart, as plain JSON. It is the live store and not a copy: whoever is handed it by
 * `onChange` writes it down at once or asks again later. Token and code values are in it as SHA-256 hashes only.
 */
export interface StandInState {
  version: 1
  clockOffsetMs: number
  /** Only passwords that were changed here; the others are those of the profiles given at the start. */
  passwords: Record<string, PasswordHash>
  codes: Record<string, AuthorizationCode>
  grants: Record<string, Grant>
  nextGrant: number
}

export interface PasswordHash {
  salt: string
  hash: string
}

export interface AuthorizationCode {
  hash: string
  clientId: string
  redirectUri: string
  username: string
  scope: string
  codeChallenge: string | null
  issuedAt: number
  usedAt: number | null
  /** What the code was exchanged for, so that a second use can end it. */
  grantId: string | null
}

/** One profile's permission for one application: what an exchanged code began. */
export interface Grant {
  id: string
  clientId: string
  username: string
  scope: string
  agreedAt: number
  voidedAt: number | null
  voidedBecause: VoidReason | null
  /** +1 with each answer that carried tokens; the first answer is generation 1. */
  generation: number
  refreshCount: number
  refreshTokens: RefreshToken[]
  accessTokens: AccessToken[]
}

export type VoidReason = 'password-changed' | 'refresh-token-reused' | 'code-reused' | 'authorized-again'

export interface RefreshToken {
  hash: string
  generation: number
  /** Generation of the token it was given for; 0 for the first. */
  parent: number
  issuedAt: number
  expiresAt: number
  usedAt: number | null
}

export interface AccessToken {
  hash: string
  generation: number
  expiresAt: number
}

export function emptyState(): StandInState {
  return { version: 1, clockOffsetMs: 0, passwords: {}, codes: {}, grants: {}, nextGrant: 1 }
}

/** What has just changed: one grant, one code, or (without either) anything at all. */
export interface StateChange {
  grant?: Grant
  code?: AuthorizationCode
}
