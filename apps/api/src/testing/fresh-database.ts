import { createHash, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Secret } from '@optin-hub/oauth-client'
import { DataSource } from 'typeorm'
import { inject, onTestFinished } from 'vitest'
import type { Config } from '../config.js'
import { openDatabase } from '../db/data-source.js'
import type { Database } from '../db/transaction.js'

/** The address of an empty database of the engine under test; on SQLite a file in `folder`. */
export async function freshDatabaseUrl(folder: string): Promise<string> {
  if (process.env.TEST_ENGINE !== 'postgres') return `sqlite:${join(folder, 'hub.db')}`
  const server = inject('postgresUrl')
  const name = `hub_${createHash('sha256').update(randomUUID()).digest('hex').slice(0, 16)}`
  const source = await new DataSource({ type: 'postgres', url: server }).initialize()
  await source.query(`CREATE DATABASE ${name}`)
  await source.destroy()
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}

/** Where an empty database is, for tests that open it themselves; nothing of the hub is in it. */
export async function freshDatabase(): Promise<Config['database']> {
  const folder = mkdtempSync(join(tmpdir(), 'optin-hub-db-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const url = await freshDatabaseUrl(folder)
  return url.startsWith('sqlite:')
    ? { kind: 'sqlite', path: join(folder, 'hub.db') }
    : { kind: 'postgres', url: Secret.of(url) }
}

export async function openFor(config: Config['database']): Promise<Database> {
  const database = await openDatabase(config)
  onTestFinished(() => database.close())
  return database
}
