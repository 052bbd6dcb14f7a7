import { ApolloServer, HeaderMap, type GraphQLRequestListener } from '@apollo/server'
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled'
import { fastifyApolloHandler } from '@as-integrations/fastify'
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { GraphQLError, type GraphQLSchema } from 'graphql'
import type { RequestContext } from './context.js'
import { DomainError, httpStatusOf } from './errors.js'
import { refuseForgery } from './forgery.js'
import { publicGraphQLError } from './graphql-errors.js'
import type { ContextOf } from './request-context.js'

interface Surroundings {
  schema: GraphQLSchema
  publicUrl: URL
  mayIntrospect: boolean
  contextOf: ContextOf
  log: FastifyBaseLogger
}

/** `POST /graphql` and nothing else: GET executes nothing (S-97). */
export async function graphqlRoute(http: FastifyInstance, on: Surroundings): Promise<void> {
  const apollo = new ApolloServer<RequestContext>({
    schema: on.schema,
    introspection: on.mayIntrospect,
    hideSchemaDetailsFromClientErrors: !on.mayIntrospect,
    includeStacktraceInErrorResponses: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    plugins: [ApolloServerPluginLandingPageDisabled(), { requestDidStart: refuseSubscriptions }],
    formatError: (formatted, error) => publicGraphQLError(formatted, error, on.log),
  })
  await apollo.start()
  http.addHook('onClose', () => apollo.stop())

  const context: ContextOf = (request, reply) => on.contextOf(request, reply).catch(refuseRequest)
  const handler = fastifyApolloHandler(apollo, { context })
  const preHandler = async (request: FastifyRequest): Promise<void> => {
    refuseForgery(request, on.publicUrl, 'json')
    refuseNul(request.body)
  }
  http.post('/graphql', { preHandler }, handler)
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

/** PostgreSQL cannot hold the character, SQLite can: refused at the door, whatever its spelling, they agree (S-134). */
function refuseNul(body: unknown): void {
  if (!/\\u(0{4}|\{0+\})/.test(JSON.stringify(body))) return
  throw new DomainError({
    code: 'BAD_USER_INPUT',
    reason: 'TEXT_NOT_VALID',
    message: 'A text must not contain the character NUL.',
  })
}
