import type { MigrationInterface, QueryRunner } from 'typeorm'
import { counted, integer, table, text, time } from './table-outline.js'

/** What has changed of late, for those who look at it now (change/). */
export class Changes1700000000011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(changes(runner.connection.options.type))
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('authorization_changes')
  }
}

const changes = (kind: string) =>
  table('authorization_changes', {
    columns: [
      counted('id', kind),
      text('companyId'),
      text('applicationId'),
      text('authorizationId'),
      text('status'),
      integer('generation'),
      time('at'),
    ],
    indices: [['at']],
  })
