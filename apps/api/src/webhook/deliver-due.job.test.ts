import { verifyWebhook } from '@optin-hub/hub-client'
import { Webhook } from 'standardwebhooks'
import { expect, it } from 'vitest'
import { optIn } from '../testing/opt-in.js'
import { deliver, messageIn, status, type Received } from '../testing/receiver.js'
import { deliveriesOf, optOut, told } from '../testing/told.js'
import { rotateSecret } from '../testing/webhooks.js'

const minute = 60_000
const hour = 60 * minute

const idOf = ({ headers }: Received) => String(headers['webhook-id'])

it('tells of a change, signed so that the library of the scheme and our own client read it', async () => {
  const { world, admin, companyId, vaultKey, receiver, secret, endpoint } = await told()
  await optOut(world, companyId)
  await deliver(world)
  const [request] = receiver.received
  if (!request) throw new Error('nothing has come')
  const at = world.clock().getTime()
  expect(request.headers).toMatchObject({
    'content-type': 'application/json',
    'webhook-timestamp': String(at / 1000),
  })
  const event = verifyWebhook({ body: request.body, headers: request.headers, secret }, { clock: () => at })
  expect(event).toEqual({
    type: 'authorization.opted_out',
    timestamp: world.clock().toISOString(),
    data: {
      ...{ companyId, vaultKey, application: 'RATING', status: 'NOT_AUTHORIZED', generation: 1 },
      ...{ endReason: 'OPTED_OUT', refreshExpiresAt: null },
    },
  })
  const signature = new Webhook(secret).sign(idOf(request), new Date(at), request.body.toString())
  expect(request.headers['webhook-signature']).toBe(signature)
  expect(request.body.length).toBeLessThan(20 * 1024)
  expect(await deliveriesOf(admin, endpoint.id)).toMatchObject([
    {
      ...{ eventId: idOf(request), type: 'AUTHORIZATION_OPTED_OUT', state: 'DELIVERED', attempts: 1 },
      ...{ statusCode: 204, failure: null, nextAttemptAt: null, company: { name: 'Acme Outfitters' } },
    },
  ])
  await deliver(world)
  expect(receiver.received).toHaveLength(1)
})

it('signs with both secrets for a day after a change of them, and then with the new one', async () => {
  const { world, admin, endpoint, companyId, receiver, secret: former } = await told()
  const { secret } = await rotateSecret(admin, endpoint.id)
  const signers = ({ body, headers }: Received) =>
    [former, secret].map((each) => {
      const clock = () => world.clock().getTime()
      try {
        return verifyWebhook({ body, headers, secret: each }, { clock }).type
      } catch {
        return null
      }
    })
  await optOut(world, companyId)
  await deliver(world)
  expect(signers(receiver.received[0] as Received)).toEqual(Array(2).fill('authorization.opted_out'))
  world.clock.advance(24 * hour)
  await optIn(world, await world.as('acme.admin'), 'RATING')
  await deliver(world)
  expect(signers(receiver.received[1] as Received)).toEqual([null, 'authorization.opted_in'])
})

it('tries again under the same id with a new timestamp, and sends what has waited once it works', async () => {
  const { world, admin, endpoint, companyId, receiver } = await told()
  receiver.answers(status(500))
  await optOut(world, companyId)
  await deliver(world)
  const next = () => deliveriesOf(admin, endpoint.id).then(([newest]) => newest?.nextAttemptAt)
  expect(await next()).toBe(new Date(world.clock().getTime() + 5_000).toISOString())
  for (const wait of [5_000, 5 * minute]) {
    world.clock.advance(wait - 1)
    await deliver(world)
    world.clock.advance(1)
    await deliver(world)
  }
  expect(receiver.received).toHaveLength(3)
  expect(new Set(receiver.received.map(idOf)).size).toBe(1)
  expect(new Set(receiver.received.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(3)

  // A later event about the same authorization waits behind it.
  await optIn(world, await world.as('acme.admin'), 'RATING')
  world.clock.advance(10 * minute)
  await deliver(world)
  expect(receiver.received).toHaveLength(3)
  receiver.answers(status(200))
  world.clock.advance(20 * minute)
  await deliver(world)
  const types = receiver.received.slice(3).map((each) => messageIn(each).type)
  expect(types).toEqual(['authorization.opted_out', 'authorization.opted_in'])
})

it('lets later events overtake one that has failed three times', async () => {
  const { world, companyId, receiver } = await told()
  receiver.answers((response, one) =>
    status(messageIn(one).type === 'authorization.opted_out' ? 500 : 200)(response),
  )
  await optOut(world, companyId)
  for (const wait of [0, 5_000, 5 * minute, 30 * minute]) {
    world.clock.advance(wait)
    await deliver(world)
  }
  await optIn(world, await world.as('acme.admin'), 'RATING')
  world.clock.advance(minute)
  await deliver(world)
  expect(receiver.received.map((one) => messageIn(one).type.slice(14))).toEqual([
    ...['opted_out', 'opted_out', 'opted_out', 'opted_out', 'opted_in', 'opted_out'],
  ])
})
