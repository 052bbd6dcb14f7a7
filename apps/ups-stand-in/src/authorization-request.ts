import type { StandInApplication } from './applications.js'
import { hasRepeated, valueOf } from './parameters.js'
import type { Parts } from './parts.js'
import type { RefusalName } from './refusals.js'

/** A checked authorization request, carried through the two steps of the log in. */
export interface AuthorizationRequest {
  application: StandInApplication
  state: string | null
  scope: string
  codeChallenge: string | null
}

/** Both the authorize endpoint and the login page check it: the login page can be opened by hand. */
export function readAuthorizationRequest(
  parameters: URLSearchParams,
  parts: Parts,
): AuthorizationRequest | RefusalName {
  if (hasRepeated(parameters)) return 'parameter-repeated'
  const application = parts.applications.find(parameters.get('client_id'))
  if (!application) return 'client-refused'
  // RFC 9700 4.1.1: compared as strings, so nothing but the registered address is ever sent a code.
  if (parameters.get('redirect_uri') !== application.redirectUri) return 'redirect-mismatch'
  if (parameters.get('response_type') !== 'code') return 'response-type-unsupported'
  const codeChallenge = valueOf(parameters, 'code_challenge')
  if (codeChallenge !== null && !/^[A-Za-z0-9_-]{43}$/.test(codeChallenge)) return 'challenge-invalid'
  if (isMethodRefused(valueOf(parameters, 'code_challenge_method'), parts)) return 'challenge-method-refused'
  return {
    application,
    state: valueOf(parameters, 'state'),
    // UPS: observed in the callback although the client had asked for none.
    scope: valueOf(parameters, 'scope') ?? 'read',
    codeChallenge,
  }
}

/** UPS: the specification has no `code_challenge_method`; S256 is implied. */
function isMethodRefused(method: string | null, parts: Parts): boolean {
  if (method === null || parts.settings.quirks.challengeMethod === 'ignore') return false
  return parts.settings.quirks.challengeMethod === 'refuse' || method !== 'S256'
}
