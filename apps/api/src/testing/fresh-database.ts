import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { createHash, randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Secret } from '@optin-hub/oauth-client'
import pg from 'pg'
import { inject, onTestFinished } from 'vitest'
import type { Config } from '../config.js'
import { openDatabase } from '../db/data-source.js'
import type { Database } from '../db/transaction.js'

const isPostgres = process.env.TEST_ENGINE === 'postgres'

// Of the worker, whose files share it: a database is copied some ten times as fast as it is migrated.
const ofWorker = globalThis as { migratedDatabase?: Promise<string>; testDatabases?: pg.Pool }

/** The address of a database of the engine under test that is migrated and empty; on SQLite a file in `folder`. */
export async function migratedDatabaseUrl(folder: string): Promise<string> {
  const template = await (ofWorker.migratedDatabase ??= migrateTemplate())
  if (isPostgres) return createDatabase(`TEMPLATE ${template}`)
  const path = join(folder, 'hub.db')
  copyFileSync(template, path)
  return `sqlite:${path}`
}

async function migrateTemplate(): Promise<string> {
  const place = await emptyDatabase(mkdtempSync(join(tmpdir(), 'optin-hub-template-')))
  // Closing brings the file's write-ahead log into it, and lets PostgreSQL copy the database.
  await (await openDatabase(place)).close()
  return place.kind === 'sqlite' ? place.path : new URL(place.url.reveal()).pathname.slice(1)
}

/** Where an empty database is, for tests that open it themselves; nothing of the hub is in it. */
export async function freshDatabase(): Promise<Config['database']> {
  const folder = mkdtempSync(join(tmpdir(), 'optin-hub-db-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return emptyDatabase(folder)
}

async function emptyDatabase(folder: string): Promise<Config['database']> {
  if (!isPostgres) return { kind: 'sqlite', path: join(folder, 'hub.db') }
  return { kind: 'postgres', url: Secret.of(await createDatabase('')) }
}

async function createDatabase(like: string): Promise<string> {
  const server = inject('postgresUrl')
  const pool = (ofWorker.testDatabases ??= new pg.Pool({
    connectionString: server,
    max: 1,
    allowExitOnIdle: true,
  }))
  const name = `hub_${createHash('sha256').update(randomUUID()).digest('hex').slice(0, 16)}`
  await pool.query(`CREATE DATABASE ${name} ${like}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}

export async function openFor(config: Config['database']): Promise<Database> {
  const database = await openDatabase(config)
  onTestFinished(() => database.close())
  return database
}
