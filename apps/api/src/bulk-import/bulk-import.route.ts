import { PassThrough } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { requireFreshAuthentication, requireViewer, type RequestContext } from '../context.js'
import { logLevelOf, publicError } from '../errors.js'
import type { BulkImportService } from './bulk-import.service.js'

interface Surroundings {
  imports: BulkImportService
  contextOf: (request: FastifyRequest, reply: FastifyReply) => Promise<RequestContext>
  /** Throws where the request could be another site's. */
  refuseForgery: (request: FastifyRequest) => void
}

const largestFile = 20 * 1024 * 1024

/**
 * `POST /imports`, a file as text/csv; `/imports/rehearsal` checks it and changes nothing. Answers line by line, each a
 * JSON object: `progress` while it works, then one of `result`, `faults` or `error`. Who may not import is refused before
 * the file is read.
 */
export function bulkImportRoutes(
  http: FastifyInstance,
  { imports, contextOf, refuseForgery }: Surroundings,
): void {
  // A scope of its own, since nothing else takes files.
  void http.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('text/csv', { parseAs: 'buffer' }, (_request, body, parsed) =>
      parsed(null, body),
    )
    const contexts = new WeakMap<FastifyRequest, RequestContext>()
    const onRequest = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
      refuseForgery(request)
      const context = await contextOf(request, reply)
      imports.requireImporter(context)
      contexts.set(request, context)
    }
    for (const [path, isDryRun] of [
      ['/imports', false],
      ['/imports/rehearsal', true],
    ] as const) {
      scope.post<{ Body: Buffer }>(path, { onRequest, bodyLimit: largestFile }, (request, reply) => {
        const context = contexts.get(request) as RequestContext
        const actor = imports.requireImporter(context)
        // Inviting gives roles, for which the password is wanted afresh (S-66); a rehearsal invites nobody.
        const inviter = () => (isDryRun ? requireViewer : requireFreshAuthentication)(context).userId
        const lines = new PassThrough()
        const say = (line: object): void => void (lines.writable && lines.write(`${JSON.stringify(line)}\n`))
        void imports
          .run(actor, { bytes: request.body, isDryRun, inviter, onProgress: (progress) => say({ progress }) })
          .then((outcome) => say('faults' in outcome ? outcome : { result: outcome }))
          .catch((error: unknown) => {
            request.log[logLevelOf(error)]({ err: error, requestId: request.id }, 'import failed')
            say({ error: publicError(error, request.id) })
          })
          .finally(() => lines.end())
        return reply.type('application/x-ndjson').send(lines)
      })
    }
    done()
  })
}
