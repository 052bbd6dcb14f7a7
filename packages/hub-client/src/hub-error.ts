interface Problem {
  code?: string
  reason?: string
  message?: string
  requestId?: string
}

/**
 * The hub refused, with its own words (`application/problem+json`, RFC 9457), or gave no answer that can be read:
 * then `code` is `UNREACHABLE` and `status` 0.
 */
export class HubError extends Error {
  /** The HTTP status, or 0. */
  readonly status: number
  /** `UNAUTHENTICATED`, `FORBIDDEN`, `NOT_FOUND`, `REAUTHORIZATION_REQUIRED`, `RATE_LIMITED`, `UPS_UNAVAILABLE`, … */
  readonly code: string
  /** More precisely, in the hub's own upper-case words. */
  readonly reason: string | null
  /** To quote when asking the operator of the hub. */
  readonly requestId: string | null
  /** When it is worth asking again, in seconds from now. */
  readonly retryAfterSeconds: number | null

  constructor(
    status: number,
    { code, reason, message, requestId }: Problem,
    options: { retryAfterSeconds?: number | null; cause?: unknown } = {},
  ) {
    super(message ?? `The hub answered with status ${status}.`, { cause: options.cause })
    this.name = 'HubError'
    this.status = status
    this.code = code ?? (status === 0 ? 'UNREACHABLE' : 'INTERNAL')
    this.reason = reason ?? null
    this.requestId = requestId ?? null
    this.retryAfterSeconds = options.retryAfterSeconds ?? null
  }
}

/** What a response that is no success says of itself. */
export async function hubErrorOf(response: Response): Promise<HubError> {
  const text = await response.text().catch(() => '')
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN)
  const retryAfterSeconds = Number.isFinite(retryAfter) ? retryAfter : null
  let problem: Problem = {}
  try {
    problem = JSON.parse(text) as Problem
  } catch {
    // A gateway on the way has answered in its own words, which say nothing to a program.
  }
  return new HubError(response.status, problem ?? {}, { retryAfterSeconds })
}
