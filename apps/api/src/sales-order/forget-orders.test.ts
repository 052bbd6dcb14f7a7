import { expect, it } from 'vitest'
import { companyIdOf, createTestApp } from '../testing/create-test-app.js'
import { signInAs } from '../testing/people.js'
import { demoOrders } from './sales-orders.seed.js'
import { SalesOrderEntity } from './sales-order.entity.js'

const day = 24 * 3600_000

it('deletes the orders of a company that was removed, those of no other, and in pieces', async () => {
  const world = await createTestApp()
  const { app } = world
  const admin = await world.as('acme.admin')
  const companyId = await companyIdOf(admin, 'Acme Outfitters')
  await app.database.inTransaction((manager) =>
    app.services.orderImports.put(manager, companyId, {
      orders: demoOrders(1200, 'MANY', world.clock()),
      onProgress: () => undefined,
    }),
  )
  await app.clearOrders()
  const { reader } = app.database
  expect(await reader.countBy(SalesOrderEntity, { companyId })).toBe(1248)
  await admin.data('mutation ($id: ID!) { removeCompany(id: $id) }', { id: companyId })
  await app.clearOrders()
  expect(await reader.countBy(SalesOrderEntity, { companyId })).toBe(0)
  expect(await reader.count(SalesOrderEntity)).toBe(30)
})

it('keeps an order for two years after it came, and at most a day longer', async () => {
  const world = await createTestApp()
  const { app } = world
  const count = () => app.database.reader.count(SalesOrderEntity)
  const before = await count()
  world.clock.advance(730 * day)
  await app.clearOrders()
  expect(await count()).toBe(before)
  world.clock.advance(day)
  await app.clearOrders()
  expect(await count()).toBe(0)
})

it('forgets who ordered, when a person with that mail address is erased, and keeps what was ordered', async () => {
  const world = await createTestApp()
  const { app } = world
  const person = await signInAs(world, { signInName: 'bianca', email: 'Bianca.Rossi@example.com' })
  const { reader } = app.database
  const hers = { email: 'bianca.rossi@example.com' }
  const [before, all] = [await reader.countBy(SalesOrderEntity, hers), await reader.count(SalesOrderEntity)]
  expect(before).toBeGreaterThan(0)
  await person.data('mutation { eraseMyAccount }')
  expect(await reader.countBy(SalesOrderEntity, { contactName: 'Bianca Rossi' })).toBe(0)
  expect(await reader.countBy(SalesOrderEntity, hers)).toBe(0)
  expect(await reader.countBy(SalesOrderEntity, { emailKey: '' })).toBe(before)
  expect(await reader.count(SalesOrderEntity)).toBe(all)
})
