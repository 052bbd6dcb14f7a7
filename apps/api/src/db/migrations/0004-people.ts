import type { MigrationInterface, QueryRunner } from 'typeorm'
import { id, key, optional, table, text, time } from './table-outline.js'

const tablesOf = (kind: string) => [
  table('groups', {
    columns: [id(), text('name'), key('nameKey', kind), text('role'), text('keeperId'), time('createdAt')],
    indices: [['nameKey', 'id'], ['keeperId']],
    references: { keeperId: 'users' },
  }),
  table('group_members', {
    columns: [id(), text('groupId'), text('userId'), time('createdAt')],
    unique: [['groupId', 'userId']],
    indices: [['userId']],
    references: { groupId: 'groups', userId: 'users' },
  }),
  table('group_companies', {
    columns: [id(), text('groupId'), text('companyId'), time('createdAt')],
    unique: [['groupId', 'companyId']],
    indices: [['companyId']],
    references: { groupId: 'groups', companyId: 'companies' },
  }),
  table('invitations', {
    columns: [
      id(),
      text('companyId'),
      optional(text('role')),
      optional(text('applicationId')),
      optional(text('email')),
      optional(text('emailKey')),
      text('tokenHash'),
      text('invitedById'),
      time('createdAt'),
      time('expiresAt'),
      optional(time('acceptedAt')),
      optional(text('acceptedById')),
      optional(time('usedAt')),
      optional(time('withdrawnAt')),
    ],
    unique: [['tokenHash']],
    indices: [['companyId', 'createdAt'], ['acceptedById', 'expiresAt'], ['invitedById']],
    references: { companyId: 'companies', invitedById: 'users', acceptedById: 'users' },
  }),
]

/** Groups of people, and invitations. */
export class People1700000000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const each of tablesOf(runner.connection.options.type)) await runner.createTable(each)
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const each of tablesOf(runner.connection.options.type).reverse()) await runner.dropTable(each.name)
  }
}
