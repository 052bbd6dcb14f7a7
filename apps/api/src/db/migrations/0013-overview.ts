import type { MigrationInterface, QueryRunner } from 'typeorm'
import { integer, table, text, time } from './table-outline.js'

const refused = `status = 'REAUTHORIZATION_REQUIRED' AND "withdrawnAt" IS NULL`
const failing = `status = 'AUTHORIZED' AND "problemSince" IS NOT NULL AND "withdrawnAt" IS NULL`
const inOrder = '("companyNameKey", "companyId", "applicationId")'

const indices = {
  authorizations_refused: `authorizations ${inOrder} WHERE ${refused}`,
  authorizations_failing: `authorizations ${inOrder} WHERE ${failing}`,
  token_sets_running_out: 'token_sets ("refreshExpiresAt")',
}

/** How many there were of something at a moment: what the plots of a large installation are drawn from. */
const figures = table('figures', {
  columns: [{ ...text('kind'), isPrimary: true }, { ...time('at'), isPrimary: true }, integer('count')],
})

/** What needs a hand, in the order of the names and straight from an index; as a rule these indices are as good as empty. */
export class Overview1700000000013 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [name, of] of Object.entries(indices)) await runner.query(`CREATE INDEX ${name} ON ${of}`)
    await runner.createTable(figures)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(figures.name)
    for (const name of Object.keys(indices)) await runner.query(`DROP INDEX ${name}`)
  }
}
