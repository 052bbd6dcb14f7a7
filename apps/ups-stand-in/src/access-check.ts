import type { Parts } from './parts.js'
import { upsError } from './refusals.js'

/**
 * A stand-in for any UPS API: the only way to see from outside whether an access token still opens something.
 * UPS: a bad or expired access token is answered 401 with code 250002.
 */
export function accessCheck(request: Request, parts: Parts): Response {
  const match = /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '')
  if (!match?.[1] || !parts.grants.isGoodAccessToken(match[1])) {
    return upsError(401, '250002', 'Invalid Authentication Information.')
  }
  return Response.json({ accessCheckResponse: { status: 'good' } })
}
