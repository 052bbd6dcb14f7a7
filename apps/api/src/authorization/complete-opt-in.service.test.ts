import { expect, it } from 'vitest'
import { companyIdOf, createTestApp } from '../testing/create-test-app.js'
import { agreeAtUps, authorizationOf, beginOptIn } from '../testing/opt-in.js'

it('keeps the pair that UPS has given while the database refuses it, and stores it once', async () => {
  const world = await createTestApp()
  const admin = await world.as('acme.admin')
  const companyId = await companyIdOf(admin, 'Acme Outfitters')
  const callback = await agreeAtUps(world, await beginOptIn(admin, companyId, 'RATING'))
  const rename = (from: string, to: string) =>
    world.app.database.inTransaction((manager) => manager.query(`ALTER TABLE ${from} RENAME TO ${to}`))
  await rename('token_history', 'not_there')
  const arrival = admin.arriveAt(callback)
  await expect
    .poll(() => world.logged.some((line) => line.includes('refuses what UPS has answered')))
    .toBe(true)
  await rename('not_there', 'token_history')
  expect(await arrival).toContain('opt-in=')
  expect(await authorizationOf(admin, companyId, 'RATING')).toMatchObject({
    status: 'AUTHORIZED',
    generation: 1,
    tokenHistory: { totalCount: 1 },
  })
  const codes = world.standIn.control.ledger().rows.filter(({ endpoint }) => endpoint === 'token')
  expect(codes).toHaveLength(1)
})

it('lets the person go when the database stays away, so that they can begin again', async () => {
  const world = await createTestApp()
  const admin = await world.as('acme.admin')
  const companyId = await companyIdOf(admin, 'Acme Outfitters')
  const callback = await agreeAtUps(world, await beginOptIn(admin, companyId, 'RATING'))
  await world.app.database.inTransaction((manager) =>
    manager.query('ALTER TABLE token_history RENAME TO not_there'),
  )
  const arrival = admin.arriveAt(callback)
  await expect
    .poll(() => world.logged.some((line) => line.includes('refuses what UPS has answered')))
    .toBe(true)
  world.clock.advance(31_000)
  expect(await arrival).toBe('/opt-in/not-finished')
})
