import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { InstallationEntity } from './db/installation.entity.js'
import { openInstallation } from './installation.js'
import { createSealer } from './seal.js'
import { freshDatabase, openFor } from './testing/fresh-database.js'

const at = new Date('2026-03-01T12:00:00.000Z')
const clock = () => at

function surroundings(changes: { upsEnvironment?: string; keys?: { id: string; key: Buffer }[] } = {}) {
  const { upsEnvironment = 'stand-in', keys = [rootKey] } = changes
  return { upsEnvironment, sealer: createSealer(keys), clock, randomBytes }
}

const rootKey = { id: 'root', key: randomBytes(32) }

it('hashes alike after every start, and otherwise on every database', async () => {
  const config = await freshDatabase()
  const first = await openInstallation(await openFor(config), surroundings())
  const again = await openInstallation(await openFor(config), surroundings())
  const elsewhere = await openInstallation(await openFor(await freshDatabase()), surroundings())
  expect(first('session', 'x')).toBe(again('session', 'x'))
  expect(first('session', 'x')).not.toBe(elsewhere('session', 'x'))
  expect(new Set([first('session', 'x'), first('state', 'x'), first('cursor', 'x')]).size).toBe(3)
})

it('is settled once when several programs start on an empty database', async () => {
  const config = await freshDatabase()
  const databases = await Promise.all([1, 2, 3, 4].map(() => openFor(config)))
  const hashes = await Promise.all(databases.map((database) => openInstallation(database, surroundings())))
  expect(new Set(hashes.map((hash) => hash('state', 'x'))).size).toBe(1)
})

it('refuses a database of another UPS environment with a sentence that says what to do', async () => {
  const database = await openFor(await freshDatabase())
  await openInstallation(database, surroundings({ upsEnvironment: 'cie' }))
  await expect(openInstallation(database, surroundings({ upsEnvironment: 'production' }))).rejects.toThrow(
    'This database belongs to UPS_ENVIRONMENT=cie. Set that, or give DATABASE_URL a database of its own for production.',
  )
  await openInstallation(database, surroundings({ upsEnvironment: 'cie' }))
})

it('refuses a root key that does not open it, and overwrites nothing', async () => {
  const database = await openFor(await freshDatabase())
  const hash = await openInstallation(database, surroundings())
  const before = await database.reader.find(InstallationEntity)
  const unknown = { id: 'other', key: randomBytes(32) }
  const sameName = { id: 'root', key: randomBytes(32) }
  for (const keys of [[unknown], [sameName]]) {
    await expect(openInstallation(database, surroundings({ keys }))).rejects.toThrow(
      /Nothing was changed .*VAULT_KEYS/,
    )
  }
  expect(await database.reader.find(InstallationEntity)).toEqual(before)
  const rotated = await openInstallation(database, surroundings({ keys: [unknown, rootKey] }))
  expect(rotated('session', 'x')).toBe(hash('session', 'x'))
})

it('keeps its hash key sealed, bound to its row', async () => {
  const database = await openFor(await freshDatabase())
  const key = Buffer.alloc(32, 7)
  const hash = await openInstallation(database, { ...surroundings(), randomBytes: () => key })
  const [row] = await database.reader.find(InstallationEntity)
  expect(row).toMatchObject({ id: 'this', upsEnvironment: 'stand-in', createdAt: at })
  expect(row?.hashKey).toMatch(/^v1\.root\./)
  for (const encoding of ['base64', 'base64url', 'hex', 'latin1'] as const)
    expect(JSON.stringify(row)).not.toContain(key.toString(encoding))
  expect(hash('session', 'x')).toMatch(/^[0-9a-f]{64}$/)
  await database.inTransaction((manager) =>
    manager.query(`UPDATE installation SET "hashKey" = 'v1.root.a.b.c.d'`),
  )
  await expect(openInstallation(database, surroundings())).rejects.toThrow(/VAULT_KEYS/)
})
