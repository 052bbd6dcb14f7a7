import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { anotherProgram } from '../testing/another-program.js'
import { companyIdOf, createTestApp } from '../testing/create-test-app.js'
import { held } from '../testing/held.js'
import { authorizationOf, optIn } from '../testing/opt-in.js'

const minute = 60_000

it('hears out an owner that could not renew its lease while nobody could write', async () => {
  const world = await createTestApp()
  const admin = await world.as('acme.admin')
  await optIn(world, admin, 'RATING')
  const { id = '' } =
    (await authorizationOf(admin, await companyIdOf(admin, 'Acme Outfitters'), 'RATING')) ?? {}
  const slow = held('after-receive')
  const owner = await world.another({ at: slow.at })
  world.clock.advance(120 * minute)
  const first = owner.services.refreshes.freshToken(id, 60)
  await slow.arrived

  const path = world.environment.DATABASE_URL?.replace(/^sqlite:/, '') ?? ''
  const other = await anotherProgram({ kind: 'sqlite', path })
  await other.run('BEGIN IMMEDIATE')
  const second = world.app.services.refreshes.freshToken(id, 60)
  await delay(1_500)
  world.clock.advance(25_000)
  await other.run('COMMIT')
  await delay(500)
  slow.go()

  expect(await first).toMatchObject({ generation: 2, stale: false })
  expect(await second).toMatchObject({ generation: 2, stale: false })
  const sent = world.standIn.control.ledger().rows.filter(({ endpoint }) => endpoint === 'refresh')
  expect(sent).toHaveLength(1)
})
