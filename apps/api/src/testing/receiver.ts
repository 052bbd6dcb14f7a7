import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import type { TestApp } from './create-test-app.js'

export interface Received {
  path: string
  headers: IncomingHttpHeaders
  /** The bytes as they came. */
  body: Buffer
}

export interface Receiver {
  url: string
  received: Received[]
  /** What it answers from now on; 204 at first. */
  answers: (answer: (response: ServerResponse, request: Received) => void) => void
}

/** An application of a third party that takes webhooks, on a real port of this machine. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = []
  let answer: Parameters<Receiver['answers']>[0] = (response) => response.writeHead(204).end()
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const one = { path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks) }
      received.push(one)
      answer(response, one)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  )
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/events`, received, answers: (next) => (answer = next) }
}

export const status =
  (code: number, headers: Record<string, string> = {}) =>
  (response: ServerResponse): void =>
    void response.writeHead(code, headers).end()

/** All that is due now. */
export async function deliver({ app }: TestApp): Promise<void> {
  await app.webhooks.tick()
  await app.webhooks.settled()
}

export const messageIn = ({ body }: Received) =>
  JSON.parse(body.toString()) as { type: string; timestamp: string; data: Record<string, unknown> }
