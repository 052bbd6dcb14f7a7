import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Clock } from '../clock.js'
import { requireViewer, type RequestContext } from '../context.js'
import { auditCsv, auditJson } from './audit-file.js'
import { filterOf } from './audit-query.js'
import type { ExportService } from './export.service.js'
import { fileFormats, type FileFormat } from './file-formats.js'
import { authorizationFile, tokenFile } from './history-file.js'
import { historyWishOf } from './history-query.js'
import type { HistoryService } from './history.service.js'

interface Surroundings {
  exports: ExportService
  histories: HistoryService
  clock: Clock
  contextOf: (request: FastifyRequest, reply: FastifyReply) => Promise<RequestContext>
}

interface Asked {
  context: RequestContext
  query: Record<string, unknown>
  format: FileFormat
}

type Lines = AsyncIterable<string>
type WriteFile = (asked: Asked) => Promise<Lines>

const types = {
  csv: 'text/csv; charset=utf-8; header=present',
  json: 'application/json; charset=utf-8',
} as const

/** Files for signed-in people, written line by line as they are fetched: memory stays the same however long they are. */
export function exportRoutes(http: FastifyInstance, on: Surroundings): void {
  const { exports, histories, clock, contextOf } = on

  const serve = (name: string, formats: readonly FileFormat[], write: WriteFile): void => {
    for (const format of formats) {
      // A HEAD would be in the trail as an export that nobody got.
      http.get(`/exports/${name}.${format}`, { exposeHeadRoute: false }, async (request, reply) => {
        const context = await contextOf(request, reply)
        requireViewer(context)
        const lines = await write({ context, query: request.query as Record<string, unknown>, format })
        const day = clock().toISOString().slice(0, 10)
        return reply
          .header('cache-control', 'no-store')
          .header('content-disposition', `attachment; filename="${name}-${day}.${format}"`)
          .type(types[format])
          .send(Readable.from(lines))
      })
    }
  }

  serve('audit', fileFormats, async ({ context, query, format }) => {
    const entries = await exports.auditTrail(context, { filter: filterOf(query), format })
    return format === 'csv' ? auditCsv(entries) : auditJson(entries)
  })

  serve('authorization-history', fileFormats, async ({ context, query, format }) =>
    authorizationFile(await histories.ofAuthorizations(context, { ...historyWishOf(query), format }), format),
  )

  serve('token-history', fileFormats, async ({ context, query, format }) =>
    tokenFile(await histories.ofTokens(context, { ...historyWishOf(query), format }), format),
  )

  serve('me', ['json'], async ({ context }) =>
    ownFile(await exports.ownData(context), auditJson(exports.ownTrail(context))),
  )
}

async function* ownFile(own: object, trail: Lines): AsyncGenerator<string> {
  yield `${JSON.stringify(own).slice(0, -1)},"auditTrail":`
  yield* trail
  yield '}\n'
}
