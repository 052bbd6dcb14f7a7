import type { MigrationInterface, QueryRunner } from 'typeorm'
import { id, integer, table, text, time } from './table-outline.js'

const licenseKeys = table('license_keys', {
  columns: [
    id(),
    text('companyId'),
    integer('generation'),
    text('sealedKey'),
    text('lastFour'),
    time('setAt'),
    text('setById'),
  ],
  unique: [['companyId']],
  references: { companyId: 'companies', setById: 'users' },
})

export class LicenseKeys1700000000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(licenseKeys)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(licenseKeys.name)
  }
}
