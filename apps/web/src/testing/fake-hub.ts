import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { buildSchema, graphql, GraphQLError } from 'graphql'

/** What the hub answers, field by field: a value, or a function of the arguments. May throw `refusal(...)`. */
export type Answers = Record<string, unknown>

export interface FakeHub {
  fetch: typeof fetch
  /** Operations in the order in which they came. */
  asked: { operation: string; variables: Record<string, unknown> }[]
  answers: Answers
}

const require = createRequire(import.meta.url)
const schema = buildSchema(readFileSync(require.resolve('@optin-hub/api-schema/schema.graphql'), 'utf8'))

/** Stands behind `fetch` and answers from the real schema, so that a document the hub would refuse fails here too. */
export function createFakeHub(answers: Answers): FakeHub {
  const hub: FakeHub = { asked: [], answers, fetch: (_url, init) => answer(hub, String(init?.body)) }
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
