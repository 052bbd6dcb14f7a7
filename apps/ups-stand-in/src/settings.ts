/** UPS: each refresh returns a new refresh token and the used one is dead, so `strict` is the default. */
export const ROTATION_MODES = ['strict', 'grace', 'family-revoke', 'none'] as const

export interface Rotation {
  mode: (typeof ROTATION_MODES)[number]
  graceSeconds: number
}

export interface Lifetimes {
  accessSeconds: number
  refreshSeconds: number
}

/**
 * What UPS has not documented, as switches. The first value of each list is the default: what the RFCs ask for,
 * or, where they leave it open, what the public samples show.
 */
export const QUIRK_VALUES = {
  /** `code_challenge_method` at authorize: S256 only (RFC 7636 4.3), never looked at, or refused when present. */
  challengeMethod: ['honour', 'ignore', 'refuse'],
  /** Basic together with `code_verifier` at token. */
  basicWithVerifier: ['accept', 'refuse'],
  /** A challenge at authorize, no verifier at token (RFC 7636 4.6). */
  missingVerifier: ['refuse', 'accept'],
  /** Refresh with `client_id` in the body and no Basic. RFC 6749 6: a client that has a secret authenticates. */
  publicRefresh: ['refuse', 'accept'],
  /** `state` in the callback. */
  state: ['echo', 'drop'],
  /** `WWW-Authenticate` on 401 (RFC 6749 5.2). */
  wwwAuthenticate: ['send', 'omit'],
  /** Whether the access token before the refresh goes on to work. */
  oldAccessToken: ['lives', 'dies'],
  /** A code presented twice: RFC 6749 4.1.2 also revokes what it was exchanged for. */
  replayedCode: ['revoke', 'refuse'],
  /** Whether a second authorization by the same profile for the same application ends the first. */
  secondAuthorization: ['independent', 'voids-first'],
  /** Whether the life of the refresh token begins anew with each refresh. */
  refreshWindow: ['sliding', 'absolute'],
  /** `scope` in token answers: UPS's samples show it empty, or not at all. */
  scopeInAnswer: ['empty', 'absent', 'value'],
  /** `refresh_count` in token answers: both variants exist in UPS's samples. */
  refreshCountInAnswer: ['present', 'absent'],
  /** In rotation mode `none`: the same refresh token again, or no `refresh_token` fields (RFC 6749 6). */
  unrotatedRefreshToken: ['echoed', 'omitted'],
  /** UPS: every value of a token answer is a string. */
  numbers: ['strings', 'numbers'],
  /** `Cache-Control: no-store` on token answers (RFC 6749 5.1). */
  cacheControl: ['no-store', 'omit'],
  /** One message for every refused refresh token, or one for each reason. */
  refreshRefusal: ['one-message', 'by-reason'],
  /** Cancel at the login page: back with `error=access_denied` (our assumption), or stranded at UPS.com. */
  cancel: ['access-denied', 'stranded'],
} as const

type Choices = { -readonly [K in keyof typeof QUIRK_VALUES]: (typeof QUIRK_VALUES)[K][number] }

export interface Quirks extends Choices {
  /** Life of a code. RFC 6749 4.1.2 advises 10 minutes at most; one third party claims 30 s for UPS. */
  codeSeconds: number
}

export interface Settings {
  rotation: Rotation
  lifetimes: Lifetimes
  quirks: Quirks
}

export function defaultSettings(): Settings {
  const choices = Object.fromEntries(Object.entries(QUIRK_VALUES).map(([name, values]) => [name, values[0]]))
  return {
    rotation: { mode: 'strict', graceSeconds: 60 },
    // UPS: 1 h less 1 s since April 2026 (reported by a third party), and 60 days less 1 s.
    lifetimes: { accessSeconds: 3599, refreshSeconds: 5_183_999 },
    quirks: { ...(choices as unknown as Choices), codeSeconds: 600 },
  }
}
