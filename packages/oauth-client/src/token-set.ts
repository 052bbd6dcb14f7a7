import { OAuthError } from './errors.js'
import { Secret } from './secret.js'

const maxTokenCharacters = 8192
const maxLifetimeSeconds = 10 * 365 * 24 * 60 * 60

export type JsonObject = { readonly [name: string]: unknown }

/** A success answer in the words of RFC 6749 section 5.1; what a provider adds is read by its profile. */
export interface TokenAnswer {
  standard: {
    access_token: unknown
    token_type: unknown
    expires_in: unknown
    /** Undefined when the answer gives none (RFC 6749 section 6: the old one stays). */
    refresh_token: unknown
    scope: unknown
  }
  refreshLifetimeSeconds: unknown
  providerIssuedAtMs: unknown
  refreshCount: unknown
}

/**
 * One answer of the token endpoint, validated, with absolute times.
 *
 * All times but `providerIssuedAt` count from the moment of receipt by the clock that was handed in: the
 * clock of the authorization server may be off by hours without an early or late refresh.
 *
 * @example
 * const tokens = await client.refresh(refreshToken)
 * await store(tokens) // before the first use: UPS has already voided the refresh token that was sent
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5.1
 */
export interface TokenSet {
  readonly accessToken: Secret
  /** The one that was sent, if the answer to a refresh gave no new one (RFC 6749 section 6). */
  readonly refreshToken: Secret
  readonly issuedAt: Date
  readonly expiresAt: Date
  /** When `refreshToken` was received; means nothing unless `refreshTokenRotated`. */
  readonly refreshIssuedAt: Date
  /** Null when the answer gave no lifetime or no new refresh token. */
  readonly refreshExpiresAt: Date | null
  /** Whether `refreshToken` is new: always after an authorization code, in life after each refresh at UPS. */
  readonly refreshTokenRotated: boolean
  /** UPS: the number of refreshes since the person agreed; null where it is not given. */
  readonly refreshCount: number | null
  /** The provider's own clock, for display and an alarm when it is far from ours. */
  readonly providerIssuedAt: Date | null
}

/**
 * Whether the access token has no more than `marginMs` left at `now`.
 *
 * @example
 * if (isExpiring(tokens, clock(), 60_000)) tokens = await client.refresh(tokens.refreshToken)
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-1.5
 */
export function isExpiring(tokens: Pick<TokenSet, 'expiresAt'>, now: Date, marginMs = 60_000): boolean {
  return tokens.expiresAt.getTime() - now.getTime() <= marginMs
}

export interface Receipt {
  receivedAt: Date
  /** Null for an authorization code. */
  sentRefreshToken: Secret | null
}

/** @throws {OAuthError} TOKEN_ANSWER_INVALID, naming the field and never its value. */
export function tokenSetOf(answer: TokenAnswer, receipt: Receipt): TokenSet {
  const { standard } = answer
  if (typeof standard.token_type !== 'string' || standard.token_type.toLowerCase() !== 'bearer') {
    throw invalid('token_type')
  }
  const accessToken = token(standard.access_token, 'access_token')
  const lifetimeMs = lifetime(standard.expires_in, 'expires_in')
  const refreshLifetimeMs =
    answer.refreshLifetimeSeconds == null ? null : lifetime(answer.refreshLifetimeSeconds, 'refresh lifetime')
  const { refreshToken, isRotated, isGiven } = refreshTokenOf(standard.refresh_token, receipt)
  return {
    accessToken,
    refreshToken,
    issuedAt: receipt.receivedAt,
    expiresAt: later(receipt.receivedAt, lifetimeMs),
    refreshIssuedAt: receipt.receivedAt,
    refreshExpiresAt:
      isGiven && refreshLifetimeMs !== null ? later(receipt.receivedAt, refreshLifetimeMs) : null,
    refreshTokenRotated: isRotated,
    refreshCount: wholeNumber(answer.refreshCount),
    providerIssuedAt: providerTime(answer.providerIssuedAtMs),
  }
}

function refreshTokenOf(given: unknown, { sentRefreshToken }: Receipt) {
  // An empty string is no refresh token; keeping the old one is what can still work.
  if (given === undefined || given === null || given === '') {
    if (sentRefreshToken === null) throw invalid('refresh_token')
    return { refreshToken: sentRefreshToken, isRotated: false, isGiven: false }
  }
  const refreshToken = token(given, 'refresh_token')
  return { refreshToken, isRotated: refreshToken.reveal() !== sentRefreshToken?.reveal(), isGiven: true }
}

function token(value: unknown, field: string): Secret {
  // RFC 6749 appendix A.12 allows spaces too; a space in a header value is a mistake waiting to happen.
  if (typeof value !== 'string' || value.length > maxTokenCharacters || !/^[\x21-\x7e]+$/.test(value)) {
    throw invalid(field)
  }
  return Secret.of(value)
}

function lifetime(seconds: unknown, field: string): number {
  if (typeof seconds !== 'number' || !(seconds > 0) || seconds > maxLifetimeSeconds) throw invalid(field)
  return Math.floor(seconds * 1000)
}

function wholeNumber(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null
}

// Only shown, so a strange value is dropped and does not cost the tokens.
function providerTime(ms: unknown): Date | null {
  const at = typeof ms === 'number' && ms > 0 ? new Date(ms) : null
  return at === null || Number.isNaN(at.getTime()) ? null : at
}

function later(from: Date, ms: number): Date {
  return new Date(from.getTime() + ms)
}

export function invalid(field: string): OAuthError {
  return new OAuthError('TOKEN_ANSWER_INVALID', { status: 200, detail: field })
}
