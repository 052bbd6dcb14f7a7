import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { ServerResponse } from 'node:http'
import { createUpsOAuthClient, OAuthError, Secret, type OAuthErrorCode } from './index.js'
import {
  aClient,
  clientId,
  clientSecret,
  now,
  rejectionOf,
  upsAnswer,
  upsErrors,
} from './testing/a-client.js'
import { aClosedPort, aPeer, aServer } from './testing/a-server.js'

const answer = JSON.stringify(upsAnswer)
const asJson = { 'content-type': 'application/json' }

/** Asks for a refresh and for an exchange, and expects of both the same failure. */
async function expectBoth(baseUrl: string, expected: object, timeoutMs = 5_000): Promise<void> {
  const client = createUpsOAuthClient({
    baseUrl,
    clientId,
    clientSecret: Secret.of(clientSecret),
    redirectUri: 'https://hub.example/oauth/callback/rating',
    timeoutMs,
  })
  for (const ask of [
    () => client.refresh(Secret.of('canary-refresh-token')),
    () => client.exchangeCode({ code: Secret.of('canary-code'), codeVerifier: null }),
  ]) {
    const error = await rejectionOf(ask())
    expect(error).toBeInstanceOf(OAuthError)
    expect(error).toMatchObject(expected)
    expect(String((error as Error).stack) + String((error as Error).cause)).not.toContain('canary')
  }
}

describe('over real sockets', () => {
  it('a server that hangs is of unknown outcome at the time limit', async () => {
    const url = await aServer(() => undefined)
    await expectBoth(url, { code: 'TIMED_OUT', failure: 'unknown-outcome' }, 60)
  })

  it('an answer that trickles is of unknown outcome at the time limit, however alive it is', async () => {
    const url = await aServer((_request, response) => {
      response.writeHead(200, asJson)
      const timer = setInterval(() => response.write(' '), 5)
      response.on('close', () => clearInterval(timer))
    })
    await expectBoth(url, { code: 'TIMED_OUT', failure: 'unknown-outcome' }, 80)
  })

  it('a connection reset after the request is of unknown outcome, and the request is not repeated', async () => {
    let requests = 0
    const url = await aServer((request) => {
      requests += 1
      request.socket.resetAndDestroy()
    })
    await expectBoth(url, { code: 'CONNECTION_LOST', failure: 'unknown-outcome' })
    expect(requests).toBe(2)
  })

  it('half an answer is of unknown outcome', async () => {
    const url = await aServer((_request, response) => {
      response.writeHead(200, { ...asJson, 'content-length': answer.length })
      response.write(answer.slice(0, 40), () => response.socket?.destroy())
    })
    await expectBoth(url, { code: 'CONNECTION_LOST', failure: 'unknown-outcome', status: 200 })
  })

  it('bytes that are no HTTP are of unknown outcome', async () => {
    const url = await aPeer((socket) => socket.end('220 smtp.example ready\r\n'))
    await expectBoth(url, { failure: 'unknown-outcome' })
  })

  it('a body that is no gzip though it says so is of unknown outcome', async () => {
    const url = await aServer((_request, response) => {
      response.writeHead(200, { ...asJson, 'content-encoding': 'gzip' }).end(answer)
    })
    await expectBoth(url, { failure: 'unknown-outcome', status: 200 })
  })

  it('a port where nobody listens is transient', async () => {
    await expectBoth(await aClosedPort(), { code: 'CONNECTION_FAILED', failure: 'transient' })
  })

  it('a peer that speaks no TLS is transient, since nothing was sent', async () => {
    const url = await aPeer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    await expectBoth(url.replace('http:', 'https:'), { code: 'CONNECTION_FAILED', failure: 'transient' })
  })

  it.each([301, 302, 303, 307, 308])('a redirect with %i is not followed', async (status) => {
    let elsewhere = 0
    const other = await aServer((_request, response) => {
      elsewhere += 1
      response.writeHead(200, asJson).end(answer)
    })
    const url = await aServer((_request, response) => response.writeHead(status, { location: other }).end())
    await expectBoth(url, { code: 'REDIRECT_REFUSED', failure: 'transient', status })
    expect(elsewhere).toBe(0)
  })

  it('an answer over 64 KiB is not read to its end', async () => {
    let written = 0
    const url = await aServer((_request, response) => {
      response.writeHead(200, asJson)
      written += pour(response)
    })
    await expectBoth(url, { code: 'TOKEN_ANSWER_INVALID', failure: 'unknown-outcome' })
    expect(written).toBeLessThan(64 * 1024 * 1024)
  })

  it('an answer over 64 KiB is refused though it is small on the wire', async () => {
    const bomb = gzipSync(Buffer.alloc(4 * 1024 * 1024, ' '))
    const url = await aServer((_request, response) => {
      response.writeHead(200, { ...asJson, 'content-encoding': 'gzip' }).end(bomb)
    })
    await expectBoth(url, { code: 'TOKEN_ANSWER_INVALID', failure: 'unknown-outcome' })
  })

  it('an answer of exactly 64 KiB is read', async () => {
    const url = await aServer((_request, response) => {
      response.writeHead(200, asJson).end(answer + ' '.repeat(64 * 1024 - answer.length))
    })
    const { client } = aClient(() => Response.error(), { baseUrl: url, fetch })
    expect((await client.refresh(Secret.of('x'))).accessToken.reveal()).toBe('canary-access-token')
  })

  it('every request has its own connection, so that none is lost to one that the server has just closed', async () => {
    const headers: (string | undefined)[] = []
    const url = await aServer((request, response) => {
      headers.push(request.headers.connection)
      response.writeHead(200, asJson).end(answer)
    })
    const { client } = aClient(() => Response.error(), { baseUrl: url, fetch })
    await client.refresh(Secret.of('x'))
    expect(headers).toEqual(['close'])
  })
})

