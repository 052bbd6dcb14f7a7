import { expect, it } from 'vitest'
import { createAsking } from './asking'

function asked() {
  const requests: { address: unknown; init: RequestInit }[] = []
  const subscribed: unknown[] = []
  const asking = createAsking({
    fetch: (address, init) => {
      requests.push({ address, init: init ?? {} })
      return Promise.resolve(Response.json({ data: { ok: true } }))
    },
    socket: {
      subscribe: (payload) => {
        subscribed.push(payload)
        return () => undefined
      },
    },
  })
  return { asking, requests, subscribed }
}

it('asks with the session and our header, and without an Authorization header, as long as there is no key', async () => {
  const { asking, requests } = asked()
  expect(await asking.fetcher({ query: '{ ok }' })).toEqual({ data: { ok: true } })
  expect(requests).toMatchObject([
    { address: '/graphql', init: { method: 'POST', credentials: 'same-origin' } },
  ])
  const headers = new Headers(requests[0]?.init.headers)
  expect([headers.has('authorization'), headers.get('apollo-require-preflight')]).toEqual([false, 'true'])
})

it('sends a key without any cookie, and forgets it with the field', async () => {
  const { asking, requests } = asked()
  asking.setKey(' hub_key\n')
  await asking.fetcher({ query: '{ ok }' })
  asking.setKey('')
  await asking.fetcher({ query: '{ ok }' })
  expect(
    requests.map(({ init }) => [init.credentials, new Headers(init.headers).get('authorization')]),
  ).toEqual([
    ['omit', 'Bearer hub_key'],
    ['same-origin', null],
  ])
})

it('asks who reads with the session, even while there is a key', async () => {
  const { asking, requests } = asked()
  asking.setKey('hub_key')
  await asking.askWithSession('{ viewer { id } }')
  expect(requests[0]?.init.credentials).toBe('same-origin')
})

it('listens to a subscription over a socket, by the name of the operation that was chosen', () => {
  const { asking, requests, subscribed } = asked()
  const query = 'query A { ok } subscription B { changed }'
  const answer = asking.fetcher({ query, operationName: 'B' })
  const nothing = () => undefined
  ;(answer as { subscribe(observer: object): object }).subscribe({
    next: nothing,
    error: nothing,
    complete: nothing,
  })
  expect([requests.length, subscribed.length]).toEqual([0, 1])
})

it('names the operation that stands in the text, and none of an earlier text', async () => {
  const { asking, requests } = asked()
  await asking.fetcher({ query: 'query New { ok }', operationName: 'Old' })
  await asking.fetcher({ query: 'query Broken {', operationName: 'Old' })
  expect(requests.map(({ init }) => JSON.parse(init.body as string) as object)).toEqual([
    { query: 'query New { ok }', operationName: 'New' },
    { query: 'query Broken {' },
  ])
})
