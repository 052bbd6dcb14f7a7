import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Clock } from '../clock.js'
import { requireViewer, type RequestContext } from '../context.js'
import { auditCsv, auditJson } from './audit-file.js'
import { filterOf } from './audit-query.js'
import type { ExportService } from './export.service.js'

interface Surroundings {
  exports: ExportService
  clock: Clock
  contextOf: (request: FastifyRequest, reply: FastifyReply) => Promise<RequestContext>
}

interface Route {
  Querystring: Record<string, unknown>
}

const kinds = {
  csv: { type: 'text/csv; charset=utf-8; header=present', write: auditCsv },
  json: { type: 'application/json; charset=utf-8', write: auditJson },
} as const

/** Files for signed-in people, written line by line: memory stays the same however long they are. */
export function exportRoutes(http: FastifyInstance, { exports, clock, contextOf }: Surroundings): void {
  const asFile = (reply: FastifyReply, name: string, format: keyof typeof kinds): FastifyReply =>
    reply
      .header('cache-control', 'no-store')
      .header(
        'content-disposition',
        `attachment; filename="${name}-${clock().toISOString().slice(0, 10)}.${format}"`,
      )
      .type(kinds[format].type)

  for (const format of ['csv', 'json'] as const) {
    // A HEAD would be in the trail as an export that nobody got.
    http.get<Route>(`/exports/audit.${format}`, { exposeHeadRoute: false }, async (request, reply) => {
      const context = await contextOf(request, reply)
      requireViewer(context)
      const entries = await exports.auditTrail(context, { filter: filterOf(request.query), format })
      return asFile(reply, 'audit', format).send(Readable.from(kinds[format].write(entries)))
    })
  }

  http.get('/exports/me.json', { exposeHeadRoute: false }, async (request, reply) => {
    const context = await contextOf(request, reply)
    const own = await exports.ownData(context)
    const body = ownFile(own, auditJson(exports.ownTrail(context)))
    return asFile(reply, 'me', 'json').send(Readable.from(body))
  })
}

async function* ownFile(own: object, trail: AsyncIterable<string>): AsyncGenerator<string> {
  yield `${JSON.stringify(own).slice(0, -1)},"auditTrail":`
  yield* trail
  yield '}\n'
}
