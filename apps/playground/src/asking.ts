import type { GraphiQLProps } from 'graphiql'
import { getOperationAST, OperationTypeNode, parse, type OperationDefinitionNode } from 'graphql'
import type { Client, Sink, SubscribePayload } from 'graphql-ws'

type Fetcher = GraphiQLProps['fetcher']
type Question = Parameters<Fetcher>[0]

export interface Asking {
  /** In memory, for as long as the page is open; empty: ask with the session of who is signed in. */
  setKey(key: string): void
  readonly fetcher: Fetcher
  /** With the session, whatever the key. */
  askWithSession(query: string): Promise<unknown>
}

interface Surroundings {
  fetch: typeof fetch
  socket: Pick<Client, 'subscribe'>
}

export function createAsking({ fetch, socket }: Surroundings): Asking {
  let key = ''

  /** Never both: the hub refuses a key beside a session, and one who tries a key wants to see what the key may do. */
  async function ask(question: unknown, withKey: string): Promise<unknown> {
    const answer = await fetch('/graphql', {
      method: 'POST',
      credentials: withKey ? 'omit' : 'same-origin',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...(withKey ? { authorization: `Bearer ${withKey}` } : { 'apollo-require-preflight': 'true' }),
      },
      body: JSON.stringify(question),
    })
    return answer.json()
  }

  return {
    setKey(next) {
      key = next.trim()
    },
    fetcher(asked) {
      const operation = operationOf(asked)
      // The name that GraphiQL sends comes late: just after another text was put in, it is still that of the former.
      const question = { ...asked, operationName: operation?.name?.value }
      if (operation?.operation !== OperationTypeNode.SUBSCRIPTION)
        return ask(question, key) as ReturnType<Fetcher>
      return {
        subscribe: (observer: Sink) => ({
          unsubscribe: socket.subscribe(question as SubscribePayload, observer),
        }),
      } as ReturnType<Fetcher>
    },
    askWithSession: (query) => ask({ query }, ''),
  }
}

function operationOf({ query, operationName }: Question): OperationDefinitionNode | null | undefined {
  try {
    const document = parse(query)
    return getOperationAST(document, operationName) ?? getOperationAST(document)
  } catch {
    // The hub says what is wrong with it, and where.
    return null
  }
}
