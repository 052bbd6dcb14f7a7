import type { MigrationInterface, QueryRunner } from 'typeorm'
import { id, integer, optional, table, text, time } from './table-outline.js'

const letters = table('letters', {
  columns: [
    id(),
    optional(text('content')),
    integer('attempts'),
    optional(time('dueAt')),
    optional(text('outcome')),
    time('createdAt'),
  ],
  indices: [['dueAt'], ['createdAt']],
})

/** The outbox of letters. */
export class Mail1700000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(letters)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(letters.name)
  }
}
