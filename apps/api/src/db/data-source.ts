import type { EventEmitter } from 'node:events'
import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import sqlite3 from 'sqlite3'
import { DataSource, type DataSourceOptions } from 'typeorm'
import { AccountLinkEntity } from '../account/account-link.entity.js'
import { SetUpEntity } from '../account/set-up.entity.js'
import { SignUpEntity } from '../account/sign-up.entity.js'
import { AlarmEntity } from '../alarm/alarm.entity.js'
import { ApiClientGrantEntity } from '../api-client/api-client-grant.entity.js'
import { ApiClientKeyEntity } from '../api-client/api-client-key.entity.js'
import { ApiClientEntity } from '../api-client/api-client.entity.js'
import { AuditActorEntity } from '../audit/audit-actor.entity.js'
import { AuditChainEntity } from '../audit/audit-chain.entity.js'
import { AuditEventEntity } from '../audit/audit-event.entity.js'
import { AuditOriginEntity } from '../audit/audit-origin.entity.js'
import { AuditSweepEntity } from '../audit/audit-sweep.entity.js'
import { AuthorizationChangeEntity } from '../change/authorization-change.entity.js'
import { AuthorizationEntity } from '../authorization/authorization.entity.js'
import { AuthorizationEventEntity } from '../event/authorization-event.entity.js'
import { PendingAuthorizationEntity } from '../authorization/pending-authorization.entity.js'
import { BulkImportEntity } from '../bulk-import/bulk-import.entity.js'
import { CompanyEntity } from '../company/company.entity.js'
import type { Config } from '../config.js'
import { NoticePreferencesEntity } from '../notice/notice-preferences.entity.js'
import { NoticeEntity } from '../notice/notice.entity.js'
import { QueuedLetterEntity } from '../mail/queued-letter.entity.js'
import { ApplicationHealthEntity } from '../refresh/application-health.entity.js'
import { FigureEntity } from '../figure/figure.entity.js'
import { GroupCompanyEntity } from '../group/group-company.entity.js'
import { GroupMemberEntity } from '../group/group-member.entity.js'
import { GroupEntity } from '../group/group.entity.js'
import { InvitationEntity } from '../invitation/invitation.entity.js'
import { RefreshAttemptEntity } from '../refresh/refresh-attempt.entity.js'
import { SalesOrderEntity } from '../sales-order/sales-order.entity.js'
import { StartError } from '../errors.js'
import { AttemptCounterEntity } from '../session/attempt-counter.entity.js'
import { SessionEntity } from '../session/session.entity.js'
import { HandOutEntity } from '../token-api/hand-out.entity.js'
import { LicenseKeyEntity } from '../license-key/license-key.entity.js'
import { MembershipEntity } from '../user/membership.entity.js'
import { UserEntity } from '../user/user.entity.js'
import { TokenHistoryEntity } from '../vault/token-history.entity.js'
import { TokenSetEntity } from '../vault/token-set.entity.js'
import { WebhookDeliveryEntity } from '../webhook/webhook-delivery.entity.js'
import { WebhookEndpointEntity } from '../webhook/webhook-endpoint.entity.js'
import { durabilityFaults } from './durability.js'
import { InstallationEntity } from './installation.entity.js'
import { LeaseEntity } from './lease.entity.js'
import { Initial1700000000001 } from './migrations/0001-initial.js'
import { Mail1700000000002 } from './migrations/0002-mail.js'
import { CompanyOrder1700000000005 } from './migrations/0005-company-order.js'
import { People1700000000004 } from './migrations/0004-people.js'
import { AuditChain1700000000006 } from './migrations/0006-audit-chain.js'
import { Imports1700000000007 } from './migrations/0007-imports.js'
import { UserDirectory1700000000008 } from './migrations/0008-user-directory.js'
import { SalesOrders1700000000009 } from './migrations/0009-sales-orders.js'
import { LicenseKeys1700000000010 } from './migrations/0010-license-keys.js'
import { Changes1700000000011 } from './migrations/0011-changes.js'
import { Alarms1700000000018 } from './migrations/0018-alarms.js'
import { ApiClients1700000000014 } from './migrations/0014-api-clients.js'
import { Accounts1700000000003 } from './migrations/0003-accounts.js'
import { Notices1700000000012 } from './migrations/0012-notices.js'
import { Overview1700000000013 } from './migrations/0013-overview.js'
import { Webhooks1700000000015 } from './migrations/0015-webhooks.js'
import { postgresDatabase, sqliteDatabase, type Database } from './transaction.js'

