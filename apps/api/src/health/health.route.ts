import type { FastifyInstance } from 'fastify'
import type { Database } from '../db/transaction.js'

/** Alive: the process answers. Ready: it can do its work, which needs the database. */
export function healthRoute(http: FastifyInstance, database: Database): void {
  http.get('/healthz', () => ({ status: 'ok' }))
  http.get('/readyz', async (request, reply) => {
    try {
      await database.reader.query('SELECT 1')
      return { status: 'ready' }
    } catch (error) {
      request.log.error({ err: error }, 'not ready')
      return reply.code(503).send({ status: 'not ready' })
    }
  })
}
