import type { MigrationInterface, QueryRunner } from 'typeorm'
import { id, integer, optional, table, text, time } from './table-outline.js'

const imports = table('imports', {
  columns: [
    id(),
    text('contentHash'),
    optional(text('importedById')),
    time('importedAt'),
    integer('companies'),
    integer('enrolments'),
  ],
  unique: [['contentHash']],
})

export class Imports1700000000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(imports)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(imports.name)
  }
}
