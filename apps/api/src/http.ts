import { randomUUID } from 'node:crypto'
import fastifyCookie from '@fastify/cookie'
import fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify'
import { quotaFields } from './api-client/request-quotas.js'
import type { Config } from './config.js'
import { hangUpUnserved } from './connections.js'
import { DomainError, domainErrorOf, httpStatusOf, logLevelOf, problemOf, publicError } from './errors.js'
import { currentRequest, inRequest, type RequestSource } from './request-source.js'
import { securityHeaders } from './security-headers.js'

const bodyLimit = 100 * 1024
const addressLimit = 8 * 1024
const requestLimitMs = 30_000
const headerLimitMs = 10_000
const idleLimitMs = 60_000

export interface HttpOptions {
  config: Pick<Config, 'publicUrl' | 'trustedProxies'>
  log: FastifyBaseLogger
  /** Told of each request that was refused something, before its answer leaves. */
  recordRefusals?: (source: RequestSource) => Promise<void>
}

/** The server without its routes: ids, limits, security headers, errors. */
export async function createHttp(options: HttpOptions): Promise<FastifyInstance> {
  const { config, log, recordRefusals } = options
  const http = fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
    bodyLimit,
    connectionTimeout: idleLimitMs,
    keepAliveTimeout: idleLimitMs,
    requestTimeout: requestLimitMs,
    http: { headersTimeout: headerLimitMs },
    return503OnClosing: true,
    rewriteUrl: ({ url = '/' }) => (isDecodable(url) ? url : notAnAddress),
  })
  hangUpUnserved(http)
  http.removeContentTypeParser('text/plain')
  const everywhere = securityHeaders(config.publicUrl)
  http.addHook('onRequest', (request, reply, done) => {
    reply.headers(everywhere).header('x-request-id', request.id)
    inRequest({ requestId: request.id, address: request.ip }, done)
  })
  refuseOtherHosts(http, config.publicUrl)
  http.addHook('onRequest', ({ originalUrl }, _reply, done) => {
    done(originalUrl.length > addressLimit ? refused(414, 'ADDRESS_TOO_LONG') : undefined)
  })
  await http.register(fastifyCookie)
  logRequests(http)
  http.addHook('onSend', async (_request, reply) => {
    const source = currentRequest()
    if (source) tellQuotas(source, reply)
    if (source && source.refusals.length > 0) await recordRefusals?.(source)
  })
  http.setErrorHandler((error, request, reply) => {
    const known = knownHttpError(error)
    const status = known === error ? httpStatusOf(known) : ((error as HttpError).statusCode ?? 400)
    request.log[logLevelOf(known)]({ err: error, requestId: request.id }, 'request failed')
    if (known instanceof DomainError) currentRequest()?.refusals.push(known)
    addHintsOf(known, reply)
    return reply
      .code(status)
      .type('application/problem+json')
      .send(problemOf(status, publicError(known, request.id)))
  })
  return http
}

/** Fastify answers what it cannot decode before any hook, and so without our headers: it becomes an address that nobody has. */
const notAnAddress = '/not-an-address.'

function isDecodable(url: string): boolean {
  try {
    decodeURIComponent(url.split('?', 1)[0] ?? '')
    return true
  } catch {
    return false
  }
}

interface HttpError {
  statusCode?: number
  code?: string
}

const refused = (statusCode: number, code: string): Error & HttpError =>
  Object.assign(new Error(code), { statusCode, code })

/** Links and cookies are for one public address; a page under any other name would not work, or be somebody's trick (S-126). */
function refuseOtherHosts(http: FastifyInstance, publicUrl: URL): void {
  http.addHook('onRequest', (request, reply, done) => {
    const isProbe = ['/healthz', '/readyz', '/metrics'].includes(request.url)
    if (isProbe || request.host === publicUrl.host) return done()
    reply
      .code(421)
      .type('text/plain')
      .send(`This is not the address of the hub. Open ${publicUrl.origin}/ instead.\n`)
  })
}

/** The route's pattern, never the address: a query may hold a code or a state (S-170). */
function logRequests(http: FastifyInstance): void {
  http.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none'
    const { method, id: requestId } = request
    request.log.info(
      { requestId, method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
      'request',
    )
    done()
  })
}

/** On every answer to an API client, refused or not, so that it need not run into a limit to learn of it. */
function tellQuotas({ quotas }: RequestSource, reply: FastifyReply): void {
  if (quotas.size === 0) return
  reply.headers(quotaFields(quotas))
  for (const { isRefused, resetSeconds } of quotas.values())
    if (isRefused) reply.header('retry-after', String(resetSeconds))
}

/** What clients act on without reading the body: how to ask (RFC 9110 section 15.5.2), and when again. */
function addHintsOf(error: unknown, reply: FastifyReply): void {
  const known = domainErrorOf(error)
  if (known?.code === 'UNAUTHENTICATED') reply.header('www-authenticate', 'Bearer')
  const retryAfterSeconds = known?.details?.retryAfterSeconds
  if (typeof retryAfterSeconds === 'number') reply.header('retry-after', String(Math.ceil(retryAfterSeconds)))
}

/** What Fastify itself refuses is the caller's mistake, said with our codes. */
function knownHttpError(error: unknown): unknown {
  const { statusCode, code } = error as HttpError
  if (error instanceof DomainError || !statusCode || statusCode >= 500) return error
  return new DomainError({
    code: statusCode === 404 ? 'NOT_FOUND' : 'BAD_USER_INPUT',
    reason: code?.replace(/^FST_ERR_/, '') ?? 'REQUEST_REFUSED',
    message: 'The server cannot read this request.',
    cause: error,
  })
}

export const isPageRequest = (request: FastifyRequest): boolean =>
  /^(GET|HEAD)$/.test(request.method) && (request.headers.accept ?? '').includes('text/html')
