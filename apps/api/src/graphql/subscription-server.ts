import type { FastifyBaseLogger } from 'fastify'
import {
  createSourceEventStream,
  execute,
  getOperationAST,
  GraphQLError,
  parse,
  validate,
  type ExecutionArgs,
  type ExecutionResult,
  type FormattedExecutionResult,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from 'graphql'
import { makeServer, type Server, type SubscribePayload } from 'graphql-ws'
import type { RequestContext } from '../context.js'
import { refuseCostly } from './document-cost.js'
import { documentLimits, refuseUnfitDocument } from './document-limits.js'
import { defineErrors, DomainError, domainErrorOf } from '../errors.js'
import { publicGraphQLError } from './graphql-errors.js'
import { mapEvents } from '../map-events.js'

const mostOperations = 20
const greetingWaitMs = 5_000

const subscriptionErrors = defineErrors({
  TOO_MANY_SUBSCRIPTIONS: {
    code: 'RATE_LIMITED',
    message: `One connection carries at most ${mostOperations} subscriptions at a time.`,
  },
  ONLY_SUBSCRIPTIONS_HERE: {
    code: 'BAD_USER_INPUT',
    message: 'Over a socket there are subscriptions only. Send queries and mutations by POST to /graphql.',
  },
})

/** Whose socket it is. */
export interface Subscriber {
  /** With the rights of this moment; null once the session or the person is gone. */
  contextNow(): Promise<RequestContext | null>
  /** The session is over, and with it the socket. */
  end(): void
}

interface Surroundings {
  schema: GraphQLSchema
  log: FastifyBaseLogger
}

type Args = ExecutionArgs & { contextValue: Subscriber }

/** The protocol of graphql-ws over a socket that somebody else has opened, for somebody who is known already. */
export function createSubscriptionServer(on: Surroundings): Server<Subscriber> {
  const publicError = (error: GraphQLError, code?: string): GraphQLFormattedError => {
    const { message, extensions, ...place } = error.toJSON()
    const formatted = { ...place, message, extensions: { ...extensions, code } }
    // Nobody has a socket without having signed in.
    return publicGraphQLError(formatted, error, { log: on.log, mayReadSchema: true })
  }
  const publicResult = ({ data, errors }: ExecutionResult): FormattedExecutionResult => ({
    ...(data !== undefined && { data }),
    ...(errors && { errors: errors.map((error) => publicError(error)) }),
  })

  /** For each event who may see what is read again, and what the viewer may not see is not told at all (S-106). */
  async function subscribe(args: Args): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
    const subscriber = args.contextValue
    const begun = await subscriber.contextNow()
    if (!begun) return ended(subscriber)
    const events = await createSourceEventStream({ ...args, contextValue: begun })
    if (!(Symbol.asyncIterator in events)) return events
    return mapEvents(events, async (rootValue) => {
      const contextValue = await subscriber.contextNow()
      if (!contextValue) return ended(subscriber)
      const result = await execute({ ...args, rootValue, contextValue })
      return isAboutNothing(result) ? null : result
    })
  }

  return makeServer<Record<string, never>, Subscriber>({
    connectionInitWaitTimeout: greetingWaitMs,
    subscribe: (args) => subscribe(args as Args),
    onSubscribe: ({ subscriptions, extra }, _id, payload) => {
      if (Object.keys(subscriptions).length > mostOperations)
        return [asGraphQLError(subscriptionErrors.TOO_MANY_SUBSCRIPTIONS())]
      const read = readOperation(on.schema, payload)
      return Array.isArray(read) ? read : { ...read, contextValue: extra }
    },
    onNext: (...[, , , , result]) => publicResult(result as ExecutionResult),
    onError: (...[, , , errors]) => errors.map((error) => publicError(error, 'GRAPHQL_VALIDATION_FAILED')),
  })
}

/** What is not there for this viewer, or no more, is not worth an event. */
const isAboutNothing = ({ data, errors = [] }: ExecutionResult): boolean =>
  !data && errors.length > 0 && errors.every((error) => domainErrorOf(error)?.code === 'NOT_FOUND')

function ended(subscriber: Subscriber): ExecutionResult {
  subscriber.end()
  return {}
}

function readOperation(
  schema: GraphQLSchema,
  { query, operationName, variables }: SubscribePayload,
): GraphQLError[] | Pick<ExecutionArgs, 'schema' | 'document' | 'operationName' | 'variableValues'> {
  try {
    refuseUnfitDocument(query)
    const document = parse(query, { maxTokens: documentLimits.tokens })
    const faults = validate(schema, document)
    if (faults.length > 0) return [...faults]
    const operation = getOperationAST(document, operationName)
    if (operation?.operation !== 'subscription')
      return [asGraphQLError(subscriptionErrors.ONLY_SUBSCRIPTIONS_HERE())]
    refuseCostly({ schema, document, operation, variables: variables ?? {} })
    return { schema, document, operationName, variableValues: variables }
  } catch (error) {
    if (error instanceof GraphQLError) return [error]
    if (error instanceof DomainError) return [asGraphQLError(error)]
    throw error
  }
}

const asGraphQLError = (originalError: Error): GraphQLError =>
  new GraphQLError(originalError.message, { originalError })
