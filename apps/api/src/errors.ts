import { STATUS_CODES } from 'node:http'

type LogLevel = 'debug' | 'info' | 'warn' | 'error'

interface CodeFacts {
  readonly status: number
  readonly logLevel: LogLevel
  /** Whether message, reason and details of such an error may be read by whoever asked. */
  readonly isPublic: boolean
}

/** The closed list: clients switch on these, so one is added only together with a release note. */
const codes = {
  UNAUTHENTICATED: { status: 401, logLevel: 'info', isPublic: true },
  FORBIDDEN: { status: 403, logLevel: 'warn', isPublic: true },
  NOT_FOUND: { status: 404, logLevel: 'info', isPublic: true },
  BAD_USER_INPUT: { status: 400, logLevel: 'info', isPublic: true },
  CONFLICT: { status: 409, logLevel: 'info', isPublic: true },
  REAUTHORIZATION_REQUIRED: { status: 409, logLevel: 'info', isPublic: true },
  UPS_UNAVAILABLE: { status: 503, logLevel: 'warn', isPublic: true },
  RATE_LIMITED: { status: 429, logLevel: 'warn', isPublic: true },
  INTERNAL: { status: 500, logLevel: 'error', isPublic: false },
} as const satisfies Record<string, CodeFacts>

export type ErrorCode = keyof typeof codes

export const errorCodes = Object.keys(codes) as readonly ErrorCode[]

/** Sent to whoever asked: plain values only, and never anything they may not already see. */
type PublicDetails = Readonly<Record<string, string | number | boolean | null | readonly string[]>>

interface ErrorDefinition {
  readonly code: ErrorCode
  /** For people: what happened and what is safe. */
  readonly message: string
  /** Only where the code's own level is wrong for this one error. */
  readonly logLevel?: LogLevel
  /** Only where the code's own status is. */
  readonly status?: number
}

interface ErrorContext {
  /** For the log, never for the answer. */
  readonly cause?: unknown
  readonly details?: PublicDetails
}

export class DomainError<Reason extends string = string> extends Error {
  readonly code: ErrorCode
  readonly reason: Reason
  readonly logLevel: LogLevel
  readonly status: number
  readonly details?: PublicDetails

  constructor(options: ErrorDefinition & ErrorContext & { readonly reason: Reason }) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'DomainError'
    this.code = options.code
    this.reason = options.reason
    this.logLevel = options.logLevel ?? codes[options.code].logLevel
    this.status = options.status ?? codes[options.code].status
    if (options.details) this.details = options.details
  }
}

type Definitions = Readonly<Record<string, ErrorDefinition>>
type Makers<D> = { readonly [R in keyof D & string]: (context?: ErrorContext) => DomainError<R> }

const upperSnake = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/

/**
 * Every way a slice can say no, one line each: `const sessionErrors = defineErrors({ SESSION_EXPIRED: { … } })`,
 * then `throw sessionErrors.SESSION_EXPIRED()`. `keyof typeof sessionErrors` is the union of its reasons.
 */
export function defineErrors<const D extends Definitions>(definitions: D): Makers<D> {
  const makers = Object.entries<ErrorDefinition>(definitions).map(([reason, definition]) => {
    if (!upperSnake.test(reason)) throw new TypeError(`an error reason is UPPER_SNAKE: ${reason}`)
    const make = (context: ErrorContext = {}): DomainError => {
      const error = new DomainError({ ...definition, ...context, reason })
      // The stack begins where the slice says no, not in here.
      Error.captureStackTrace(error, make)
      return error
    }
    return [reason, make]
  })
  return Object.freeze(Object.fromEntries(makers)) as Makers<D>
}

interface PublicError {
  readonly message: string
  readonly code: ErrorCode
  readonly reason?: string
  readonly requestId: string
  readonly details?: PublicDetails
}

/**
 * The error itself, or the one that graphql-js wrapped to add a path. A `cause` is deliberately not followed:
 * whoever wrapped an error decided that the inner one is not the answer.
 */
export function domainErrorOf(error: unknown): DomainError | undefined {
  let current = error
  for (let depth = 0; depth < 4; depth += 1) {
    if (current instanceof DomainError) return current
    if (!(current instanceof Error) || !('originalError' in current)) return undefined
    current = current.originalError
  }
  return undefined
}

/** What may leave the server. Anything that no slice declared is INTERNAL, with one sentence and nothing else. */
export function publicError(error: unknown, requestId: string): PublicError {
  const known = domainErrorOf(error)
  if (!known || !codes[known.code].isPublic) {
    const message = `Something went wrong on our side. Please quote request ${requestId} when you ask for help.`
    return { message, code: 'INTERNAL', requestId }
  }
  const { message, code, reason, details } = known
  return { message, code, reason, requestId, ...(details && { details }) }
}

/** As `application/problem+json` (RFC 9457); `message` says the same as `detail`, by the name that errors of GraphQL have. */
export function problemOf(status: number, error: PublicError): object {
  return { title: STATUS_CODES[status] ?? 'Error', status, detail: error.message, ...error }
}

export const httpStatusOf = (error: unknown): number => domainErrorOf(error)?.status ?? codes.INTERNAL.status

export const logLevelOf = (error: unknown): LogLevel =>
  domainErrorOf(error)?.logLevel ?? codes.INTERNAL.logLevel

/** Why the server cannot start, as one paragraph for who starts it: no stack, and no setting's value. */
export class StartError extends Error {}
