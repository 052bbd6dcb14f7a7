import { createServer, type IncomingHttpHeaders } from 'node:http'
import { text } from 'node:stream/consumers'
import type { AddressInfo } from 'node:net'
import { verifyWebhook, type WebhookEvent } from '@optin-hub/hub-client'
import { expect } from './rehearsal.js'

interface Message {
  body: string
  headers: IncomingHttpHeaders
}

/** The third party's side: takes what the hub posts, verifies it as an integrator would, and answers as told. */
export class Receiver {
  readonly #messages: Message[] = []
  readonly #server = createServer((request, response) => {
    void text(request).then((body) => {
      this.#messages.push({ body, headers: request.headers })
      response.writeHead(this.status).end()
    })
  })
  status = 204

  static async start(): Promise<Receiver> {
    const receiver = new Receiver()
    await new Promise<void>((listening) => receiver.#server.listen(0, '127.0.0.1', listening))
    return receiver
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/events`
  }

  get count(): number {
    return this.#messages.length
  }

  /** Waits for the next that is of this type, and throws unless it is signed with the secret. */
  async takes(type: string, secret: string): Promise<WebhookEvent> {
    let found: Message | undefined
    await expect(() => {
      found = this.#messages.find(({ body }) => (JSON.parse(body) as WebhookEvent).type === type)
      expect(found, type).toBeDefined()
    }).toPass({ timeout: 20_000 })
    const message = found as Message
    this.#messages.splice(this.#messages.indexOf(message), 1)
    return verifyWebhook({ ...message, secret })
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections()
    return new Promise((closed) => this.#server.close(() => closed()))
  }
}
