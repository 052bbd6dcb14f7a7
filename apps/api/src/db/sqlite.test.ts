import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { anotherProgram } from '../testing/another-program.js'
import { counter, turns } from '../testing/counter.js'
import { freshDatabase, openFor } from '../testing/fresh-database.js'
import { openDatabase } from './data-source.js'
import { InstallationEntity } from './installation.entity.js'

it('puts a commit on the disk before anybody is told of it, and keeps references whole, on both connections', async () => {
  const database = await openFor(await freshDatabase())
  const pragmas = async (query: (statement: string) => Promise<Record<string, unknown>[]>) => {
    const rows: Record<string, unknown>[] = []
    for (const name of ['journal_mode', 'synchronous', 'foreign_keys', 'busy_timeout'])
      rows.push(...(await query(`PRAGMA ${name}`)))
    return Object.assign({}, ...rows) as object
  }
  const wanted = { journal_mode: 'wal', synchronous: 2, foreign_keys: 1, timeout: 30_000 }
  expect(await pragmas((statement) => database.reader.query(statement))).toEqual(wanted)
  expect(await database.inTransaction((manager) => pragmas((statement) => manager.query(statement)))).toEqual(
    wanted,
  )
})

it('refuses a file that is not a database, and leaves it as it is', async () => {
  const config = await freshDatabase()
  if (config.kind !== 'sqlite') throw new Error('a file was expected')
  writeFileSync(config.path, 'these are somebody’s notes, and not a database at all'.repeat(100))
  await expect(openDatabase(config)).rejects.toThrow(/not a database/)
})

describe('two programs on one file', () => {
  it('wait for each other, and read meanwhile', async () => {
    const config = await freshDatabase()
    const database = await openFor(config)
    const { name, value } = await counter(database)
    const other = await anotherProgram(config)
    await other.run('BEGIN IMMEDIATE')
    await other.run(`UPDATE installation SET "upsEnvironment" = '1' WHERE id = 'counter'`)

    let isDone = false
    const ours = database
      .inTransaction(async (manager) => {
        const { upsEnvironment } = await manager.findOneByOrFail(InstallationEntity, { id: name })
        await manager.update(
          InstallationEntity,
          { id: name },
          { upsEnvironment: String(Number(upsEnvironment) + 1) },
        )
      })
      .then(() => (isDone = true))
    for (let read = 0; read < 20; read++) expect(await value()).toBe(0)
    await turns(50)
    expect(isDone).toBe(false)
    await other.run('COMMIT')
    await ours
    expect(await value()).toBe(2)
  })

  it('share it without losing a write of either', async () => {
    const config = await freshDatabase()
    const programs = [await openFor(config), await openFor(config)] as const
    const { name, value } = await counter(programs[0])
    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        (programs[index % 2] ?? programs[0]).inTransaction(async (manager) => {
          const { upsEnvironment } = await manager.findOneByOrFail(InstallationEntity, { id: name })
          await manager.update(
            InstallationEntity,
            { id: name },
            { upsEnvironment: String(Number(upsEnvironment) + 1) },
          )
        }),
      ),
    )
    expect(await value()).toBe(40)
  })
})
