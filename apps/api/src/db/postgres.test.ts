import { expect, it } from 'vitest'
import { freshDatabase, openFor } from '../testing/fresh-database.js'

const everybodyElse = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid()`

// A connection that breaks in the moment between pool and user has nobody who listens: that must not end the process.
it('outlives connections that break at any moment, and has others for who comes next', async () => {
  const config = await freshDatabase()
  const database = await openFor(config)
  const cutter = await openFor(config)
  let isOver = false
  let answered = 0
  const readers = Array.from({ length: 40 }, async () => {
    while (!isOver)
      await database.reader.query('SELECT 1').then(
        () => answered++,
        () => undefined,
      )
  })
  for (let cuts = 0; cuts < 150; cuts++) await cutter.reader.query(everybodyElse)
  isOver = true
  await Promise.all(readers)
  expect(answered).toBeGreaterThan(0)
  expect(await database.reader.query('SELECT 1 AS one')).toEqual([{ one: 1 }])
}, 60_000)
