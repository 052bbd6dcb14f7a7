import { createHmac } from 'node:crypto'
import { Secret } from '@optin-hub/oauth-client'

const prefix = 'whsec_'
const bytes = 32

/** As Standard Webhooks writes secrets: the bytes in base64, behind a prefix by which leaked ones are recognised. */
export const mintSecret = (random: (size: number) => Buffer): Secret =>
  Secret.of(prefix + random(bytes).toString('base64'))

interface Message {
  id: string
  at: Date
  body: string
}

/** The headers of a message (S-108): HMAC-SHA256 over `id.timestamp.body`, once for each secret that is in force. */
export function signedHeaders({ id, at, body }: Message, secrets: readonly Secret[]): Record<string, string> {
  const timestamp = Math.floor(at.getTime() / 1000)
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.reveal().slice(prefix.length), 'base64')
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
  })
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatures.join(' '),
  }
}
