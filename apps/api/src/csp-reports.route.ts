import type { FastifyInstance } from 'fastify'

const longestReport = 8 * 1024
const types = ['application/csp-report', 'application/reports+json']

/** Browsers say here what the content policy stopped. A line in the log, cut short: the text is a stranger's. */
export function cspReportsRoute(http: FastifyInstance): void {
  http.addContentTypeParser(
    types,
    { parseAs: 'string', bodyLimit: longestReport },
    (_request, body, done) => {
      done(null, body)
    },
  )
  http.post('/csp-reports', (request, reply) => {
    const directive = /"(?:effective-directive|effectiveDirective|violated-directive)":"([a-z-]{1,40})/.exec(
      String(request.body),
    )
    request.log.warn(
      { requestId: request.id, directive: directive?.[1] ?? 'unknown' },
      'content policy violation',
    )
    return reply.code(204).send()
  })
}
