import type { MigrationInterface, QueryRunner } from 'typeorm'
import { flag, id, integer, key, optional, table, text, time } from './table-outline.js'

const tablesOf = (kind: string) => [
  table('installation', { columns: [id(), text('upsEnvironment'), text('hashKey'), time('createdAt')] }),
  table('users', {
    columns: [
      id(),
      text('signInName'),
      text('signInNameKey'),
      text('displayName'),
      optional(text('email')),
      text('passwordHash'),
      flag('isSolutionAdmin'),
      time('createdAt'),
    ],
    unique: [['signInNameKey']],
  }),
  table('sessions', {
    columns: [id(), text('userId'), time('createdAt'), time('lastSeenAt')],
    indices: [['userId'], ['lastSeenAt']],
    references: { userId: 'users' },
  }),
  table('companies', {
    columns: [
      id(),
      text('name'),
      key('nameKey', kind),
      optional(text('accountExecutiveName')),
      optional(text('accountExecutiveContact')),
      time('createdAt'),
      optional(time('removedAt')),
    ],
    indices: [['nameKey', 'id']],
  }),
  table('memberships', {
    columns: [id(), text('userId'), text('companyId'), text('role'), time('createdAt')],
    unique: [['userId', 'companyId']],
    indices: [['companyId']],
    references: { userId: 'users', companyId: 'companies' },
  }),
  table('authorizations', {
    columns: [
      id(),
      text('companyId'),
      text('applicationId'),
      text('status'),
      optional(text('mintedVaultKey')),
      integer('generation'),
      optional(time('authorizedAt')),
      optional(text('authorizedById')),
      optional(text('upsProfileNote')),
      optional(time('endedAt')),
      optional(text('endedById')),
      optional(text('endReason')),
      optional(time('upsMayHonourUntil')),
      optional(time('nextRefreshAt')),
      optional(time('problemSince')),
      integer('problemAttempts'),
      optional(text('problemCode')),
      optional(time('lastHandedOutAt')),
      optional(time('urgentAt')),
      optional(text('leaseOwner')),
      optional(time('leaseUntil')),
      optional(time('claimedUntil')),
      optional(time('withdrawnAt')),
      time('createdAt'),
    ],
    unique: [['companyId', 'applicationId'], ['mintedVaultKey']],
    indices: [
      ['applicationId', 'nextRefreshAt'],
      ['applicationId', 'status'],
    ],
    references: { companyId: 'companies' },
  }),
  table('pending_authorizations', {
    columns: [
      id(),
      text('stateHash'),
      text('sessionId'),
      text('userId'),
      text('companyId'),
      text('applicationId'),
      text('authorizationId'),
      optional(text('codeVerifier')),
      text('returnTo'),
      optional(text('upsProfileNote')),
      time('createdAt'),
      time('expiresAt'),
      optional(time('consumedAt')),
      optional(time('voidedAt')),
      optional(text('outcome')),
      optional(time('outcomeAt')),
    ],
    unique: [['stateHash']],
    indices: [['userId', 'createdAt'], ['authorizationId'], ['createdAt']],
    references: { userId: 'users', authorizationId: 'authorizations' },
  }),
  table('token_sets', {
    columns: [
      id('authorizationId'),
      integer('generation'),
      text('keyId'),
      text('accessToken'),
      text('refreshToken'),
      time('issuedAt'),
      time('expiresAt'),
      time('refreshIssuedAt'),
      time('refreshExpiresAt'),
      integer('refreshCount'),
    ],
    indices: [['keyId']],
    references: { authorizationId: 'authorizations' },
  }),
  table('token_history', {
    columns: [
      id(),
      text('authorizationId'),
      integer('generation'),
      time('issuedAt'),
      time('expiresAt'),
      time('refreshIssuedAt'),
      time('refreshExpiresAt'),
      text('cause'),
      optional(time('supersededAt')),
    ],
    unique: [['authorizationId', 'generation']],
    references: { authorizationId: 'authorizations' },
  }),
  table('audit_events', {
    columns: [
      id(),
      time('at'),
      text('name'),
      optional(text('actorId')),
      optional(text('companyId')),
      optional(text('applicationId')),
      optional(text('requestId')),
      text('details'),
    ],
    indices: [
      ['companyId', 'at'],
      ['at', 'id'],
    ],
  }),
  table('api_clients', {
    columns: [id(), text('name'), text('createdById'), time('createdAt'), optional(time('revokedAt'))],
    references: { createdById: 'users' },
  }),
  table('api_client_keys', {
    columns: [
      id(),
      text('clientId'),
      text('publicId'),
      text('secretHash'),
      time('createdAt'),
      optional(time('revokedAt')),
    ],
    unique: [['publicId']],
    indices: [['clientId']],
    references: { clientId: 'api_clients' },
  }),
  table('api_client_grants', {
    columns: [
      id(),
      text('clientId'),
      text('companyId'),
      text('applicationId'),
      flag('mayReadStatus'),
      flag('mayReadTokens'),
      text('givenById'),
      time('givenAt'),
    ],
    unique: [['clientId', 'companyId', 'applicationId']],
    indices: [['companyId']],
    references: { clientId: 'api_clients', companyId: 'companies' },
  }),
  table('token_hand_outs', {
    columns: [
      id(),
      time('at'),
      text('clientId'),
      text('keyId'),
      text('authorizationId'),
      text('companyId'),
      text('applicationId'),
      integer('generation'),
      text('address'),
      text('requestId'),
    ],
    indices: [['authorizationId', 'at']],
  }),
  // The durable intent: written before UPS is asked, settled with what came of it.
  table('refresh_attempts', {
    columns: [
      id(),
      text('authorizationId'),
      text('applicationId'),
      integer('generation'),
      text('cause'),
      text('owner'),
      time('startedAt'),
      optional(time('settledAt')),
      optional(text('outcome')),
    ],
    indices: [['authorizationId', 'generation'], ['settledAt', 'startedAt'], ['startedAt']],
    references: { authorizationId: 'authorizations' },
  }),
  // One row per application: an outage of UPS, or a refused client, is one incident for all its authorizations.
  table('application_health', {
    columns: [
      id('applicationId'),
      integer('failures'),
      optional(time('failingSince')),
      optional(text('problemCode')),
      optional(time('pausedUntil')),
      optional(time('probeUntil')),
      optional(time('alarmedAt')),
      optional(time('rateWindowAt')),
      integer('rateWindowCount'),
    ],
  }),
]

/** The same tables on SQLite and on PostgreSQL. */
export class Initial1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const each of tablesOf(runner.connection.options.type)) await runner.createTable(each)
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const each of tablesOf(runner.connection.options.type).reverse()) await runner.dropTable(each.name)
  }
}
