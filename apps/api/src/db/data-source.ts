import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DataSource, type DataSourceOptions } from 'typeorm'
import { AuditEventEntity } from '../audit/audit-event.entity.js'
import { AuthorizationEntity } from '../authorization/authorization.entity.js'
import { PendingAuthorizationEntity } from '../authorization/pending-authorization.entity.js'
import { CompanyEntity } from '../company/company.entity.js'
import type { Config } from '../config.js'
import { StartError } from '../errors.js'
import { SessionEntity } from '../session/session.entity.js'
import { MembershipEntity } from '../user/membership.entity.js'
import { UserEntity } from '../user/user.entity.js'
import { TokenHistoryEntity } from '../vault/token-history.entity.js'
import { TokenSetEntity } from '../vault/token-set.entity.js'
import { InstallationEntity } from './installation.entity.js'
import { LeaseEntity } from './lease.entity.js'
import { Initial1700000000001 } from './migrations/0001-initial.js'
import { postgresDatabase, sqliteDatabase, type Database } from './transaction.js'

const everywhere = {
  entities: [
    AuditEventEntity,
    AuthorizationEntity,
    CompanyEntity,
    InstallationEntity,
    LeaseEntity,
    MembershipEntity,
    PendingAuthorizationEntity,
    SessionEntity,
    TokenHistoryEntity,
    TokenSetEntity,
    UserEntity,
  ],
  migrations: [Initial1700000000001],
  // A null or forgotten id must never select the first row (typeorm#2500, S-80).
  invalidWhereValuesBehavior: { null: 'throw', undefined: 'throw' },
} as const satisfies Partial<DataSourceOptions>

const migrationLock = 7_216_401
const waitForLockMs = 30_000

/** Opens the database of the configuration, brought up to date; other processes that start now wait for that. */
export async function openDatabase(config: Config['database']): Promise<Database> {
  try {
    if (config.kind === 'postgres') return await openPostgres(config.url.reveal())
    mkdirSync(dirname(config.path), { recursive: true, mode: 0o700 })
    return await openSqlite(config.path)
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    throw new StartError(`The database of DATABASE_URL cannot be opened: ${message || code}`, { cause })
  }
}

async function openSqlite(path: string): Promise<Database> {
  const writer = await openConnection(path)
  await migrateSqlite(writer)
  return sqliteDatabase(writer, await openConnection(path))
}

async function openConnection(path: string): Promise<DataSource> {
  const source = await new DataSource({
    ...everywhere,
    type: 'sqlite',
    database: path,
    enableWAL: true,
  }).initialize()
  await source.query(`PRAGMA busy_timeout = ${waitForLockMs}`)
  await source.query('PRAGMA synchronous = FULL')
  await source.query('PRAGMA foreign_keys = ON')
  await expectPragma(source, 'journal_mode', 'wal')
  await expectPragma(source, 'synchronous', 2)
  await expectPragma(source, 'foreign_keys', 1)
  return source
}

/** With synchronous=NORMAL a power cut may roll back commits that UPS has already acted upon (S-143). */
async function expectPragma(source: DataSource, name: string, expected: string | number): Promise<void> {
  const [row] = await source.query<Record<string, unknown>[]>(`PRAGMA ${name}`)
  if (row?.[name] !== expected) throw new Error(`SQLite did not accept ${name} = ${expected}`)
}

/** One immediate transaction around all of it: SQLite has no advisory lock, and its own runner begins deferred ones. */
async function migrateSqlite(writer: DataSource): Promise<void> {
  await writer.query('BEGIN IMMEDIATE')
  try {
    await writer.runMigrations({ transaction: 'none' })
    await writer.query('COMMIT')
  } catch (error) {
    await writer.query('ROLLBACK')
    throw error
  }
}

async function openPostgres(url: string): Promise<Database> {
  const pool = await new DataSource({ ...everywhere, type: 'postgres', url, extra: { max: 20 } }).initialize()
  await expectSetting(pool, 'synchronous_commit')
  await expectSetting(pool, 'fsync')
  const runner = pool.createQueryRunner()
  try {
    await runner.query(`SELECT pg_advisory_lock(${migrationLock})`)
    await pool.runMigrations({ transaction: 'all' })
    await runner.query(`SELECT pg_advisory_unlock(${migrationLock})`)
  } finally {
    await runner.release()
  }
  return postgresDatabase(pool)
}

/** A commit that is not on disk when UPS has rotated a token would lose the grant (S-144). */
async function expectSetting(pool: DataSource, name: string): Promise<void> {
  const [row] = await pool.query<Record<string, unknown>[]>(`SHOW ${name}`)
  if (row?.[name] !== 'on') throw new Error(`PostgreSQL must run with ${name} = on`)
}
