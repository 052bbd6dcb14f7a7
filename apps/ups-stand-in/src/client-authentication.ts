import type { StandInApplication } from './applications.js'
import { refused, type Finding } from './finding.js'
import { valueOf } from './parameters.js'
import type { Parts } from './parts.js'
import { refusal } from './refusals.js'

export interface BasicPair {
  clientId: string
  secret: string
}

export type Client = { application: StandInApplication; isPublic: boolean } | { finding: Finding }

/**
 * UPS: the Basic pair is base64 of the raw id and secret, without the form-encoding that RFC 6749 2.3.1 asks for
 * first, so a client that encodes a hyphen as %2D is refused here as it would be there.
 */
export function basicPairOf(request: Request): BasicPair | null {
  const match = /^Basic +([A-Za-z0-9+/]+=*)$/i.exec(request.headers.get('authorization') ?? '')
  if (!match?.[1]) return null
  const pair = Buffer.from(match[1], 'base64').toString('utf8')
  const colon = pair.indexOf(':')
  return colon < 1 ? null : { clientId: pair.slice(0, colon), secret: pair.slice(colon + 1) }
}

/** A client may come without Basic (UPS: the PKCE form) where the endpoint says so, then by its `client_id`. */
export function clientOf(
  request: Request,
  form: URLSearchParams,
  { parts, publicAllowed }: { parts: Parts; publicAllowed: boolean },
): Client {
  const pair = basicPairOf(request)
  if (pair) {
    const application = parts.applications.withSecret(pair.clientId, pair.secret)
    const contradicts = form.has('client_id') && form.get('client_id') !== pair.clientId
    if (!application || contradicts) return { finding: clientRefused(parts) }
    return { application, isPublic: false }
  }
  const clientId = valueOf(form, 'client_id')
  if (request.headers.has('authorization') || clientId === null || !publicAllowed) {
    return { finding: refused('authorization-missing') }
  }
  const application = parts.applications.find(clientId)
  return application ? { application, isPublic: true } : { finding: clientRefused(parts) }
}

function clientRefused(parts: Parts): Finding {
  const response = refusal('client-refused')
  if (parts.settings.quirks.wwwAuthenticate === 'send') {
    response.headers.set('www-authenticate', 'Basic realm="UPS.com stand-in"')
  }
  return refused('client-refused', { response })
}
