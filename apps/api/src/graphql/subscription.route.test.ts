import { once } from 'node:events'
import { request } from 'node:http'
import type { Socket } from 'node:net'
import { expect, it } from 'vitest'
import { noteChange, whenListening } from '../testing/changes.js'
import { companyIdOf, createTestApp, publicUrl } from '../testing/create-test-app.js'
import { optIn } from '../testing/opt-in.js'
import { signInAs } from '../testing/people.js'
import { changedDocument, Subscriber } from '../testing/subscriber.js'

it('tells each change of an authorization, wherever it was made, to who may see it', async () => {
  const world = await createTestApp()
  const admin = await world.as('acme.admin')
  const companyId = await companyIdOf(admin, 'Acme Outfitters')
  const second = await world.another()
  const here = await Subscriber.of(world.app.http, admin, companyId)
  const there = await Subscriber.of(second.http, admin)
  await whenListening(1, world.app, second)

  await optIn(world, admin, 'RATING')
  const optedIn = { status: 'AUTHORIZED', generation: 1, company: { name: 'Acme Outfitters' } }
  for (const subscriber of [here, there]) {
    await subscriber.until(() => subscriber.changes.length > 0)
    expect(subscriber.changes[0]).toMatchObject(optedIn)
  }

  await world.standIn.control.password({ username: 'acme', password: 'another-one' })
  const input = { companyId, application: 'RATING' }
  await admin.query('mutation ($input: RefreshTokenInput!) { refreshToken(input: $input) { id } }', { input })
  await admin.data('mutation ($input: OptOutInput!) { optOut(input: $input) { id } }', { input })
  await here.until(() => here.changes.at(-1)?.status === 'NOT_AUTHORIZED')
  await there.until(() => there.changes.at(-1)?.status === 'NOT_AUTHORIZED')
})

it('tells nothing any more from the moment a right is lost', async () => {
  const world = await createTestApp()
  const admin = await world.as('acme.admin')
  const companyId = await companyIdOf(admin, 'Acme Outfitters')
  await optIn(world, admin, 'RATING')
  const operator = await world.as('solution.admin')
  const subscriber = await Subscriber.of(world.app.http, operator)
  const colleague = await signInAs(world, { signInName: 'colleague', roles: { [companyId]: 'VIEWER' } })
  const former = await Subscriber.of(world.app.http, colleague, companyId)
  const witness = await Subscriber.of(world.app.http, admin)
  await whenListening(3, world.app)
  await noteChange(world.app, companyId)
  for (const each of [subscriber, former, witness]) await each.until(() => each.changes.length === 1)
  const { id: userId } = (await world.app.services.users.findBySignInName('colleague')) ?? {}
  await admin.data('mutation ($input: RemoveMemberInput!) { removeMember(input: $input) }', {
    input: { companyId, userId },
  })
  // The ruling on visibility: a solution admin sees a company no more that has opted out.
  const input = { companyId, application: 'RATING' }
  await admin.data('mutation ($input: OptOutInput!) { optOut(input: $input) { id } }', { input })
  await witness.until(() => witness.changes.length === 2)
  await noteChange(world.app, companyId)
  await witness.until(() => witness.changes.length === 3)
  for (const { changes, errors } of [subscriber, former]) expect([changes.length, errors]).toEqual([1, []])
})

it('closes the sockets of a session that ends, though nothing happens', async () => {
  const world = await createTestApp()
  const admin = await world.as('acme.admin')
  const other = await world.as('acme.admin')
  const ending = await Subscriber.of(world.app.http, admin)
  const staying = await Subscriber.of(world.app.http, other)
  await admin.data('mutation { signOut }')
  await ending.until(() => ending.closedWith !== null)
  expect([ending.closedWith, staying.closedWith]).toEqual([4401, null])
})

it('neither lets a session last for its socket alone, nor anybody act by it', async () => {
  const world = await createTestApp()
  const admin = await world.as('acme.admin')
  const subscriber = await Subscriber.of(world.app.http, admin)
  world.clock.advance(31 * 60_000)
  await subscriber.until(() => subscriber.closedWith === 4401)
})

