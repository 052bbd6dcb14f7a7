import { ApolloLink, execute, type FetchResult, gql, Observable } from '@apollo/client/core'
import { GraphQLError } from 'graphql'
import { expect, it } from 'vitest'
import { renewedSession } from './renewed-session'

const query = gql('query Companies { companies }')
const reauthenticate = gql('mutation Reauthenticate { reauthenticate }')
const refused = {
  errors: [new GraphQLError('no', { extensions: { code: 'UNAUTHENTICATED', requestId: 'one' } })],
}
const answered = { data: { companies: [] } }

/** A hub that answers when told, in the order of the test. */
function aHub() {
  const waiting: { name: string; answer: (result: FetchResult) => void }[] = []
  const hub = new ApolloLink(
    ({ operationName }) =>
      new Observable((observer) => {
        waiting.push({
          name: operationName,
          answer: (result) => {
            observer.next(result)
            observer.complete()
          },
        })
      }),
  )
  const link = renewedSession().concat(hub)
  const ask = (document: typeof query) => {
    const results: FetchResult[] = []
    execute(link, { query: document }).subscribe((result) => results.push(result))
    return results
  }
  const settle = () => new Promise((done) => setTimeout(done))
  return { waiting, ask, settle, names: () => waiting.map(({ name }) => name) }
}

it('asks once more what a renewed session has overtaken, with the new session', async () => {
  const hub = aHub()
  const results = hub.ask(query)
  hub.ask(reauthenticate)
  hub.waiting[0]?.answer(refused)
  await hub.settle()
  expect(hub.names(), 'not before there is a new session').toEqual(['Companies', 'Reauthenticate'])
  hub.waiting[1]?.answer({ data: { reauthenticate: true } })
  await hub.settle()
  expect(hub.names()).toEqual(['Companies', 'Reauthenticate', 'Companies'])
  hub.waiting[2]?.answer(answered)
  expect(results).toEqual([answered])
})

it('does so too where the refusal comes after the renewal, and only once', async () => {
  const hub = aHub()
  const results = hub.ask(query)
  hub.ask(reauthenticate)
  hub.waiting[1]?.answer({ data: { reauthenticate: true } })
  hub.waiting[0]?.answer(refused)
  await hub.settle()
  hub.waiting[2]?.answer(refused)
  await hub.settle()
  expect(hub.names()).toEqual(['Companies', 'Reauthenticate', 'Companies'])
  expect(results).toEqual([refused])
})

it('lets a session be over that was not renewed', async () => {
  const hub = aHub()
  hub.ask(reauthenticate)
  hub.waiting[0]?.answer({ data: { reauthenticate: true } })
  const results = hub.ask(query)
  hub.waiting[1]?.answer(refused)
  await hub.settle()
  expect(hub.names()).toEqual(['Reauthenticate', 'Companies'])
  expect(results).toEqual([refused])
})
