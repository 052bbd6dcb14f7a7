import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { RequestContext } from '../context.js'
import { messageOf } from '../event/event-message.js'
import type { EventFeedService } from './event-feed.service.js'

interface Surroundings {
  eventFeed: EventFeedService
  contextOf: (request: FastifyRequest, reply: FastifyReply) => Promise<RequestContext>
}

interface Route {
  Querystring: Record<string, unknown>
}

const usualLimit = '25'

/** The same as GraphQL's events; each is written as in a webhook, with the id that stands in its header there. */
export function eventsRoute(http: FastifyInstance, { eventFeed, contextOf }: Surroundings): void {
  http.get<Route>('/v1/events', async (request, reply) => {
    const context = await contextOf(request, reply)
    const { edges, pageInfo } = await eventFeed.page(context, pageOf(request.query))
    reply.header('cache-control', 'no-store')
    const events = edges.map(({ node }) => ({ id: node.id, ...messageOf(node) }))
    return { events, next: pageInfo.endCursor, more: pageInfo.hasNextPage }
  })
}

/** What is no number is out of range, and what is no text is no cursor of ours. */
function pageOf({ after, limit = usualLimit }: Route['Querystring']) {
  const first = typeof limit === 'string' && /^\d{1,4}$/.test(limit) ? Number(limit) : 0
  return { first, after: after === undefined ? null : String(after) }
}
