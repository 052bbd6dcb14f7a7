import { ApolloError, type ServerError } from '@apollo/client/core'

/** The closed list of `extensions.code`. */
export type ErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'BAD_USER_INPUT'
  | 'CONFLICT'
  | 'REAUTHORIZATION_REQUIRED'
  | 'UPS_UNAVAILABLE'
  | 'RATE_LIMITED'
  | 'INTERNAL'

/** The hub did not answer at all: there is no code to read. */
export type FailureCode = ErrorCode | 'HUB_UNREACHABLE'

/** By the hub's own reasons, where its code alone says too little. */
export type Sentences = Readonly<Record<string, string>>

export interface Failure {
  code: FailureCode
  reason: string | null
  requestId: string | null
  sentence: string
}

export const errorSentences: Record<FailureCode, string> = {
  UNAUTHENTICATED: 'Your session has ended. Sign in again to go on.',
  FORBIDDEN: 'You may see this, but not do it. A company admin can.',
  NOT_FOUND: 'This does not exist, or it is not among what you may see.',
  BAD_USER_INPUT: 'Something in what was sent cannot be accepted. Check it and try again.',
  CONFLICT: 'This has changed in the meantime. Look at its present state before you try again.',
  REAUTHORIZATION_REQUIRED:
    'UPS.com does not accept this authorization any more. Opt in again to restore it.',
  UPS_UNAVAILABLE:
    'UPS.com cannot be reached at the moment. Nothing has changed; try again in a few minutes.',
  RATE_LIMITED: 'Too many attempts in a short time. Wait a minute and try again.',
  INTERNAL: 'The hub has failed at this. It has been recorded; name the request id when you ask for help.',
  HUB_UNREACHABLE: 'The hub does not answer. Check your connection and try again; nothing has been lost.',
}

interface WireError {
  message?: string
  extensions?: Record<string, unknown>
}

export function toFailure(error: unknown, refusals: Sentences = {}): Failure {
  const wire = firstWireError(error)
  const code = wire ? codeOf(wire) : codeWithoutAnswer(error)
  const reason = text(wire?.extensions?.['reason'])
  const ownWords = refusals[reason ?? '']
  return {
    code,
    reason,
    // Who is told what to do needs nobody's help.
    requestId: ownWords ? null : text(wire?.extensions?.['requestId']),
    sentence: ownWords ?? errorSentences[code],
  }
}

function firstWireError(error: unknown): WireError | undefined {
  if (!(error instanceof ApolloError)) return undefined
  // An answer with an error status carries its errors in the body, out of Apollo's usual place.
  const body = (error.networkError as Partial<ServerError> | null)?.result as
    { errors?: WireError[] } | undefined
  return error.graphQLErrors[0] ?? body?.errors?.[0]
}

function codeWithoutAnswer(error: unknown): FailureCode {
  if (!(error instanceof ApolloError)) return 'INTERNAL'
  const status = (error.networkError as Partial<ServerError> | null)?.statusCode
  if (status === 429) return 'RATE_LIMITED'
  // A proxy says 502 to 504 when the hub behind it is away.
  return status === undefined || (status >= 502 && status <= 504) ? 'HUB_UNREACHABLE' : 'INTERNAL'
}

function codeOf(wire: WireError): ErrorCode {
  const code = text(wire.extensions?.['code'])
  return code !== null && code !== 'HUB_UNREACHABLE' && code in errorSentences
    ? (code as ErrorCode)
    : 'INTERNAL'
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
