import type { MigrationInterface, QueryRunner } from 'typeorm'
import { flag, id, optional, table, text, time } from './table-outline.js'

const notices = table('notices', {
  columns: [
    id(),
    text('userId'),
    text('authorizationId'),
    text('companyId'),
    text('applicationId'),
    text('kind'),
    text('occasion'),
    time('createdAt'),
    optional(time('settledAt')),
    optional(text('outcome')),
  ],
  unique: [['userId', 'authorizationId', 'kind', 'occasion']],
  indices: [['authorizationId'], ['userId', 'settledAt'], ['createdAt']],
})

const preferences = table('notice_preferences', {
  columns: [id('userId'), flag('expiring'), flag('ended')],
})

/** What people are to be told by letter, and which letters they want. */
export class Notices1700000000012 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(notices)
    await runner.createTable(preferences)
    await runner.query(
      `CREATE INDEX notices_waiting ON notices ("createdAt", "userId") WHERE "settledAt" IS NULL`,
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(preferences.name)
    await runner.dropTable(notices.name)
  }
}
