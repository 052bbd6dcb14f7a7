import { ApolloServer, HeaderMap, type GraphQLRequestListener } from '@apollo/server'
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled'
import { fastifyApolloHandler } from '@as-integrations/fastify'
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { GraphQLError, type GraphQLSchema } from 'graphql'
import type { RequestContext } from '../context.js'
import { refuseUnreadable } from '../body-limits.js'
import { documentLimits } from './document-limits.js'
import { DomainError, httpStatusOf } from '../errors.js'
import { refuseForgery } from '../forgery.js'
import { withinDeadline } from './graphql-deadline.js'
import { publicGraphQLError } from './graphql-errors.js'
import { graphqlLimits, mayReadSchema, unfitDocuments } from './graphql-limits.js'
import type { ContextOf } from '../request-context.js'

interface Surroundings {
  schema: GraphQLSchema
  publicUrl: URL
  /** Whether strangers may read the schema. */
  isSchemaOpen: boolean
  contextOf: ContextOf
  queryLimitMs?: number
  log: FastifyBaseLogger
}

/** `POST /graphql` and nothing else: GET executes nothing (S-97). */
export async function graphqlRoute(http: FastifyInstance, on: Surroundings): Promise<void> {
  const apollo = new ApolloServer<RequestContext>({
    schema: on.schema,
    // Who may is decided for each request.
    introspection: true,
    // Stopped in the lexer, so that what is refused has cost nothing yet (S-90).
    parseOptions: { maxTokens: documentLimits.tokens },
    includeStacktraceInErrorResponses: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      { requestDidStart: refuseSubscriptions },
      graphqlLimits(on.isSchemaOpen),
    ],
    formatError: (formatted, error) =>
      publicGraphQLError(formatted, error, { ...on, mayReadSchema: mayReadSchema(on.isSchemaOpen) }),
  })
  await apollo.start()
  http.addHook('onClose', () => apollo.stop())

  const refuseUnfit = unfitDocuments()
  const context: ContextOf = async (request, reply) => {
    try {
      refuseUnfit(request.body)
      return await on.contextOf(request, reply)
    } catch (error) {
      return refuseRequest(error)
    }
  }
  const handler = fastifyApolloHandler(apollo, { context })
  const preHandler = async (request: FastifyRequest): Promise<void> => {
    refuseForgery(request, on.publicUrl, 'json')
    refuseUnreadable(request.body)
  }
  http.post('/graphql', { preHandler }, (request, reply) =>
    withinDeadline(on.queryLimitMs ?? 5_000, async () => handler.call(http, request, reply)),
  )
  // GET is the door of the subscriptions.
  http.route({ method: ['PUT', 'PATCH', 'DELETE'], url: '/graphql', handler: onlyPost })
}

export const onlyPost = (_request: FastifyRequest, reply: FastifyReply): FastifyReply =>
  reply.code(405).header('allow', 'POST').send()

/** The whole request is refused, with the status that says so; the body is what GraphQL clients read. */
function refuseRequest(error: unknown): never {
  const status = httpStatusOf(error)
  const headers = new HeaderMap(status === 401 ? [['www-authenticate', 'Bearer']] : [])
  throw new GraphQLError('The request was refused.', {
    extensions: { http: { status, headers } },
    originalError: error instanceof Error ? error : null,
  })
}

const refuseSubscriptions = (): Promise<GraphQLRequestListener<RequestContext>> =>
  Promise.resolve({
    didResolveOperation({ operation }) {
      if (operation?.operation !== 'subscription') return Promise.resolve()
      throw new DomainError({
        code: 'BAD_USER_INPUT',
        reason: 'SUBSCRIPTIONS_BY_SOCKET',
        message: 'Subscriptions come over a socket only: by upgrade of GET /graphql.',
      })
    },
  })
