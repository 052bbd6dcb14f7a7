import { Client } from 'pg'
import type { PostgresConnectionOptions } from 'typeorm/driver/postgres/PostgresConnectionOptions.js'
import type { Database } from './transaction.js'

const tryAgainMs = 1_000

/**
 * Calls `heard` when a transaction of any process has notified the channel, on a connection of its own that comes back by
 * itself. It may miss some, and SQLite has nothing of the kind: who needs to know looks now and then as well. Answers how
 * to stop it.
 */
export function hearNotifications(
  database: Database,
  channel: string,
  heard: () => void,
): () => Promise<void> {
  if (database.kind === 'sqlite') return () => Promise.resolve()
  const { url } = database.reader.connection.options as PostgresConnectionOptions
  let client: Client | null = null
  let again: NodeJS.Timeout | undefined
  let isOver = false

  const connect = async (): Promise<void> => {
    const fresh = new Client({ connectionString: url, keepAlive: true })
    client = fresh
    const lose = (): void => {
      if (client !== fresh) return
      client = null
      void fresh.end().catch(() => undefined)
      if (!isOver) again = setTimeout(() => void connect(), tryAgainMs)
    }
    fresh.on('error', lose)
    fresh.on('end', lose)
    fresh.on('notification', heard)
    try {
      await fresh.connect()
      await fresh.query(`LISTEN ${channel}`)
      heard()
    } catch {
      lose()
    }
  }
  void connect()

  return async () => {
    isOver = true
    clearTimeout(again)
    const last = client
    client = null
    await last?.end().catch(() => undefined)
  }
}
