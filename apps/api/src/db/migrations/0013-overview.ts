import type { MigrationInterface, QueryRunner } from 'typeorm'
import { id, integer, table, text, time } from './table-outline.js'

const refused = `status = 'REAUTHORIZATION_REQUIRED' AND "withdrawnAt" IS NULL`
const failing = `status = 'AUTHORIZED' AND "problemSince" IS NOT NULL AND "withdrawnAt" IS NULL`
/** Few among the renewals: from these the plots of a company's past are drawn. */
const changesOfState = `name IN ('company.enrolled', 'authorization.opted_in', 'authorization.recovered', 'authorization.invalidated', 'authorization.opted_out', 'company.withdrew')`
const inOrder = '("companyNameKey", "companyId", "applicationId")'

const indices = {
  authorizations_refused: `authorizations ${inOrder} WHERE ${refused}`,
  authorizations_failing: `authorizations ${inOrder} WHERE ${failing}`,
  token_sets_running_out: 'token_sets ("refreshExpiresAt")',
  audit_events_of_states: `audit_events ("companyId", "at") WHERE ${changesOfState}`,
}

/** How many there were of something at a moment: what the plots of a large installation are drawn from. */
const figures = table('figures', {
  columns: [id(), text('kind'), time('at'), integer('count')],
  indices: [['at']],
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
