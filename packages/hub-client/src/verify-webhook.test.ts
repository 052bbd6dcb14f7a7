import { randomBytes } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { expect, it } from 'vitest'
import { verifyWebhook, WebhookNotGenuine } from './verify-webhook.js'

const secret = `whsec_${randomBytes(32).toString('base64')}`
const at = new Date('2026-03-01T12:00:00.000Z')
const clock = () => at.getTime()
const body = JSON.stringify({
  type: 'authorization.opted_in',
  timestamp: at.toISOString(),
  data: { text: 'Zoë ✓' },
})

/** As the scheme's own library signs. */
function signed(by = secret, id = 'evt_1'): Record<string, string> {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(at.getTime() / 1000),
    'webhook-signature': new Webhook(by).sign(id, at, body),
  }
}

it('reads what the library of the scheme has signed, from bytes or text, with headers of either kind', () => {
  const event = { type: 'authorization.opted_in', data: { text: 'Zoë ✓' } }
  expect(verifyWebhook({ body, headers: signed(), secret }, { clock })).toMatchObject(event)
  const bytes = new TextEncoder().encode(body)
  expect(verifyWebhook({ body: bytes, headers: new Headers(signed()), secret }, { clock })).toMatchObject(
    event,
  )
})

it('accepts one of two secrets and one of several signatures, while a secret is replaced', () => {
  const other = `whsec_${randomBytes(32).toString('base64')}`
  const both = {
    ...signed(),
    'webhook-signature': `${signed(other)['webhook-signature']} v1a,x ${signed()['webhook-signature']}`,
  }
  expect(verifyWebhook({ body, headers: both, secret: [other, secret] }, { clock })).toBeDefined()
  expect(verifyWebhook({ body, headers: both, secret }, { clock })).toBeDefined()
  expect(verifyWebhook({ body, headers: signed(), secret: [other, secret] }, { clock })).toBeDefined()
})

it('refuses what another has signed, what was changed on the way, and what is too old or from the future', () => {
  const refuse = (message: Partial<Parameters<typeof verifyWebhook>[0]>, when = clock) =>
    expect(() => verifyWebhook({ body, headers: signed(), secret, ...message }, { clock: when })).toThrow(
      WebhookNotGenuine,
    )
  refuse({ secret: `whsec_${randomBytes(32).toString('base64')}` })
  refuse({ body: body.replace('opted_in', 'opted_out') })
  refuse({ headers: { ...signed(), 'webhook-id': 'evt_2' } })
  refuse({ headers: { ...signed(), 'webhook-timestamp': String(at.getTime() / 1000 + 1) } })
  refuse({ headers: { ...signed(), 'webhook-timestamp': '1e9' } })
  refuse({ headers: { ...signed(), 'webhook-signature': 'v1,' } })
  refuse({
    headers: { ...signed(), 'webhook-signature': signed()['webhook-signature']?.replace('v1,', 'v2,') },
  })
  for (const name of Object.keys(signed())) refuse({ headers: { ...signed(), [name]: undefined } })
  refuse({}, () => at.getTime() + 301_000)
  refuse({}, () => at.getTime() - 301_000)
  expect(
    verifyWebhook({ body, headers: signed(), secret }, { clock: () => at.getTime() + 299_000 }),
  ).toBeDefined()
})
