import { problemOf } from './errors.js'
import type { FastifyInstance } from 'fastify'
import type { Surroundings } from './app-surroundings.js'
import type { Config } from './config.js'
import { healthRoute } from './health/health.route.js'
import { createHttp } from './http.js'
import { metricsRoute } from './metrics/metrics.route.js'
import { sealedMetric } from './metrics/metrics.service.js'
import { isOwnPath, pagesRoute } from './pages.route.js'

export interface SealedApp {
  http: FastifyInstance
  close(): Promise<void>
}

const message =
  'The hub is sealed: it was started with a key that does not fit its database. Nothing is lost. The operator has to start it again with the right key.'

/**
 * What runs when no key opens the database: it says so, and has no connection to the database, hence nothing is read,
 * overwritten or marked as broken (S-43). Pages and probes are answered; whatever needs data is refused.
 */
export async function createSealedApp(config: Config, on: Surroundings): Promise<SealedApp> {
  const http = await createHttp({ config, log: on.log })
  refuseWork(http)
  healthRoute(http, () => Promise.resolve({ status: 'sealed', message }))
  metricsRoute(http, config.metricsToken, () => Promise.resolve([sealedMetric(true)]))
  await pagesRoute(http, on.webRoot)
  return { http, close: () => http.close() }
}

/** Before the routes are looked at, so that a route added later is refused as well. */
function refuseWork(http: FastifyInstance): void {
  http.addHook('onRequest', async (request, reply) => {
    const path = request.url.split('?', 1)[0] ?? ''
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    const mayBeServed = isRead && (!isOwnPath(path) || /^\/(assets\/|healthz$|readyz$|metrics$)/.test(path))
    if (mayBeServed) return
    const problem = problemOf(503, { message, code: 'INTERNAL', reason: 'SEALED', requestId: request.id })
    return reply.code(503).header('retry-after', '60').type('application/problem+json').send(problem)
  })
}
