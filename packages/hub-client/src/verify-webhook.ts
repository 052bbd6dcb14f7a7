import { createHmac, timingSafeEqual } from 'node:crypto'
import { systemClock } from './clock.js'

/** What the hub tells of a change; ask for the status to know how things stand now. */
export interface WebhookEvent {
  type: string
  timestamp: string
  data: Record<string, unknown>
}

/** The message is not from the hub, or too old: answer 400 and do nothing. */
export class WebhookNotGenuine extends Error {
  override readonly name = 'WebhookNotGenuine'
}

export interface WebhookMessage {
  /** The bytes as they came, before any parsing. */
  body: string | Uint8Array
  /** Names in lower case, as Node and `Headers` give them. */
  headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>
  /** `whsec_…`; both, while one replaces another. */
  secret: string | readonly string[]
}

/**
 * The event of a message that the hub has signed, by the scheme of Standard Webhooks: HMAC-SHA256 over
 * `id.timestamp.body`, compared in constant time. A repeated delivery has the same `webhook-id`.
 *
 * @throws WebhookNotGenuine
 */
export function verifyWebhook(
  message: WebhookMessage,
  { toleranceSeconds = 300, clock = systemClock } = {},
): WebhookEvent {
  const header = readerOf(message.headers)
  const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map(header)
  if (!id || !timestamp || !signatures) throw new WebhookNotGenuine('A header of the signature is missing.')
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(clock() / 1000 - Number(timestamp)) > toleranceSeconds)
    throw new WebhookNotGenuine('The message is too old, or a clock is wrong.')
  const body = Buffer.from(message.body)
  const given = signatures.split(' ').filter((each) => each.startsWith('v1,'))
  const isSigned = [message.secret].flat().some((secret) => {
    const signed = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.`).update(body).digest()
    return given.some((each) => isEqual(Buffer.from(each.slice(3), 'base64'), signed))
  })
  if (!isSigned) throw new WebhookNotGenuine('The signature does not belong to this message.')
  return JSON.parse(body.toString('utf8')) as WebhookEvent
}

const isEqual = (given: Buffer, signed: Buffer): boolean =>
  given.length === signed.length && timingSafeEqual(given, signed)

function keyOf(secret: string): Buffer {
  if (!secret.startsWith('whsec_')) throw new TypeError('a secret of a webhook begins with whsec_')
  return Buffer.from(secret.slice('whsec_'.length), 'base64')
}

function readerOf(headers: WebhookMessage['headers']): (name: string) => string | undefined {
  return (name) => {
    const value = headers instanceof Headers ? headers.get(name) : headers[name]
    return typeof value === 'string' ? value : undefined
  }
}
