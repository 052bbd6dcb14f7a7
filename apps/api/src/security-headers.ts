import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import helmet from 'helmet'
import { contentPolicy } from './content-policy.js'

/**
 * The header fields of every answer (S-121 to S-123). None of them depends on the request, so they are made once: made
 * for each, they cost more than reading a status.
 */
export function securityHeaders(
  publicUrl: URL,
  directives: Readonly<Record<string, string[]>> = contentPolicy,
): Readonly<Record<string, string>> {
  const isSecure = publicUrl.protocol === 'https:'
  const secure = helmet({
    contentSecurityPolicy: { useDefaults: false, directives },
    strictTransportSecurity: isSecure ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    xPoweredBy: false,
  })
  const request = new IncomingMessage(new Socket())
  const answer = new ServerResponse(request)
  secure(request, answer, (error) => {
    if (error) throw new Error('the security headers cannot be made', { cause: error })
  })
  const fields = Object.entries(answer.getHeaders()).map(([name, value]) => [name, String(value)])
  return {
    ...Object.fromEntries(fields),
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    // Unless a route says otherwise: an answer may hold somebody's data (S-123).
    'cache-control': 'no-store',
  }
}
