import { ApolloServer } from '@apollo/server'
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled'
import { fastifyApolloHandler } from '@as-integrations/fastify'
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest } from 'fastify'
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql'
import type { RequestContext } from './context.js'
import { DomainError, logLevelOf, publicError } from './errors.js'
import { readableError } from './graphql-errors.js'
import { currentRequestId } from './http.js'
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
    plugins: [ApolloServerPluginLandingPageDisabled()],
    formatError: (formatted, error) => answerOf(formatted, error, on.log),
  })
  await apollo.start()
  http.addHook('onClose', () => apollo.stop())

  const handler = fastifyApolloHandler(apollo, { context: on.contextOf })
  const preHandler = async (request: FastifyRequest): Promise<void> => {
    refuseForgery(request, on.publicUrl)
    refuseNul(request.body)
  }
  http.post('/graphql', { preHandler }, handler)
  http.route({
    method: ['GET', 'PUT', 'PATCH', 'DELETE'],
    url: '/graphql',
    handler: (_request, reply) => reply.code(405).header('allow', 'POST').send(),
  })
}

/** All three together: a form can send neither JSON nor the header, and another site not our Origin (S-68). */
function refuseForgery(request: FastifyRequest, publicUrl: URL): void {
  const {
    origin,
    authorization,
    'content-type': type,
    'apollo-require-preflight': preflight,
  } = request.headers
  const isJson = /^application\/json(;\s*charset="?utf-8"?)?$/i.test(type ?? '')
  if (isJson && preflight !== undefined && origin === publicUrl.origin && authorization === undefined) return
  throw new DomainError({
    code: 'FORBIDDEN',
    reason: 'REQUEST_NOT_FROM_OUR_PAGES',
    message: `Requests need JSON, the header apollo-require-preflight and the Origin ${publicUrl.origin}; an Authorization header is not accepted.`,
  })
}

/** PostgreSQL cannot hold the character, SQLite can: refused at the door, whatever its spelling, they agree (S-134). */
function refuseNul(body: unknown): void {
  if (!/\\u(0{4}|\{0+\})/.test(JSON.stringify(body))) return
  throw new DomainError({
    code: 'BAD_USER_INPUT',
    reason: 'TEXT_NOT_VALID',
    message: 'A text must not contain the character NUL.',
  })
}

function answerOf(
  formatted: GraphQLFormattedError,
  error: unknown,
  log: FastifyBaseLogger,
): GraphQLFormattedError {
  const known = readableError(formatted, error)
  const requestId = currentRequestId()
  const { message, ...extensions } = publicError(known, requestId)
  log[logLevelOf(known)]({ err: known, requestId, path: formatted.path }, 'operation failed')
  return {
    message,
    ...(formatted.locations && { locations: formatted.locations }),
    ...(formatted.path && { path: formatted.path }),
    extensions: { ...extensions },
  }
}
