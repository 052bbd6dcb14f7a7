import type { FastifyRequest } from 'fastify'
import { DomainError } from './errors.js'

const types = {
  json: /^application\/json(;\s*charset="?utf-8"?)?$/i,
  csv: /^text\/csv(;\s*charset="?utf-8"?)?$/i,
} as const

/**
 * A form can send neither these types nor the header, and another site not our Origin: all three together (S-68). An API
 * key is nothing that a browser adds by itself, so a request that brings one needs the type only.
 */
export function refuseForgery(request: FastifyRequest, publicUrl: URL, type: keyof typeof types): void {
  const { origin, authorization, 'content-type': given } = request.headers
  const preflight = request.headers['apollo-require-preflight']
  const isOurs = authorization !== undefined || (preflight !== undefined && origin === publicUrl.origin)
  if (types[type].test(given ?? '') && isOurs) return
  throw new DomainError({
    code: 'FORBIDDEN',
    reason: 'REQUEST_NOT_FROM_OUR_PAGES',
    message: `Requests need ${type === 'json' ? 'JSON' : 'text/csv in UTF-8'}, and either the key of an API client or the header apollo-require-preflight and the Origin ${publicUrl.origin}.`,
  })
}

/**
 * A browser sends our cookie with the upgrade that any site asks for, and no header but Origin tells which (S-106). Keys
 * are for programs, which have no use for it.
 */
export function refuseForeignUpgrade({ headers }: FastifyRequest, publicUrl: URL): void {
  if (headers.origin === publicUrl.origin && headers.authorization === undefined) return
  throw new DomainError({
    code: 'FORBIDDEN',
    reason: 'REQUEST_NOT_FROM_OUR_PAGES',
    message: `Subscriptions are for pages of ${publicUrl.origin}, with the session of who is signed in there.`,
  })
}
