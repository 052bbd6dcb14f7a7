import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isBrokenConnection } from './faults.js'

type Fetch = (request: Request) => Promise<Response>

export interface Listening {
  url: string
  /** What answers from now on; until it is set, requests wait. */
  answerWith(fetch: Fetch): void
  close(): Promise<void>
}

interface Options {
  host: string
  port: number
  /** Told of what is neither a fault that was asked for nor a client that went away. */
  onError(error: unknown): void
}

const BODY_LIMIT = 64 * 1024

/** UPS: some clients look for these headers in this spelling; the two of UPS's own stay in small letters. */
const SPELLING: Record<string, string> = { location: 'Location', 'content-type': 'Content-Type' }

/** node:http around a fetch function, faults included: what `fetch` would throw becomes a broken connection. */
export async function serve({ host, port, onError }: Options): Promise<Listening> {
  let answerWith: (fetch: Fetch) => void = () => undefined
  const fetch = new Promise<Fetch>((resolve) => (answerWith = resolve))
  const server = createServer((incoming, outgoing) => {
    pass(incoming, outgoing, fetch).catch((error: unknown) => {
      // The client has gone.
      if (incoming.socket.destroyed) return
      if (!isBrokenConnection(error)) onError(error)
      incoming.socket.resetAndDestroy()
    })
  })
  // Longer than clients keep idle connections, or now and then a request would meet one that is just being closed.
  server.keepAliveTimeout = 75_000
  await listen(server, host, port)
  const address = server.address() as AddressInfo
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address
  return { url: `http://${name}:${address.port}`, answerWith, close: () => close(server) }
}

async function pass(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  fetch: Promise<Fetch>,
): Promise<void> {
  const request = await requestOf(incoming, outgoing)
  if (request) await send(await (await fetch)(request), outgoing, incoming.method === 'HEAD')
}

async function requestOf(incoming: IncomingMessage, outgoing: ServerResponse): Promise<Request | null> {
  const url = urlOf(incoming)
  const body = await bodyOf(incoming)
  if (url === null || body === null) {
    outgoing.writeHead(url === null ? 400 : 413, { connection: 'close' }).end()
    return null
  }
  const gone = new AbortController()
  outgoing.once('close', () => gone.abort())
  const method = incoming.method ?? 'GET'
  const hasBody = body.length > 0 && method !== 'GET' && method !== 'HEAD'
  const headers = Object.entries(incoming.headersDistinct).flatMap(([name, values]) =>
    (values ?? []).map((value): [string, string] => [name, value]),
  )
  return new Request(url, { method, headers, signal: gone.signal, ...(hasBody && { body }) })
}

/** Null for what is no path of ours, such as the absolute form that is sent to a proxy. */
function urlOf({ url = '', headers }: IncomingMessage): URL | null {
  const base = `http://${headers.host}`
  const isPath = url.startsWith('/') && !url.startsWith('//')
  return isPath && URL.canParse(url, base) ? new URL(url, base) : null
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= BODY_LIMIT) chunks.push(chunk)
  }
  return size > BODY_LIMIT ? null : Buffer.concat(chunks)
}

async function send(response: Response, outgoing: ServerResponse, isHead: boolean): Promise<void> {
  const headers: Record<string, string | string[]> = {}
  for (const [name, value] of response.headers) headers[SPELLING[name] ?? name] = value
  const cookies = response.headers.getSetCookie()
  if (cookies.length > 0) headers['set-cookie'] = cookies
  outgoing.writeHead(response.status, headers)
  if (response.body && !isHead) {
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      await new Promise<void>((resolve) => outgoing.write(chunk, () => resolve()))
    }
  }
  outgoing.end()
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
