import type { MigrationInterface, QueryRunner } from 'typeorm'
import { id, optional, table, text, time } from './table-outline.js'

const alarms = table('alarms', {
  columns: [
    id(),
    text('kind'),
    optional(text('applicationId')),
    optional(text('openKey')),
    time('raisedAt'),
    optional(time('endedAt')),
  ],
  unique: [['openKey']],
})

/** Incidents; and what is bound to a session is found by it, to follow when the session goes on under another id. */
export class Alarms1700000000018 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(alarms)
    await runner.query(
      'CREATE INDEX "pending_authorizations_sessionId" ON pending_authorizations ("sessionId")',
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX "pending_authorizations_sessionId"')
    await runner.dropTable(alarms.name)
  }
}
