import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

type Fetch = (request: Request) => Promise<Response>

export interface Listening {
  url: string
  /** What answers from now on; until it is set, requests wait. */
  answerWith(fetch: Fetch): void
  close(): Promise<void>
}

const BODY_LIMIT = 64 * 1024

/** UPS: some clients look for these headers in this spelling; the two of UPS's own stay in small letters. */
const SPELLING: Record<string, string> = { location: 'Location', 'content-type': 'Content-Type' }

/** node:http around a fetch function, faults included: what `fetch` would throw becomes a broken connection. */
export async function serve({ host, port }: { host: string; port: number }): Promise<Listening> {
  let answerWith: (fetch: Fetch) => void = () => undefined
  const fetch = new Promise<Fetch>((resolve) => (answerWith = resolve))
  const server = createServer((incoming, outgoing) => void pass(incoming, outgoing, fetch))
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
  try {
    const request = await requestOf(incoming, outgoing)
    if (!request) return
    const response = await (await fetch)(request)
    await send(response, outgoing, incoming.method === 'HEAD')
  } catch {
    // A fault that was asked for, or the client has gone: no answer, as a broken network gives none.
    if (!incoming.socket.destroyed) incoming.socket.resetAndDestroy()
  }
}

async function requestOf(incoming: IncomingMessage, outgoing: ServerResponse): Promise<Request | null> {
  const url = URL.canParse(incoming.url ?? '', `http://${incoming.headers.host}`)
    ? new URL(incoming.url ?? '', `http://${incoming.headers.host}`)
    : null
  const body = await bodyOf(incoming)
  if (!url || !incoming.url?.startsWith('/') || incoming.url.startsWith('//') || body === null) {
    outgoing.writeHead(body === null ? 413 : 400, { connection: 'close' }).end()
    return null
  }
  const gone = new AbortController()
  outgoing.once('close', () => gone.abort())
  const method = incoming.method ?? 'GET'
  const headers = Object.entries(incoming.headersDistinct).flatMap(([name, values]) =>
    (values ?? []).map((value): [string, string] => [name, value]),
  )
  return new Request(url, { method, headers, signal: gone.signal, ...(body.length > 0 && { body }) })
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