it('opens no socket for another site, a key, or nobody', async () => {
  const world = await createTestApp()
  const admin = await world.as('acme.admin')
  const connect = (headers: Record<string, string>, browser = admin) =>
    Subscriber.connect(world.app.http, browser, headers).then(
      () => 'open',
      (error: unknown) => (error as Error).message.replace(/^\D+/, ''),
    )
  expect(await connect({ origin: 'https://elsewhere.example' })).toBe('403')
  expect(await connect({ origin: `${publicUrl}.elsewhere.example` })).toBe('403')
  expect(await connect({ origin: '' })).toBe('403')
  expect(await connect({ authorization: 'Bearer anything' })).toBe('403')
  expect(await connect({ host: 'elsewhere.example' })).toBe('421')
  expect(await connect({}, world.browser())).toBe('401')
  expect(await connect({})).toBe('open')
})

it('carries subscriptions only, as many as anybody needs, and says why it refuses one', async () => {
  const world = await createTestApp()
  const admin = await world.as('acme.admin')
  const subscriber = await Subscriber.connect(world.app.http, admin)
  await subscriber.greet()
  const refusal = async (document: string) => {
    const before = subscriber.errors.length
    subscriber.subscribe(document, {}, `try-${before}`)
    await subscriber.until(() => subscriber.errors.length > before)
    return subscriber.errors.at(-1)?.extensions.reason
  }
  expect(await refusal('{ viewer { id } }')).toBe('ONLY_SUBSCRIPTIONS_HERE')
  expect(await refusal('mutation { signOut }')).toBe('ONLY_SUBSCRIPTIONS_HERE')
  expect(await refusal('subscription { nothing }')).toBe('GRAPHQL_VALIDATION_FAILED')
  expect(await refusal('subscription {')).toBe('GRAPHQL_VALIDATION_FAILED')
  for (let count = 0; count < 20; count++) subscriber.subscribe(changedDocument, {}, `number-${count}`)
  expect(await refusal(changedDocument)).toBe('TOO_MANY_SUBSCRIPTIONS')
  const { errors } = await admin.query(changedDocument)
  expect(errors?.[0]?.extensions.reason).toBe('SUBSCRIPTIONS_BY_SOCKET')
})

it('hangs up on who says too much, and opens twenty sockets a session', async () => {
  const world = await createTestApp()
  const admin = await world.as('acme.admin')
  const loud = await Subscriber.connect(world.app.http, admin)
  loud.send({ type: 'connection_init', payload: { noise: 'x'.repeat(17 * 1024) } })
  await loud.until(() => loud.closedWith !== null)
  const quick = await Subscriber.connect(world.app.http, admin)
  for (let count = 0; count < 201; count++) quick.send({ type: 'ping' })
  await quick.until(() => quick.closedWith === 1008)
  const busy = await world.as('acme.admin')
  for (let count = 0; count < 20; count++) await Subscriber.connect(world.app.http, busy)
  await expect(Subscriber.connect(world.app.http, busy)).rejects.toThrow('429')
  await expect(Subscriber.connect(world.app.http, admin)).resolves.toBeDefined()
})

it('says goodbye when the hub stops, and waits for nobody who does not answer', async () => {
  const world = await createTestApp()
  const { http } = await world.another()
  const admin = await world.as('acme.admin')
  const { port } = new URL(await http.listen({ port: 0 }))
  const cookie = [...admin.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const upgrade = request({
    port,
    path: '/graphql',
    headers: {
      host: new URL(publicUrl).host,
      origin: publicUrl,
      cookie,
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
      'sec-websocket-protocol': 'graphql-transport-ws',
    },
  }).end()
  const [, socket] = (await once(upgrade, 'upgrade')) as [unknown, Socket]
  const heard: Buffer[] = []
  socket.on('data', (data) => heard.push(data))
  await http.close()
  // A closing frame with 1001, "Going away" (RFC 6455 sections 5.5.1 and 7.4.1).
  expect(Buffer.concat(heard).subarray(0, 4).toString('hex')).toBe('880c03e9')
})