function pour(response: ServerResponse): number {
  const chunk = Buffer.alloc(1024 * 1024, ' ')
  let written = 0
  while (written < 63 * chunk.length && response.write(chunk)) written += chunk.length
  return written
}

describe('an answer that is not from a token endpoint', () => {
  const html = { 'content-type': 'text/html' }
  const cases: [
    status: number,
    headers: Record<string, string>,
    body: string | null,
    code: OAuthErrorCode,
  ][] = [
    [200, html, '<h1>Sign in to the hotel network</h1>', 'ANSWER_UNREADABLE'],
    [200, {}, answer, 'ANSWER_UNREADABLE'],
    [200, { 'content-type': 'application/jsonp' }, answer, 'ANSWER_UNREADABLE'],
    [201, asJson, answer, 'TOKEN_ANSWER_INVALID'],
    [204, {}, null, 'TOKEN_ANSWER_INVALID'],
    [400, html, 'Invalid Refresh Token', 'ANSWER_UNREADABLE'],
    [400, asJson, '{"response":{"errors":[{"message":"Invalid Refresh Token"', 'ANSWER_UNREADABLE'],
    [
      400,
      asJson,
      JSON.stringify(upsErrors('Invalid Refresh Token')) + ' '.repeat(65_536),
      'ANSWER_UNREADABLE',
    ],
    [401, html, 'who are you', 'CLIENT_REFUSED'],
    [403, html, 'Access Denied', 'CLIENT_BLOCKED'],
    [404, html, 'no such page', 'ANSWER_UNREADABLE'],
    [407, html, 'a proxy', 'ANSWER_UNREADABLE'],
    [429, html, 'slow down', 'RATE_LIMITED'],
    [500, asJson, '{', 'SERVER_UNAVAILABLE'],
    [502, html, 'bad gateway', 'GATEWAY_FAILED'],
    [503, {}, null, 'SERVER_UNAVAILABLE'],
    [504, html, 'gateway timeout', 'GATEWAY_FAILED'],
  ]

  it.each(cases)('%i %j never ends a grant', async (...[status, headers, body, code]) => {
    const { client, sent } = aClient(() => new Response(body, { status, headers }))
    const error = await rejectionOf(client.refresh(Secret.of('x')))
    expect(error).toMatchObject({ code, status })
    expect(sent).toHaveLength(1)
  })

  it.each(['application/json', 'Application/JSON; charset=UTF-8', 'application/json;charset=utf-8'])(
    'is not one that says %s',
    async (type) => {
      const { client } = aClient(() => new Response(answer, { headers: { 'content-type': type } }))
      expect((await client.refresh(Secret.of('x'))).refreshTokenRotated).toBe(true)
    },
  )

  it('is one whose bytes are not UTF-8', async () => {
    const { client } = aClient(() => new Response(Buffer.from([0x7b, 0xff, 0x7d]), { headers: asJson }))
    expect(await rejectionOf(client.refresh(Secret.of('x')))).toMatchObject({ code: 'TOKEN_ANSWER_INVALID' })
  })

  it('is an error answer whose body breaks off: the status is an answer all the same', async () => {
    const broken = new ReadableStream({ pull: (controller) => controller.error(new Error('canary')) })
    const { client } = aClient(() => new Response(broken, { status: 503, headers: asJson }))
    expect(await rejectionOf(client.refresh(Secret.of('x')))).toMatchObject({ code: 'SERVER_UNAVAILABLE' })
  })
})

