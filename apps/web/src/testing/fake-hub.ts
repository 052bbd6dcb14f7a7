import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { ApolloLink, type FetchResult, Observable, type Operation } from '@apollo/client/core'
import { buildSchema, execute, graphql, GraphQLError } from 'graphql'

/** What the hub answers, field by field: a value, or a function of the arguments. May throw `refusal(...)`. */
export type Answers = Record<string, unknown>

export interface FakeHub {
  fetch: typeof fetch
  /** Operations in the order in which they came. */
  asked: { operation: string; variables: Record<string, unknown> }[]
  answers: Answers
  /** Where a page subscribes. */
  live: ApolloLink
  /** Tells every page that listens what the hub answers now to the query. */
  tell(field: string, value: unknown): Promise<void>
}

interface Observer {
  next(result: FetchResult): void
}

const require = createRequire(import.meta.url)
const schema = buildSchema(readFileSync(require.resolve('@optin-hub/api-schema/schema.graphql'), 'utf8'))

/** Stands behind `fetch` and answers from the real schema, so that a document the hub would refuse fails here too. */
export function createFakeHub(answers: Answers): FakeHub {
  const listening = new Map<object, Operation>()
  const hub: FakeHub = {
    asked: [],
    answers,
    fetch: (_url, init) => answer(hub, String(init?.body)),
    live: new ApolloLink(
      (operation) =>
        new Observable((observer) => {
          listening.set(observer, operation)
          return () => listening.delete(observer)
        }),
    ),
    async tell(field, value) {
      for (const [observer, { query, variables }] of listening) {
        const told = { schema, document: query, rootValue: { [field]: value }, variableValues: variables }
        ;(observer as Observer).next(await execute(told))
      }
    },
  }
  return hub
}

/** What every page asks, and few tests are about. */
const asNothingWereWrong: Answers = { alarms: [], applications: [], upsEnvironment: 'PRODUCTION' }

async function answer(hub: FakeHub, body: string): Promise<Response> {
  const request = JSON.parse(body) as {
    operationName: string
    query: string
    variables: Record<string, unknown>
  }
  hub.asked.push({ operation: request.operationName, variables: request.variables })
  if (hub.answers['offline']) throw new TypeError('fetch failed')
  const result = await graphql({
    schema,
    source: request.query,
    rootValue: { ...asNothingWereWrong, ...hub.answers },
    variableValues: request.variables,
  })
  return new Response(JSON.stringify(result), { headers: { 'content-type': 'application/json' } })
}

export function refusal(code: string, reason = 'BECAUSE'): GraphQLError {
  return new GraphQLError('The hub says no.', { extensions: { code, reason, requestId: 'request-1' } })
}
