import { Table, type MigrationInterface, type QueryRunner, type TableColumnOptions } from 'typeorm'

const id = (name = 'id'): TableColumnOptions => ({ name, type: 'text', isPrimary: true })
const text = (name: string): TableColumnOptions => ({ name, type: 'text' })
const time = (name: string): TableColumnOptions => ({ name, type: 'bigint' })
const integer = (name: string): TableColumnOptions => ({ name, type: 'integer', default: 0 })
const flag = (name: string): TableColumnOptions => ({ name, type: 'boolean', default: false })
/** Ordered by code point on both databases: keyset paging and prefix search depend on it. */
const key = (name: string, kind: string): TableColumnOptions => ({
  name,
  type: 'text',
  ...(kind === 'postgres' && { collation: 'C' }),
})
const optional = (column: TableColumnOptions): TableColumnOptions => ({ ...column, isNullable: true })

interface Outline {
  columns: TableColumnOptions[]
  unique?: string[][]
  indices?: string[][]
  references?: Record<string, string>
}

function table(name: string, outline: Outline): Table {
  const named = (columns: string[]) => `${name}_${columns.join('_')}`
  return new Table({
    name,
    columns: outline.columns,
    indices: [
      ...(outline.unique ?? []).map((columns) => ({
        name: `${named(columns)}_once`,
        columnNames: columns,
        isUnique: true,
      })),
      ...(outline.indices ?? []).map((columns) => ({ name: named(columns), columnNames: columns })),
    ],
    foreignKeys: Object.entries(outline.references ?? {}).map(([column, target]) => ({
      name: `${name}_${column}_exists`,
      columnNames: [column],
      referencedTableName: target,
      referencedColumnNames: ['id'],
    })),
  })
}

const tablesOf = (kind: string) => [
  table('installation', { columns: [id(), text('upsEnvironment'), text('hashKey'), time('createdAt')] }),
  table('leases', { columns: [id('name'), text('owner'), time('until')] }),
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
      optional(time('withdrawnAt')),
      time('createdAt'),
    ],
    unique: [['companyId', 'applicationId'], ['mintedVaultKey']],
    indices: [['nextRefreshAt'], ['applicationId', 'status']],
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
      text('accessToken'),
      text('refreshToken'),
      time('issuedAt'),
      time('expiresAt'),
      time('refreshIssuedAt'),
      time('refreshExpiresAt'),
      integer('refreshCount'),
    ],
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
