import { expect, it } from 'vitest'
import { counter, turns } from '../testing/counter.js'
import { freshDatabase, openFor } from '../testing/fresh-database.js'
import { InstallationEntity } from './installation.entity.js'
import { isUniqueViolation, type Database } from './transaction.js'
import type { Sealed } from '../seal.js'

const openFresh = async (): Promise<Database> => openFor(await freshDatabase())

it('keeps 50 transactions at once apart: 45 that commit count, 5 that roll back do not', async () => {
  const database = await openFresh()
  const { name, value } = await counter(database)
  const seen: number[] = []
  let isOver = false
  const reads = (async () => {
    while (!isOver) seen.push(await value())
  })()
  const increments = Array.from({ length: 50 }, (_, index) =>
    database.inTransaction(async (manager) => {
      const lock =
        manager.connection.options.type === 'postgres' ? { lock: { mode: 'pessimistic_write' as const } } : {}
      const row = await manager.findOneOrFail(InstallationEntity, { where: { id: name }, ...lock })
      await manager.update(InstallationEntity, { id: name }, { upsEnvironment: 'in the middle' })
      await manager.update(
        InstallationEntity,
        { id: name },
        { upsEnvironment: String(Number(row.upsEnvironment) + 1) },
      )
      if (index % 10 === 3) throw new Error('on purpose')
    }),
  )
  const outcomes = await Promise.allSettled(increments)
  isOver = true
  await reads
  expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(5)
  expect(await value()).toBe(45)
  // Never a state in the middle, never one that was rolled back, never backwards.
  expect(seen.length).toBeGreaterThan(0)
  expect(seen.every((number) => Number.isInteger(number) && number <= 45)).toBe(true)
  expect(seen).toEqual([...seen].sort((a, b) => a - b))
})

it('leaves nothing of a transaction that failed, whoever failed, and goes on', async () => {
  const database = await openFresh()
  const { name, value } = await counter(database)
  const failures = [
    () => Promise.reject(new Error('thrown')),
    async () => {
      await database.inTransaction(() => Promise.resolve())
    },
  ]
  for (const fail of failures) {
    await expect(
      database.inTransaction(async (manager) => {
        await manager.update(InstallationEntity, { id: name }, { upsEnvironment: '7' })
        await fail()
      }),
    ).rejects.toThrow()
    expect(await value()).toBe(0)
  }
  await expect(
    database.inTransaction(async (manager) => {
      await manager.update(InstallationEntity, { id: name }, { upsEnvironment: '7' })
      await manager.query('SELECT nonsense')
    }),
  ).rejects.toThrow()
  expect(await database.inTransaction(() => Promise.resolve('the answer of the work'))).toBe(
    'the answer of the work',
  )
  expect(await value()).toBe(0)
})

it('refuses a transaction inside a transaction, which would wait for itself for ever', async () => {
  const database = await openFresh()
  await expect(
    database.inTransaction(async () => database.inTransaction(() => Promise.resolve())),
  ).rejects.toThrow(/inside a transaction/)
  // Beside one is another matter.
  let other: Promise<string> | undefined
  await Promise.all([
    database.inTransaction(() => turns(3)),
    (other = database.inTransaction(() => Promise.resolve('beside'))),
  ])
  expect(await other).toBe('beside')
})

it('tells a row that is there already from every other failure', async () => {
  const database = await openFresh()
  const row = { id: 'twice', upsEnvironment: 'a', hashKey: '' as Sealed, createdAt: new Date(0) }
  const failureOf = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => null,
      (error: unknown) => error,
    )
  const insert = () => database.inTransaction((manager) => manager.insert(InstallationEntity, row))
  expect(await failureOf(insert())).toBeNull()
  expect(isUniqueViolation(await failureOf(insert()))).toBe(true)
  const others = [
    await failureOf(
      database.inTransaction((manager) =>
        manager.insert(InstallationEntity, { ...row, id: 'x', upsEnvironment: null as never }),
      ),
    ),
    await failureOf(database.inTransaction((manager) => manager.query('SELECT nonsense'))),
    new Error('UNIQUE'),
    null,
  ]
  expect(others.map(isUniqueViolation)).toEqual([false, false, false, false])
})
