import type { FastifyInstance } from 'fastify'
import type { Readiness } from './readiness.js'

/** Alive: the process answers. Ready: it can do its work, which is asked anew of what the work needs. */
export function healthRoute(http: FastifyInstance, readinessOf: () => Promise<Readiness>): void {
  http.get('/healthz', () => ({ status: 'ok' }))
  http.get('/readyz', async (_request, reply) => {
    const readiness = await readinessOf()
    return reply.code(readiness.status === 'ready' ? 200 : 503).send(readiness)
  })
}
