import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { requireApiCaller, type RequestContext } from '../context.js'
import { minimumSecondsOf } from './minimum-seconds.js'
import { openApiDocument } from './openapi.js'
import { tokenApiErrors } from './token-api.errors.js'
import type { TokenApiService } from './token-api.service.js'
import type { TokenStatus } from './token-api.type.js'

interface Surroundings {
  publicUrl: URL
  tokens: TokenApiService
  contextOf: (request: FastifyRequest, reply: FastifyReply) => Promise<RequestContext>
}

interface Route {
  Params: { vaultKey: string }
  Querystring: Record<string, unknown>
}

const path = '/v1/tokens/:vaultKey'

/** The same as GraphQL's tokenStatus and issueAccessToken, for programs that would rather not speak GraphQL. */
export function tokenRoutes(http: FastifyInstance, { publicUrl, tokens, contextOf }: Surroundings): void {
  const document = openApiDocument(publicUrl)
  http.get('/v1/openapi.json', async () => document)

  http.get<Route>(path, async (request, reply) => {
    const context = await contextOf(request, reply)
    requireApiCaller(context)
    const status = await tokens.status(context, request.params.vaultKey)
    if (!status) throw tokenApiErrors.VAULT_KEY_UNKNOWN()
    const etag = etagOf(status)
    reply.header('cache-control', 'private, no-cache').header('vary', 'authorization').header('etag', etag)
    if (isHeld(etag, request.headers['if-none-match'])) return reply.code(304).send()
    return status
  })

  // A HEAD would take a token, and be recorded as such, without anybody getting it.
  http.get<Route>(`${path}/access-token`, { exposeHeadRoute: false }, async (request, reply) => {
    const context = await contextOf(request, reply)
    requireApiCaller(context)
    const minimum = minimumSecondsOf(request.query.minimum_seconds)
    const token = await tokens.issue(context, request.params.vaultKey, minimum)
    reply.header('cache-control', 'no-store')
    return { ...token, accessToken: token.accessToken.reveal(), tokenType: 'Bearer' }
  })
}

/** Weak: two answers that differ only in when they were given mean the same (RFC 9110 section 8.8.1). */
function etagOf({ checkedAt: _when, ...body }: TokenStatus): string {
  return `W/"${createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, 27)}"`
}

/** RFC 9110 section 13.1.2: compared weakly, as one of a list. */
function isHeld(etag: string, held: string | undefined): boolean {
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '')
  return held !== undefined && (held.trim() === '*' || held.split(',').map(opaque).includes(opaque(etag)))
}
