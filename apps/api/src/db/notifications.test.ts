import { expect, it, vi } from 'vitest'
import { freshDatabase, openFor } from '../testing/fresh-database.js'
import { hearNotifications } from './notifications.js'

it('is woken by other processes, also after its connection was cut', async () => {
  const config = await freshDatabase()
  const database = await openFor(config)
  const other = await openFor(config)
  let heard = 0
  const stop = hearNotifications(database, 'something', () => (heard += 1))
  await vi.waitFor(() => expect(heard).toBe(1), 5_000)
  await other.inTransaction((manager) => manager.query('NOTIFY something'))
  await vi.waitFor(() => expect(heard).toBe(2), 5_000)
  await other.reader.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query = 'LISTEN something'`,
  )
  await vi.waitFor(() => expect(heard).toBe(3), 5_000)
  await other.inTransaction((manager) => manager.query('NOTIFY something'))
  await vi.waitFor(() => expect(heard).toBe(4), 5_000)
  await stop()
})
