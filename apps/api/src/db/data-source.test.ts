import { expect, it } from 'vitest'
import { freshDatabase, openFor } from '../testing/fresh-database.js'
import { openDatabase } from './data-source.js'
import { InstallationEntity } from './installation.entity.js'
import type { Sealed } from '../seal.js'

it('is brought up to date once, however many programs open it at the same moment', async () => {
  const config = await freshDatabase()
  const databases = await Promise.all([1, 2, 3, 4].map(() => openFor(config)))
  for (const [index, database] of databases.entries()) {
    const row = { id: `row ${index}`, upsEnvironment: 'a', hashKey: '' as Sealed, createdAt: new Date(0) }
    await database.inTransaction((manager) => manager.insert(InstallationEntity, row))
  }
  expect(await databases[0]?.reader.count(InstallationEntity)).toBe(4)
  const migrations = await databases[3]?.reader.query<{ name: string }[]>('SELECT name FROM migrations')
  const names = migrations?.map(({ name }) => name) ?? []
  expect(names).toContain('Initial1700000000001')
  expect(names).toEqual([...new Set(names)])
})

const kept = { id: 'kept', upsEnvironment: 'a', hashKey: '' as Sealed, createdAt: new Date(5) }

it('finds on a second opening what the first has left', async () => {
  const config = await freshDatabase()
  const first = await openDatabase(config)
  await first.inTransaction((manager) => manager.insert(InstallationEntity, kept))
  await first.close()
  const second = await openFor(config)
  expect(await second.reader.find(InstallationEntity)).toEqual([kept])
})

it('refuses a row whose other half does not exist', async () => {
  const database = await openFor(await freshDatabase())
  await expect(
    database.inTransaction((manager) =>
      manager.query(
        `INSERT INTO memberships ("id", "userId", "companyId", "role", "createdAt") VALUES ('a', 'nobody', 'nothing', 'ADMIN', 0)`,
      ),
    ),
  ).rejects.toThrow(/foreign key/i)
})
