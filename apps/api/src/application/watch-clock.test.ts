import { expect, it } from 'vitest'
import { createTestApp } from '../testing/create-test-app.js'
import { optIn } from '../testing/opt-in.js'

it('raises one alarm while our clock and that of UPS are more than two minutes apart, and renews no earlier or later', async () => {
  const world = await createTestApp()
  const admin = await world.as('acme.admin')
  const alarms = () => world.logged.filter((line) => line.includes('alarm: our clock'))
  world.standIn.control.clock({ advanceSeconds: 110 })
  await optIn(world, admin, 'RATING')
  expect(alarms()).toEqual([])

  world.standIn.control.clock({ advanceSeconds: 3490 })
  await optIn(world, admin, 'PICKUP_MANAGER')
  await optIn(world, admin, 'DATA_MANAGEMENT')
  expect(alarms()).toHaveLength(1)
  expect(alarms()[0]).toContain('3600 seconds behind')
  const [times] = await world.app.database.reader.query<{ issuedAt: unknown; expiresAt: unknown }[]>(
    'SELECT "issuedAt", "expiresAt" FROM token_sets ORDER BY "authorizationId" DESC LIMIT 1',
  )
  expect(Number(times?.issuedAt)).toBe(world.clock().getTime())
  expect(Number(times?.expiresAt)).toBe(world.clock().getTime() + 3599_000)

  world.standIn.control.clock({ advanceSeconds: -3600 })
  await optIn(world, admin, 'REVERSE_LOGISTICS')
  expect(world.logged.filter((line) => line.includes('agree again'))).toHaveLength(1)
})