describe('a fetch of one’s own', () => {
  it('that does not listen to the signal cannot outlast the time limit', async () => {
    const { client } = aClient(() => new Promise(() => undefined), { timeoutMs: 30 })
    expect(await rejectionOf(client.refresh(Secret.of('x')))).toMatchObject({ code: 'TIMED_OUT' })
  })

  it('that fails without a code is of unknown outcome', async () => {
    const { client } = aClient(() => Promise.reject(new TypeError('fetch failed')))
    expect(await rejectionOf(client.refresh(Secret.of('x')))).toMatchObject({ failure: 'unknown-outcome' })
  })

  it.each([
    'ECONNREFUSED',
    'ENOTFOUND',
    'EAI_AGAIN',
    'UND_ERR_CONNECT_TIMEOUT',
    'CERT_HAS_EXPIRED',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'ERR_TLS_CERT_ALTNAME_INVALID',
  ])('that fails with %s has sent nothing', async (code) => {
    const cause = Object.assign(new Error(), { code })
    const { client } = aClient(() => Promise.reject(new TypeError('fetch failed', { cause })))
    expect(await rejectionOf(client.refresh(Secret.of('x')))).toMatchObject({
      code: 'CONNECTION_FAILED',
      failure: 'transient',
    })
  })

  it.each(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'ETIMEDOUT', 'EPROTO'])(
    'that fails with %s may have sent it',
    async (code) => {
      const cause = Object.assign(new Error(), { code })
      const { client } = aClient(() => Promise.reject(new TypeError('fetch failed', { cause })))
      expect(await rejectionOf(client.refresh(Secret.of('x')))).toMatchObject({ code: 'CONNECTION_LOST' })
    },
  )

  it('that timed out while connecting has sent nothing', async () => {
    const cause = Object.assign(new Error(), { code: 'ETIMEDOUT', syscall: 'connect' })
    const { client } = aClient(() => Promise.reject(new TypeError('fetch failed', { cause })))
    expect(await rejectionOf(client.refresh(Secret.of('x')))).toMatchObject({ code: 'CONNECTION_FAILED' })
  })

  it('that has read the answer itself leaves one of unknown outcome', async () => {
    const { client } = aClient(async () => {
      const read = Response.json(upsAnswer)
      await read.text()
      return read
    })
    expect(await rejectionOf(client.refresh(Secret.of('x')))).toMatchObject({ failure: 'unknown-outcome' })
  })

  it('that has followed a redirect is not believed', async () => {
    const followed = Object.defineProperty(Response.json(upsAnswer), 'redirected', { value: true })
    const { client } = aClient(() => followed)
    expect(await rejectionOf(client.refresh(Secret.of('x')))).toMatchObject({ code: 'REDIRECT_REFUSED' })
  })
})

describe('Retry-After', () => {
  it.each([
    ['7', 7_000],
    [new Date(now.getTime() + 90_000).toUTCString(), 90_000],
    [new Date(now.getTime() - 90_000).toUTCString(), 0],
    ['99999999', 86_400_000],
    ['soon', undefined],
    ['', undefined],
  ])('%j means %s ms', async (header, expected) => {
    const { client } = aClient(() => Response.json({}, { status: 429, headers: { 'retry-after': header } }))
    const error = await rejectionOf(client.refresh(Secret.of('x')))
    expect((error as OAuthError).retryAfterMs).toBe(expected)
  })
})
