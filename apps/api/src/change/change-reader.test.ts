import { expect, it, vi } from 'vitest'
import { noteChange, whenListening } from '../testing/changes.js'
import { companyIdOf, createTestApp } from '../testing/create-test-app.js'
import { AuthorizationChangeEntity } from './authorization-change.entity.js'

it('tells each change once, also one that is committed after others with higher numbers', async () => {
  const world = await createTestApp()
  const { database, services } = world.app
  const companyId = await companyIdOf(await world.as('acme.admin'), 'Acme Outfitters')
  await noteChange(world.app, companyId)
  const [first] = await database.reader.find(AuthorizationChangeEntity)
  const heard: number[] = []
  const stop = services.changeReader.listen(({ id }) => heard.push(id))
  await whenListening(1, world.app)
  const base = first?.id ?? 0
  const columns = '"companyId", "applicationId", "authorizationId", status, generation, at'
  const write = (id: number) =>
    database.inTransaction((manager) =>
      manager.query(
        `INSERT INTO authorization_changes (id, ${columns}) SELECT ${id}, ${columns} FROM authorization_changes WHERE id = ${base}`,
      ),
    )

  await write(base + 4)
  await vi.waitFor(() => expect(heard).toEqual([base + 4]), 5_000)
  await write(base + 2)
  await vi.waitFor(() => expect(heard).toEqual([base + 4, base + 2]), 5_000)
  // Those that never came are looked for a minute long, and what is there already is not told anew.
  world.clock.advance(61_000)
  await write(base + 5)
  await vi.waitFor(() => expect(heard).toContain(base + 5), 5_000)
  await write(base + 3)
  await write(base + 6)
  await vi.waitFor(() => expect(heard).toEqual([base + 4, base + 2, base + 5, base + 6]), 5_000)
  stop()
  expect(services.changeReader.listening).toBe(0)
})

it('keeps changes for ten minutes', async () => {
  const world = await createTestApp()
  const { database, services } = world.app
  const companyId = await companyIdOf(await world.as('acme.admin'), 'Acme Outfitters')
  await noteChange(world.app, companyId)
  world.clock.advance(9 * 60_000)
  await noteChange(world.app, companyId, 'PICKUP_MANAGER')
  world.clock.advance(2 * 60_000)
  await services.changes.prune()
  const left = await database.reader.find(AuthorizationChangeEntity)
  expect(left.map(({ applicationId }) => applicationId)).toEqual(['PICKUP_MANAGER'])
})
