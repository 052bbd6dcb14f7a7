import type { MigrationInterface, QueryRunner } from 'typeorm'
import { guardsOf, withoutGuards } from './0006-audit-guards.js'
import { id, optional, table, text, time } from './table-outline.js'

const tables = [
  table('leases', { columns: [id('name'), text('owner'), time('until')] }),
  table('audit_actors', { columns: [id(), text('userId')], unique: [['userId']] }),
  table('audit_origins', {
    columns: [id(), optional(text('actorId')), text('address'), time('at')],
    indices: [['actorId', 'at'], ['at']],
  }),
  table('audit_chain', {
    columns: [
      { name: 'position', type: 'integer', isPrimary: true },
      text('eventId'),
      time('at'),
      text('retention'),
      text('recordHash'),
      text('hash'),
    ],
    unique: [['eventId']],
  }),
  // What the sweep may remove: asked by the triggers, not believed by the verifier.
  table('audit_sweeps', { columns: [id('retention'), time('before')] }),
]

const columns = [
  `audit_events ADD COLUMN "result" text NOT NULL DEFAULT 'DONE'`,
  'audit_events ADD COLUMN "apiClientId" text',
  'audit_events ADD COLUMN "originId" text',
  'audit_events ADD COLUMN "position" integer',
  'token_hand_outs ADD COLUMN "batchId" text',
]

/** Those with a condition hold only what waits for its place in the chain, and so are as good as empty. */
const indices = [
  'UNIQUE INDEX "audit_events_position_once" ON audit_events ("position")',
  'INDEX "audit_events_waiting" ON audit_events ("at", "id") WHERE "position" IS NULL',
  'INDEX "audit_events_companyId_at_id" ON audit_events ("companyId", "at", "id")',
  'INDEX "audit_events_actorId_at_id" ON audit_events ("actorId", "at", "id")',
  'INDEX "audit_events_name_at_id" ON audit_events ("name", "at", "id")',
  'INDEX "token_hand_outs_waiting" ON token_hand_outs ("at", "id") WHERE "batchId" IS NULL',
  'INDEX "token_hand_outs_batchId_id" ON token_hand_outs ("batchId", "id")',
]

const refusedBefore = `'session.refused', 'callback.refused', 'application.refused'`
const failedBefore = `'authorization.opt_in_failed', 'authorization.opt_in_voided', 'authorization.refresh_failed', 'authorization.refresh_dropped'`

/** Until now the trail named people by their user id, and had no chain. */
const carryOver = (kind: string): string[] => [
  `UPDATE audit_events SET "result" = 'REFUSED' WHERE name IN (${refusedBefore})`,
  `UPDATE audit_events SET "result" = 'FAILED' WHERE name IN (${failedBefore})`,
  `INSERT INTO audit_actors (id, "userId")
   SELECT ${kind === 'postgres' ? 'gen_random_uuid()::text' : 'lower(hex(randomblob(16)))'}, "actorId"
   FROM (SELECT DISTINCT "actorId" FROM audit_events WHERE "actorId" IS NOT NULL) AS acted`,
  `UPDATE audit_events SET "actorId" = (SELECT a.id FROM audit_actors a WHERE a."userId" = audit_events."actorId")`,
]

/** Where the trail gets its chain, its pseudonyms and its guards. */
export class AuditChain1700000000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const kind = runner.connection.options.type
    for (const each of tables) await runner.createTable(each)
    for (const each of columns) await runner.query(`ALTER TABLE ${each}`)
    for (const each of carryOver(kind)) await runner.query(each)
    await runner.query('DROP INDEX "audit_events_companyId_at"')
    for (const each of indices) await runner.query(`CREATE ${each}`)
    for (const each of guardsOf(kind)) await runner.query(each)
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const each of withoutGuards(runner.connection.options.type)) await runner.query(each)
    for (const each of indices) await runner.query(`DROP INDEX ${nameIn(each)}`)
    await runner.query('CREATE INDEX "audit_events_companyId_at" ON audit_events ("companyId", "at")')
    await runner.query(
      `UPDATE audit_events SET "actorId" = (SELECT a."userId" FROM audit_actors a WHERE a.id = audit_events."actorId")`,
    )
    for (const each of columns.toReversed()) {
      const [tableName, , , column] = each.split(' ')
      await runner.query(`ALTER TABLE ${tableName} DROP COLUMN ${column}`)
    }
    for (const each of tables.toReversed()) await runner.dropTable(each.name)
  }
}

const nameIn = (index: string): string => /"\w+"/.exec(index)?.[0] ?? ''
