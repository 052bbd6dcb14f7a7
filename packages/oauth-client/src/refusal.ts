import { OAuthError, type OAuthErrorCode } from './errors.js'
import { refusalByStatus } from './guarded-fetch.js'
import type { ProviderProfile, Refusal } from './provider-profile.js'
import type { JsonObject } from './token-set.js'

export type TokenRequestKind = 'code' | 'refresh-token'

/**
 * What a readable error answer means.
 *
 * A wrong `grant` costs a company its authorization, so it takes a 400 that names what was sent: a 400 for any
 * other reason says that our request is wrong, and 401 and 403 that our client is.
 */
export async function refusalOf(
  response: Response,
  request: { kind: TokenRequestKind; profile: ProviderProfile; clock: () => Date },
): Promise<OAuthError> {
  const byStatus = refusalByStatus(response, request.clock)
  const refusal = readBody(await response.text(), request.profile)
  if (refusal === null) return byStatus
  const { status } = response
  const code = byStatus.code === 'ANSWER_UNREADABLE' ? codeOf(refusal, status, request.kind) : byStatus.code
  return new OAuthError(code, { status, upsCode: refusal.code, retryAfterMs: byStatus.retryAfterMs })
}

function codeOf({ subject }: Refusal, status: number, kind: TokenRequestKind): OAuthErrorCode {
  if (subject === 'client') return 'CLIENT_REFUSED'
  if (status !== 400 || (subject !== kind && subject !== 'grant')) return 'REQUEST_REFUSED'
  return kind === 'code' ? 'CODE_REFUSED' : 'REFRESH_TOKEN_REFUSED'
}

function readBody(text: string, profile: ProviderProfile): Refusal | null {
  try {
    const body: unknown = JSON.parse(text)
    if (typeof body !== 'object' || body === null) return { subject: null }
    return profile.readRefusal(body as JsonObject) ?? standardRefusal(body as JsonObject)
  } catch {
    return null // unreadable, and refused by status alone
  }
}

// RFC 6749 section 5.2; a word that is not registered there is not repeated in our error.
const standardErrors = new Set([
  'invalid_request',
  'invalid_client',
  'invalid_grant',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_scope',
])

function standardRefusal({ error }: JsonObject): Refusal {
  if (typeof error !== 'string' || !standardErrors.has(error)) return { subject: null }
  if (error === 'invalid_grant') return { subject: 'grant', code: error }
  return { subject: error === 'invalid_client' ? 'client' : null, code: error }
}
