import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { applications } from '../application/applications.js'
import type { RequestContext } from '../context.js'
import type { Completion, CompleteOptInService } from './complete-opt-in.service.js'
import { returnPages } from './return-to.js'

interface Surroundings {
  optIns: CompleteOptInService
  contextOf: (request: FastifyRequest, reply: FastifyReply) => Promise<RequestContext>
}

/**
 * UPS.com sends the browser back here, one path per application (RFC 9700 section 4.4.2.2). Whatever came in, the
 * answer, a fault of our own included, is a redirect to a clean address: no code or state stays in the history, a log or a Referer (S-11).
 */
export function callbackRoute(http: FastifyInstance, { optIns, contextOf }: Surroundings): void {
  for (const { id, slug } of applications) {
    http.get(`/oauth/callback/${slug}`, async (request, reply) => {
      const query = request.raw.url?.split('?').slice(1).join('?') ?? ''
      const address = await contextOf(request, reply)
        .then((context) => optIns.complete(context, id, new URLSearchParams(query)))
        .then(destination)
        .catch((err: unknown) => {
          request.log.error({ err, requestId: request.id }, 'a return from UPS.com could not be dealt with')
          return '/opt-in/not-finished'
        })
      return reply.redirect(address, 303)
    })
  }
}

function destination(completion: Completion): string {
  if ('stray' in completion) return `/opt-in/${completion.stray}`
  const { visit } = completion
  const query = new URLSearchParams({ company: visit.companyId, 'opt-in': visit.id })
  return `${returnPages[visit.returnTo].path}?${query.toString()}`
}
