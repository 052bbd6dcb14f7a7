import { PassThrough } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { RequestContext } from '../context.js'
import { logLevelOf, publicError } from '../errors.js'
import { csvFileErrors } from './csv-file.errors.js'
import type { FileFault } from './file-faults.js'

/** A file, and what is wanted of it. */
export interface AskedImport {
  bytes: Buffer
  /** Checks everything and changes nothing. */
  isDryRun: boolean
  onProgress(progress: Progress): void
}

export interface Progress {
  /** Bytes while reading, what they were read into while writing. */
  step: 'READING' | 'WRITING'
  done: number
  total: number
}

export interface FaultyFile {
  faults: readonly FileFault[]
  faultCount: number
}

interface FileImport<Admitted extends object> {
  path: string
  contextOf: (request: FastifyRequest, reply: FastifyReply) => Promise<RequestContext>
  /** Throws where the request could be another site's. */
  refuseForgery: (request: FastifyRequest) => void
  /** Who may import, asked before a file is read: a stranger's would only fill the memory. */
  admit(context: RequestContext, parameters: Record<string, string>): Admitted | Promise<Admitted>
  run(admitted: Admitted, asked: AskedImport): Promise<FaultyFile | object>
}

const largestFile = 20 * 1024 * 1024

/** Hubs that have a file in work. */
const busy = new WeakSet<FastifyInstance>()

/**
 * `POST <path>`, a file as text/csv; `<path>/rehearsal` checks it and changes nothing. Answers line by line, each a JSON
 * object: `progress` while it works, then one of `result`, `faults` or `error`.
 */
export function fileImportRoutes<Admitted extends object>(
  http: FastifyInstance,
  on: FileImport<Admitted>,
): void {
  // A scope of its own, since nothing else takes files.
  void http.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('text/csv', { parseAs: 'buffer' }, (_request, body, parsed) =>
      parsed(null, body),
    )
    const admittedOf = new WeakMap<FastifyRequest, Admitted>()
    const onRequest = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
      on.refuseForgery(request)
      const context = await on.contextOf(request, reply)
      admittedOf.set(request, await on.admit(context, request.params as Record<string, string>))
    }
    for (const [path, isDryRun] of [
      [on.path, false],
      [`${on.path}/rehearsal`, true],
    ] as const) {
      scope.post<{ Body: Buffer }>(path, { onRequest, bodyLimit: largestFile }, (request, reply) => {
        const admitted = admittedOf.get(request) as Admitted
        const lines = new PassThrough()
        const say = (line: object): void => void (lines.writable && lines.write(`${JSON.stringify(line)}\n`))
        const asked = {
          bytes: request.body,
          isDryRun,
          onProgress: (progress: Progress) => say({ progress }),
        }
        void oneAtATime(http, () => on.run(admitted, asked))
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

/** A file and what is read from it fill some memory. */
async function oneAtATime<T>(http: FastifyInstance, work: () => Promise<T>): Promise<T> {
  if (busy.has(http)) throw csvFileErrors.IMPORT_UNDER_WAY()
  busy.add(http)
  try {
    return await work()
  } finally {
    busy.delete(http)
  }
}
