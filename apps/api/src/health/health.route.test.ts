import { expect, it } from 'vitest'
import { createTestApp } from '../testing/create-test-app.js'
import { createReadiness, freeBytesOf } from './readiness.js'

it('is ready while a record of the trail can be written, and leaves none behind', async () => {
  const world = await createTestApp()
  const { reader } = world.app.database
  const count = async () => ((await reader.query('SELECT id FROM audit_events')) as object[]).length
  const before = await count()
  const response = await world.browser().request('GET', '/readyz')
  expect([response.statusCode, response.json()]).toEqual([200, { status: 'ready' }])
  expect(await count()).toBe(before)
})

it('is not ready, but alive, while the trail cannot be written; and ready again within seconds', async () => {
  const world = await createTestApp()
  const browser = world.browser()
  const rename = (from: string, to: string) =>
    world.app.database.inTransaction((manager) => manager.query(`ALTER TABLE ${from} RENAME TO ${to}`))
  const statusAt = async (path: string) => (await browser.request('GET', path)).statusCode

  await rename('audit_events', 'audit_events_away')
  expect([await statusAt('/healthz'), await statusAt('/readyz')]).toEqual([200, 503])
  expect((await browser.request('GET', '/readyz')).json()).toEqual({
    status: 'not ready',
    message: 'The database cannot be written to at the moment.',
  })
  await rename('audit_events_away', 'audit_events')
  world.clock.advance(1000)
  expect(await statusAt('/readyz')).toBe(200)
})

it('asks the database once a second, however many probes come', async () => {
  const world = await createTestApp()
  const browser = world.browser()
  await world.app.database.inTransaction((manager) => manager.query('DROP TABLE audit_events'))
  await Promise.all(Array.from({ length: 20 }, () => browser.request('GET', '/readyz')))
  await browser.request('GET', '/readyz')
  expect(world.logged.filter((line) => line.includes('not ready: '))).toHaveLength(1)
})

it('is not ready while the disk of the data folder is full, and ready again when it is not', async () => {
  const world = await createTestApp()
  const { database, services } = world.app
  let free = 1000
  const readiness = createReadiness({
    ...world.surroundings,
    database,
    audit: services.audit,
    freeBytes: () => Promise.resolve(free),
  })
  expect(await readiness()).toEqual({
    status: 'not ready',
    message: 'The disk of the data folder is full.',
  })
  free = await freeBytesOf(world.dataDir)()
  expect(free).toBeGreaterThan(1000)
  world.clock.advance(1000)
  expect(await readiness()).toEqual({ status: 'ready' })
})
