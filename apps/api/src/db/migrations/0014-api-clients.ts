import type { MigrationInterface, QueryRunner } from 'typeorm'
import { addColumns, dropColumns, flag, optional, text, time } from './table-outline.js'

const ofClients = [optional(time('pausedAt')), optional(text('addresses')), flag('isKnownToOperator')]
const ofKeys = [optional(time('expiresAt')), optional(time('lastUsedAt'))]

export class ApiClients1700000000014 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'api_clients', ofClients)
    await addColumns(runner, 'api_client_keys', ofKeys)
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropColumns(runner, 'api_client_keys', ofKeys)
    await dropColumns(runner, 'api_clients', ofClients)
  }
}
