import type { WebSocket } from '@fastify/websocket'
import type { FastifyInstance } from 'fastify'
import { onTestFinished, vi } from 'vitest'
import type { Browser } from './browser.js'

interface Message {
  id?: string
  type: string
  payload?: unknown
}

export const changedDocument = `subscription ($companyId: ID) {
  authorizationChanged(companyId: $companyId) { id status generation company { name } }
}`

export interface Changed {
  id: string
  status: string
  generation: number
  company: { name: string }
}

/** A page that keeps a socket open, without the page. */
export class Subscriber {
  readonly received: Message[] = []
  closedWith: number | null = null

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => this.received.push(JSON.parse(data.toString()) as Message))
    socket.on('close', (code) => (this.closedWith = code))
    socket.on('error', () => undefined)
  }

  /** @throws with the status, where the upgrade is refused */
  static async connect(
    http: FastifyInstance,
    browser: Browser,
    headers: Record<string, string> = {},
  ): Promise<Subscriber> {
    const address = new URL(browser.publicUrl)
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const upgrade = {
      headers: {
        host: address.host,
        origin: address.origin,
        cookie,
        'sec-websocket-protocol': 'graphql-transport-ws',
        ...headers,
      },
      socket: { remoteAddress: '127.0.0.1' },
    }
    await http.ready()
    let subscriber: Subscriber | null = null
    const options = { onInit: (socket: WebSocket) => (subscriber = new Subscriber(socket)) }
    const socket = await http.injectWS('/graphql', upgrade as never, options as never)
    onTestFinished(() => socket.terminate())
    return subscriber ?? new Subscriber(socket)
  }

  /** Connected, greeted, and told of changes from now on. */
  static async of(http: FastifyInstance, browser: Browser, companyId?: string): Promise<Subscriber> {
    const subscriber = await Subscriber.connect(http, browser)
    await subscriber.greet()
    subscriber.subscribe(changedDocument, { companyId })
    return subscriber
  }

  async greet(): Promise<void> {
    this.send({ type: 'connection_init' })
    await this.until(() => this.received.some(({ type }) => type === 'connection_ack'))
  }

  subscribe(query: string, variables: object = {}, id = String(this.received.length)): void {
    this.send({ id, type: 'subscribe', payload: { query, variables } })
  }

  send(message: object): void {
    this.socket.send(JSON.stringify(message))
  }

  get changes(): Changed[] {
    return this.received
      .filter(({ type }) => type === 'next')
      .map(
        ({ payload }) => (payload as { data: { authorizationChanged: Changed } }).data.authorizationChanged,
      )
  }

  get errors(): { message: string; extensions: { code: string; reason?: string } }[] {
    return this.received.filter(({ type }) => type === 'error').flatMap(({ payload }) => payload as never[])
  }

  until(check: () => boolean): Promise<void> {
    return vi.waitFor(
      () => {
        if (!check()) throw new Error(`still waiting; so far: ${JSON.stringify(this.received)}`)
      },
      { timeout: 10_000, interval: 10 },
    )
  }
}