const everywhere = {
  entities: [
    AccountLinkEntity,
    AlarmEntity,
    ApiClientEntity,
    ApiClientGrantEntity,
    ApiClientKeyEntity,
    ApplicationHealthEntity,
    AuditActorEntity,
    AuditChainEntity,
    AttemptCounterEntity,
    AuditEventEntity,
    AuditOriginEntity,
    AuditSweepEntity,
    AuthorizationChangeEntity,
    AuthorizationEntity,
    AuthorizationEventEntity,
    BulkImportEntity,
    CompanyEntity,
    FigureEntity,
    GroupCompanyEntity,
    GroupEntity,
    GroupMemberEntity,
    HandOutEntity,
    InstallationEntity,
    LeaseEntity,
    LicenseKeyEntity,
    InvitationEntity,
    MembershipEntity,
    NoticeEntity,
    NoticePreferencesEntity,
    PendingAuthorizationEntity,
    QueuedLetterEntity,
    RefreshAttemptEntity,
    SalesOrderEntity,
    SessionEntity,
    SetUpEntity,
    SignUpEntity,
    TokenHistoryEntity,
    TokenSetEntity,
    UserEntity,
    WebhookDeliveryEntity,
    WebhookEndpointEntity,
  ],
  migrations: [
    Initial1700000000001,
    Mail1700000000002,
    Accounts1700000000003,
    People1700000000004,
    CompanyOrder1700000000005,
    AuditChain1700000000006,
    Imports1700000000007,
    UserDirectory1700000000008,
    SalesOrders1700000000009,
    LicenseKeys1700000000010,
    Changes1700000000011,
    Notices1700000000012,
    Overview1700000000013,
    Alarms1700000000018,
    ApiClients1700000000014,
    Webhooks1700000000015,
  ],
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

/**
 * TypeORM asks for the driver's verbose mode, which writes out each statement's parameters and keeps a stack for an error
 * that may never come: a quarter of the time of a statement, and what was stored would be in the text of an error (S-170).
 */
export const quietDriver = { ...sqlite3, verbose: () => sqlite3 }

async function openConnection(path: string): Promise<DataSource> {
  const source = await new DataSource({
    ...everywhere,
    type: 'sqlite',
    driver: quietDriver,
    database: path,
  }).initialize()
  await source.query(`PRAGMA busy_timeout = ${waitForLockMs}`)
  // Not TypeORM's own option, which is heeded before that: whoever opens the file while another migrates it has to wait.
  await source.query('PRAGMA journal_mode = WAL')
  await source.query('PRAGMA synchronous = FULL')
  await source.query('PRAGMA foreign_keys = ON')
  await expectDurable(source, 'sqlite')
  return source
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
  const pool = await openPool(url)
  const runner = pool.createQueryRunner()
  await runner.query(`SELECT pg_advisory_lock(${migrationLock})`)
  try {
    await pool.runMigrations({ transaction: 'all' })
  } catch (error) {
    // The lock goes with the connection: other processes must not wait for one that has failed.
    await pool.destroy()
    throw error
  }
  await runner.query(`SELECT pg_advisory_unlock(${migrationLock})`)
  await runner.release()
  return postgresDatabase(pool)
}

async function openPool(url: string): Promise<DataSource> {
  const pool = await new DataSource({ ...everywhere, type: 'postgres', url, extra: { max: 20 } }).initialize()
  outliveBrokenConnections(pool)
  await expectDurable(pool, 'postgres')
  return pool
}

/**
 * Whose statement runs on a connection that breaks learns of it by the statement. Between two statements nobody listens,
 * and an error that nobody hears would end the process, with refreshes on their way.
 */
function outliveBrokenConnections(pool: DataSource): void {
  const { master } = pool.driver as unknown as { master: EventEmitter }
  const heard = new WeakSet<EventEmitter>()
  master.on('acquire', (client: EventEmitter) => {
    if (heard.has(client)) return
    heard.add(client)
    client.on('error', () => undefined)
  })
}

async function expectDurable(source: DataSource, kind: Database['kind']): Promise<void> {
  const [fault] = await durabilityFaults(kind, (sql) => source.query(sql))
  if (fault === undefined) return
  await source.destroy()
  throw new Error(fault)
}

/** There is no database that a command could look at; starting the hub makes it, or brings it up to date. */
export class NoDatabaseError extends Error {}

/** As it is: neither created nor migrated, so that a command beside a running hub changes nothing by looking. */
export async function openExistingDatabase(config: Config['database']): Promise<Database> {
  if (config.kind === 'postgres') {
    const pool = await openPool(config.url.reveal())
    await expectMigrated(pool)
    return postgresDatabase(pool)
  }
  if (!existsSync(config.path))
    throw new NoDatabaseError(`There is no database at ${config.path}. Start the hub once, which makes it.`)
  const writer = await openConnection(config.path)
  await expectMigrated(writer)
  return sqliteDatabase(writer, await openConnection(config.path))
}

async function expectMigrated(source: DataSource): Promise<void> {
  const wanted = source.migrations.map(({ name, constructor }) => name ?? constructor.name)
  const runner = source.createQueryRunner()
  const rows = (await runner.hasTable('migrations'))
    ? ((await runner.query('SELECT name FROM migrations')) as { name: string }[])
    : []
  await runner.release()
  const applied = rows.map(({ name }) => name)
  const isCurrent = applied.length === wanted.length && wanted.every((name) => applied.includes(name))
  if (isCurrent) return
  await source.destroy()
  if (wanted.every((name) => applied.includes(name)))
    throw new NoDatabaseError(
      'This database is of a later version of the hub. Use the command of that version.',
    )
  throw new NoDatabaseError(
    'This database is not set up, or of an earlier version. Start the hub, which sees to it.',
  )
}
