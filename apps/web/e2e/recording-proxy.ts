import { once } from 'node:events'
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface RecordingProxy {
  readonly url: string
  /** Every value that crossed the wire and must be found nowhere else: value → what it is. */
  readonly secrets: ReadonlyMap<string, string>
  close(): Promise<void>
}

/**
 * Stands in front of the UPS.com stand-in and learns the tokens, codes, states and client secrets that the hub
 * and UPS.com tell each other. It passes everything on as it is, a cut connection too.
 */
export async function startRecordingProxy(targetPort: number): Promise<RecordingProxy> {
  const secrets = new Map<string, string>()
  const server = createServer((incoming, outgoing) => {
    learnFromQuery(incoming, secrets)
    void passOn({ incoming, outgoing, targetPort, secrets })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    secrets,
    close: () => close(server),
  }
}

interface Exchange {
  incoming: IncomingMessage
  outgoing: ServerResponse
  targetPort: number
  secrets: Map<string, string>
}

async function passOn({ incoming, outgoing, targetPort, secrets }: Exchange): Promise<void> {
  const body = await bytesOf(incoming)
  learnFromRequest(incoming, body.toString('latin1'), secrets)
  const onward = request({
    host: '127.0.0.1',
    port: targetPort,
    method: incoming.method,
    path: incoming.url,
    headers: incoming.headers,
  })
  onward.on('error', () => incoming.socket.destroy())
  incoming.socket.on('close', () => onward.destroy())
  onward.on('response', (answer) => {
    const chunks: Buffer[] = []
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      outgoing.write(chunk)
    })
    answer.on('aborted', () => incoming.socket.destroy())
    answer.on('end', () => {
      learnFromAnswer(Buffer.concat(chunks).toString('utf8'), secrets)
      outgoing.end()
    })
  })
  onward.end(body)
}

function learnFromQuery({ url = '/' }: IncomingMessage, secrets: Map<string, string>): void {
  const query = new URL(url, 'http://ups').searchParams
  for (const name of ['state', 'code_challenge']) learn(secrets, query.get(name), name)
}

function learnFromRequest(incoming: IncomingMessage, body: string, secrets: Map<string, string>): void {
  if (!incoming.url?.startsWith('/security/v1/oauth/')) return
  const form = new URLSearchParams(body)
  for (const name of ['code', 'code_verifier', 'refresh_token']) learn(secrets, form.get(name), name)
  const basic = /^Basic (.+)$/i.exec(incoming.headers.authorization ?? '')?.[1]
  if (!basic) return
  learn(secrets, basic, 'Basic credentials')
  learn(secrets, Buffer.from(basic, 'base64').toString('utf8').split(':')[1], 'client secret')
}

function learnFromAnswer(text: string, secrets: Map<string, string>): void {
  if (!text.startsWith('{')) return
  const answer = JSON.parse(text) as Record<string, unknown>
  for (const name of ['access_token', 'refresh_token']) learn(secrets, answer[name], name)
}

function learn(secrets: Map<string, string>, value: unknown, name: string): void {
  if (typeof value === 'string' && value.length >= 8) secrets.set(value, name)
}

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
}
