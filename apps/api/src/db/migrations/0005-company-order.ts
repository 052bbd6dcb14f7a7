import type { MigrationInterface, QueryRunner } from 'typeorm'

const authenticated = `status IN ('AUTHORIZED', 'REAUTHORIZATION_REQUIRED') AND "withdrawnAt" IS NULL`
const waiting = `status = 'NOT_AUTHORIZED' AND "withdrawnAt" IS NULL`

/**
 * A solution admin's companies in the order of their names, straight from an index: the name is kept beside the state
 * that decides whether they are seen. Statements of both databases, since TypeORM would copy the table on SQLite.
 */
export class CompanyOrder1700000000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const ordered = runner.connection.options.type === 'postgres' ? 'text COLLATE "C"' : 'text'
    const statements = [
      `ALTER TABLE authorizations ADD COLUMN "companyNameKey" ${ordered} NOT NULL DEFAULT ''`,
      `UPDATE authorizations SET "companyNameKey" =
         (SELECT "nameKey" FROM companies WHERE companies.id = authorizations."companyId")`,
      `CREATE INDEX authorizations_authenticated ON authorizations ("companyNameKey", "companyId")
         WHERE ${authenticated}`,
      `CREATE INDEX authorizations_authenticated_in
         ON authorizations ("applicationId", "companyNameKey", "companyId") WHERE ${authenticated}`,
      `CREATE INDEX authorizations_waiting_in ON authorizations ("applicationId", "companyId") WHERE ${waiting}`,
      `CREATE INDEX companies_present ON companies (id) WHERE "removedAt" IS NULL`,
    ]
    for (const statement of statements) await runner.query(statement)
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const index of [
      'companies_present',
      'authorizations_waiting_in',
      'authorizations_authenticated_in',
      'authorizations_authenticated',
    ])
      await runner.query(`DROP INDEX ${index}`)
    await runner.query('ALTER TABLE authorizations DROP COLUMN "companyNameKey"')
  }
}
