import type { MigrationInterface, QueryRunner } from 'typeorm'
import {
  addColumns,
  counted,
  dropColumns,
  flag,
  id,
  integer,
  optional,
  table,
  text,
  time,
} from './table-outline.js'

const events = (kind: string) =>
  table('authorization_events', {
    columns: [
      counted('number', kind),
      text('id'),
      optional({ name: 'position', type: 'integer' }),
      text('type'),
      text('companyId'),
      text('applicationId'),
      text('authorizationId'),
      text('vaultKey'),
      text('status'),
      integer('generation'),
      optional(text('endReason')),
      optional(time('refreshExpiresAt')),
      time('at'),
    ],
    unique: [['id'], ['position']],
    indices: [['authorizationId'], ['companyId', 'applicationId', 'position'], ['at']],
  })

const endpoints = table('webhook_endpoints', {
  columns: [
    id(),
    text('clientId'),
    text('url'),
    optional(text('eventTypes')),
    text('secret'),
    text('secretLastFour'),
    integer('secretGeneration'),
    time('secretSetAt'),
    optional(text('formerSecret')),
    optional(time('formerSecretUntil')),
    time('createdAt'),
    optional(time('pausedAt')),
    optional(time('disabledAt')),
    optional(text('disabledReason')),
    integer('failures'),
    optional(time('failingSince')),
    optional(time('restUntil')),
    optional(time('lastTriedAt')),
    optional(time('lastDeliveredAt')),
  ],
  indices: [['clientId']],
  references: { clientId: 'api_clients' },
})

const deliveries = table('webhook_deliveries', {
  columns: [
    id(),
    text('endpointId'),
    text('eventId'),
    optional({ name: 'position', type: 'integer' }),
    text('type'),
    flag('isTest'),
    optional(text('companyId')),
    optional(text('applicationId')),
    optional(text('authorizationId')),
    time('createdAt'),
    integer('attempts'),
    optional(time('dueAt')),
    optional(time('claimedUntil')),
    optional(time('lastTriedAt')),
    optional({ name: 'statusCode', type: 'integer' }),
    optional(text('failure')),
    optional(text('outcome')),
  ],
  indices: [['endpointId', 'dueAt'], ['endpointId', 'id'], ['endpointId', 'eventId'], ['createdAt']],
  references: { endpointId: 'webhook_endpoints' },
})

const ofAuthorizations = [optional(time('atRiskSince'))]

/** What third-party applications are told of authorizations, where, and how that went. */
export class Webhooks1700000000015 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'authorizations', ofAuthorizations)
    await runner.createTable(events(runner.connection.options.type))
    await runner.query(
      'CREATE INDEX authorization_events_unnumbered ON authorization_events ("number") WHERE "position" IS NULL',
    )
    await runner.createTable(endpoints)
    await runner.createTable(deliveries)
    await runner.query(
      `CREATE INDEX webhook_deliveries_unsettled ON webhook_deliveries ("endpointId", "authorizationId", "position")
       WHERE "dueAt" IS NOT NULL`,
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(deliveries.name)
    await runner.dropTable(endpoints.name)
    await runner.dropTable('authorization_events')
    await dropColumns(runner, 'authorizations', ofAuthorizations)
  }
}
