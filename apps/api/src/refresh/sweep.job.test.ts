import { expect, it } from 'vitest'
import type { Browser } from '../testing/browser.js'
import { companyIdOf, createTestApp } from '../testing/create-test-app.js'
import { agreeAtUps, authorizationOf, beginOptIn, optIn } from '../testing/opt-in.js'

const minute = 60_000

it('goes on with the other applications while UPS hangs on one', async () => {
  const held: (() => void)[] = []
  let clientThatHangs: string | undefined = 'nobody yet'
  const world = await createTestApp({
    fetch: (next) => async (input, init) => {
      const basic = (input as Request).headers.get('authorization')?.replace('Basic ', '') ?? ''
      const [client] = Buffer.from(basic, 'base64').toString().split(':')
      if (client === clientThatHangs) await new Promise<void>((resolve) => held.push(resolve))
      return next(input, init)
    },
  })
  const admin = await world.as('acme.admin')
  const companyId = await companyIdOf(admin, 'Acme Outfitters')
  const { refreshes } = world.app.services
  for (const application of ['RATING', 'PICKUP_MANAGER'] as const) {
    await optIn(world, admin, application)
    const { id = '' } = (await authorizationOf(admin, companyId, application)) ?? {}
    await world.app.database.inTransaction((manager) => refreshes.handOuts.note(manager, id, world.clock()))
  }
  const issued = world.standIn.control.ledger().rows.find(({ application }) => application === 'RATING')
  clientThatHangs = issued?.clientId ?? undefined

  world.clock.advance(56 * minute)
  const hanging = world.app.sweep()
  await expect.poll(() => held.length).toBe(1)
  world.clock.advance(5 * minute)
  await admin.signIn('acme.admin')
  const generationOf = async (application: 'RATING' | 'PICKUP_MANAGER') =>
    (await authorizationOf(admin, companyId, application))?.generation
  await expect.poll(() => generationOf('PICKUP_MANAGER')).toBe(2)
  expect(await world.app.sweep()).toBe(0)
  world.clock.advance(56 * minute)
  expect(await world.app.sweep()).toBe(1)
  await admin.signIn('acme.admin')
  expect([await generationOf('PICKUP_MANAGER'), await generationOf('RATING')]).toEqual([3, 1])

  for (const letGo of held) letGo()
  expect(await hanging).toBe(2)
  expect(await generationOf('RATING')).toBe(2)
})

it('renews whoever was refused in an outage within a minute of its end, however long their own waits had become', async () => {
  const world = await createTestApp()
  const { refreshes } = world.app.services
  const generations = async () => {
    for (const name of ['acme.admin', 'demo.admin']) await admins[name]?.signIn(name)
    return Promise.all(
      Object.entries(companies).map(
        async ([name, id]) => (await authorizationOf(admins[name] as Browser, id, 'RATING'))?.generation,
      ),
    )
  }
  const admins: Record<string, Browser> = {}
  const companies: Record<string, string> = {}
  for (const [name, company] of [
    ['acme.admin', 'Acme Outfitters'],
    ['demo.admin', 'Demonstration Company'],
  ] as const) {
    const admin = (admins[name] = await world.as(name))
    const companyId = (companies[name] = await companyIdOf(admin, company))
    await admin.arriveAt(await agreeAtUps(world, await beginOptIn(admin, companyId, 'RATING')))
    const { id = '' } = (await authorizationOf(admin, companyId, 'RATING')) ?? {}
    await world.app.database.inTransaction((manager) => refreshes.handOuts.note(manager, id, world.clock()))
  }
  world.standIn.control.faults({ endpoint: 'refresh', kind: 'status', status: 503, times: 1000 })
  world.clock.advance(56 * minute)
  for (let waited = 0; waited < 40; waited++) {
    await world.app.sweep()
    world.clock.advance(minute)
  }
  world.standIn.control.clearFaults()
  for (let waited = 0; waited < 60; waited++) {
    await world.app.sweep()
    world.clock.advance(1000)
  }
  expect(await generations()).toEqual([2, 2])
})
