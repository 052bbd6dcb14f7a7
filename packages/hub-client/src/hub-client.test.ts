import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { createHubClient } from './hub-client.js'

const vaultKey = '3F2504E0-4F89-41D3-9A0C-0305E82C3301'
const start = Date.parse('2026-03-01T12:00:00.000Z')

/** Something that answers like a hub, and a client of it. */
async function hubThat(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.url}`)
    response.setHeader('content-type', 'application/json')
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const time = { now: start }
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/behind/a/path`
  return { asked, time, client: createHubClient({ url, apiKey: 'key', clock: () => time.now }) }
}

const token = (name: string, seconds: number, stale = false) =>
  JSON.stringify({
    accessToken: name,
    tokenType: 'Bearer',
    expiresAt: new Date(start + seconds * 1000),
    stale,
  })

it('asks once for all who ask at the same time, and keeps a token until it lives less than is wanted', async () => {
  let count = 0
  const { asked, time, client } = await hubThat((_request, response) =>
    response.end(token(`t${(count += 1)}`, 600 * count)),
  )
  const first = await Promise.all(Array.from({ length: 20 }, () => client.accessToken(vaultKey)))
  expect(new Set(first.map(({ accessToken }) => accessToken))).toEqual(new Set(['t1']))
  time.now = start + 539_000
  expect((await client.accessToken(vaultKey)).accessToken).toBe('t1')
  time.now = start + 541_000
  expect((await client.accessToken(vaultKey)).accessToken).toBe('t2')
  time.now = start + 601_000
  expect((await client.accessToken(vaultKey, { minimumSeconds: 600 })).accessToken).toBe('t3')
  client.forget(vaultKey)
  await client.accessToken(vaultKey)
  expect(asked.map((path) => path.replace(vaultKey, 'KEY'))).toEqual([
    '/behind/a/path/v1/tokens/KEY/access-token?minimum_seconds=60',
    '/behind/a/path/v1/tokens/KEY/access-token?minimum_seconds=60',
    '/behind/a/path/v1/tokens/KEY/access-token?minimum_seconds=600',
    '/behind/a/path/v1/tokens/KEY/access-token?minimum_seconds=60',
  ])
})

it('asks again after a stale token and after a refusal, and shares neither with later callers', async () => {
  const answers = [token('old', 30, true), null, token('new', 3_600)]
  const { client } = await hubThat((_request, response) => {
    const next = answers.shift()
    if (next) return response.end(next)
    response.statusCode = 503
    response.setHeader('retry-after', '20')
    return response.end(
      JSON.stringify({ code: 'UPS_UNAVAILABLE', reason: 'UPS_DOWN', message: 'Later.', requestId: 'r1' }),
    )
  })
  expect(await client.accessToken(vaultKey)).toMatchObject({ accessToken: 'old', stale: true })
  await expect(client.accessToken(vaultKey)).rejects.toMatchObject({
    status: 503,
    code: 'UPS_UNAVAILABLE',
    reason: 'UPS_DOWN',
    message: 'Later.',
    requestId: 'r1',
    retryAfterSeconds: 20,
  })
  expect(await client.accessToken(vaultKey)).toMatchObject({ accessToken: 'new' })
})

it('reads a status again only where it has changed, and knows of none where the hub knows of none', async () => {
  const tags: (string | undefined)[] = []
  const { client } = await hubThat(({ headers, url }, response) => {
    tags.push(headers['if-none-match'])
    response.setHeader('etag', 'W/"a"')
    if (!url?.includes(vaultKey)) response.statusCode = 404
    else if (headers['if-none-match'] === 'W/"a"') response.statusCode = 304
    response.end(response.statusCode === 200 ? JSON.stringify({ vaultKey, status: 'AUTHORIZED' }) : undefined)
  })
  expect(await client.status(vaultKey)).toMatchObject({ status: 'AUTHORIZED' })
  expect(await client.status(vaultKey)).toMatchObject({
    status: 'AUTHORIZED',
    checkedAt: new Date(start).toISOString(),
  })
  expect(await client.status('unknown')).toBeNull()
  expect(tags).toEqual([undefined, 'W/"a"', undefined])
})

it('takes its key nowhere else, and names what a gateway says in no words of its own', async () => {
  const { asked, client } = await hubThat(({ url }, response) => {
    response.statusCode = url?.endsWith('=1') ? 302 : 502
    response.setHeader('location', '/elsewhere')
    response.end('<html>')
  })
  await expect(client.accessToken(vaultKey, { minimumSeconds: 1 })).rejects.toMatchObject({
    status: 0,
    code: 'UNREACHABLE',
  })
  expect(asked).toHaveLength(1)
  await expect(client.accessToken(vaultKey)).rejects.toMatchObject({ status: 502, code: 'INTERNAL' })
  for (const url of ['http://hub.example', 'ftp://hub.example', 'hub.example', ''])
    expect(() => createHubClient({ url, apiKey: 'key' })).toThrow(TypeError)
  expect(() => createHubClient({ url: 'https://hub.example', apiKey: '' })).toThrow(TypeError)
})
