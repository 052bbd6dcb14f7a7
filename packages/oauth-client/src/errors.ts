/**
 * What a failed token request means for the authorization: only `grant` ends it.
 *
 * - `grant`: the authorization server refused the code or the refresh token itself.
 * - `application`: it refused the client, or the request as such; every company of this client is affected.
 * - `transient`: it did not act, or says so; the same request may be sent again later.
 * - `unknown-outcome`: the request was sent and no usable answer came; it may have been acted upon.
 *
 * @example
 * if (error instanceof OAuthError && error.failure === 'grant') await askForAuthorizationAgain()
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2
 */
export type FailureClass = 'grant' | 'application' | 'transient' | 'unknown-outcome'

const failures = {
  CODE_REFUSED: ['grant', 'The authorization server refused the authorization code.'],
  REFRESH_TOKEN_REFUSED: ['grant', 'The authorization server refused the refresh token.'],
  CLIENT_REFUSED: ['application', 'The authorization server refused the client id or the client secret.'],
  CLIENT_BLOCKED: ['application', 'The authorization server has blocked this client.'],
  REQUEST_REFUSED: ['application', 'The authorization server refused the request, not the grant.'],
  RATE_LIMITED: ['transient', 'The authorization server asks for fewer requests.'],
  SERVER_UNAVAILABLE: ['transient', 'The authorization server could not serve the request.'],
  CONNECTION_FAILED: ['transient', 'No connection to the authorization server could be made.'],
  REDIRECT_REFUSED: ['transient', 'The token endpoint answered with a redirect, which is never followed.'],
  ANSWER_UNREADABLE: ['transient', 'The answer did not come from a token endpoint: it is not JSON.'],
  GATEWAY_FAILED: ['unknown-outcome', 'A gateway lost the authorization server while it may have acted.'],
  CONNECTION_LOST: ['unknown-outcome', 'The connection broke after the request was sent.'],
  TIMED_OUT: ['unknown-outcome', 'No complete answer came within the time limit.'],
  TOKEN_ANSWER_INVALID: ['unknown-outcome', 'The answer is not a valid token answer.'],
} as const satisfies Record<string, readonly [FailureClass, string]>

/**
 * Every way a token request can fail, in UPPER_SNAKE; each belongs to exactly one {@link FailureClass}.
 *
 * @example
 * const sentences: Record<OAuthErrorCode, string> = { ... } // does not compile when one is missing
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2
 */
export type OAuthErrorCode = keyof typeof failures

/** What is known beside the code. Nothing in it comes from a body as text: a body can repeat a token. */
export interface FailureFacts {
  status?: number | undefined
  upsCode?: string | undefined
  retryAfterMs?: number | undefined
  detail?: string | undefined
  cause?: unknown
}

/**
 * A token request failed; `failure` says what that means, and no property holds a token, code or secret.
 *
 * @example
 * try {
 *   await client.refresh(refreshToken)
 * } catch (error) {
 *   if (error instanceof OAuthError) console.error(error.code, error.failure, error.status)
 * }
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2
 */
export class OAuthError extends Error {
  override readonly name = 'OAuthError'
  readonly code: OAuthErrorCode
  readonly failure: FailureClass
  /** The HTTP status, where an answer came. */
  declare readonly status?: number
  /** UPS: `response.errors[0].code`; elsewhere the registered `error` of RFC 6749 section 5.2. */
  declare readonly upsCode?: string
  /** How long the server asks to wait. UPS: 429 comes without it. */
  declare readonly retryAfterMs?: number

  constructor(code: OAuthErrorCode, facts: FailureFacts = {}) {
    const [failure, sentence] = failures[code]
    super(facts.detail === undefined ? sentence : `${sentence} (${facts.detail})`, causeOf(facts.cause))
    this.code = code
    this.failure = failure
    if (facts.status !== undefined) this.status = facts.status
    if (facts.upsCode !== undefined) this.upsCode = facts.upsCode
    if (facts.retryAfterMs !== undefined) this.retryAfterMs = facts.retryAfterMs
  }
}

/** What Node says of a failed connection: "ECONNRESET" in "read", "ECONNREFUSED" in "connect". */
export interface NetworkFailure {
  code?: string
  syscall?: string
}

/** Looked for along the causes: undici wraps the socket's error, and a custom `fetch` may wrap that again. */
export function networkFailure(error: unknown): NetworkFailure {
  for (let depth = 0, at = error; depth < 5 && at instanceof Error; depth += 1, at = at.cause) {
    const { code, syscall } = at as { code?: unknown; syscall?: unknown }
    if (typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,60}$/.test(code)) {
      return typeof syscall === 'string' ? { code, syscall } : { code }
    }
  }
  return {}
}

// Errors of a foreign `fetch` may hold the request, and with it the secret: only their code is kept.
function causeOf(error: unknown): ErrorOptions {
  const { code } = networkFailure(error)
  return code === undefined ? {} : { cause: Object.assign(new Error(code), { code }) }
}

/**
 * Why an answer at the redirect URI was not accepted.
 *
 * @example
 * const stranded: CallbackErrorCode = 'CALLBACK_REFUSED'
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1
 */
export type CallbackErrorCode = keyof typeof callbackFailures

const callbackFailures = {
  CALLBACK_PARAMETER_REPEATED: 'A parameter of the callback is given more than once.',
  CALLBACK_STATE_MISSING: 'The callback carries no state.',
  CALLBACK_STATE_MISMATCH: 'The state of the callback is not the expected one.',
  CALLBACK_ISSUER_UNEXPECTED: 'The callback names another issuer than the one asked.',
  CALLBACK_REFUSED: 'The person, or the authorization server, said no.',
  CALLBACK_ERROR: 'The authorization server reported an error.',
  CALLBACK_CODE_MISSING: 'The callback carries no authorization code.',
} as const

/**
 * The browser came back without a code that may be used; no parameter of the request is in the message.
 *
 * `state` is there if exactly one was given, so that the flow it belongs to can be ended.
 *
 * @example
 * try {
 *   client.readCallback(url.searchParams, state)
 * } catch (error) {
 *   if (error instanceof CallbackError && error.state) await endFlow(error.state)
 * }
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1
 */
export class CallbackError extends Error {
  override readonly name = 'CallbackError'
  readonly code: CallbackErrorCode
  // Private and behind a getter: neither JSON nor a log of the error shows it.
  readonly #state: string | null

  constructor(code: CallbackErrorCode, state: string | null) {
    super(callbackFailures[code])
    this.code = code
    this.#state = state
  }

  get state(): string | null {
    return this.#state
  }
}
