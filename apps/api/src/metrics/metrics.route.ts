import { createHash, timingSafeEqual } from 'node:crypto'
import type { Secret } from '@optin-hub/oauth-client'
import type { FastifyInstance } from 'fastify'
import { DomainError } from '../errors.js'
import { exposition, type Metric } from './exposition.js'

const contentType = 'text/plain; version=0.0.4; charset=utf-8'

/** Of one length, so that the comparison takes the same time for each. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** `GET /metrics`, with the token of the settings as a bearer. Without that setting there is no such address. */
export function metricsRoute(
  http: FastifyInstance,
  token: Secret | null,
  metricsOf: () => Promise<Metric[]>,
): void {
  if (token === null) return
  const expected = digest(token.reveal())
  http.get('/metrics', async (request, reply) => {
    const [, given = ''] = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '') ?? []
    if (!timingSafeEqual(digest(given), expected))
      throw new DomainError({
        code: 'UNAUTHENTICATED',
        reason: 'METRICS_TOKEN_REQUIRED',
        message: 'This needs METRICS_TOKEN, as Authorization: Bearer <token>.',
      })
    return reply.type(contentType).send(exposition(await metricsOf()))
  })
}
