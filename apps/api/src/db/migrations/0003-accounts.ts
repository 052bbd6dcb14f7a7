import type { MigrationInterface, QueryRunner } from 'typeorm'
import { addColumns, dropColumns, id, integer, optional, table, text, time } from './table-outline.js'

const ofUsers = [optional(text('emailKey')), optional(time('disabledAt'))]
const ofSessions = [{ ...time('authenticatedAt'), default: 0 }, optional(text('address'))]

const tables = [
  table('attempt_counters', {
    columns: [id(), integer('count'), time('beganAt'), time('lastAt')],
    indices: [['lastAt']],
  }),
  table('sign_ups', {
    columns: [
      id(),
      text('tokenHash'),
      text('signInName'),
      text('displayName'),
      text('email'),
      text('emailKey'),
      text('passwordHash'),
      time('createdAt'),
      time('expiresAt'),
    ],
    unique: [['tokenHash'], ['emailKey']],
    indices: [['expiresAt']],
  }),
  table('account_links', {
    columns: [
      id(),
      text('userId'),
      text('purpose'),
      text('tokenHash'),
      optional(text('email')),
      time('createdAt'),
      time('expiresAt'),
    ],
    unique: [['tokenHash'], ['userId', 'purpose']],
    indices: [['expiresAt']],
    references: { userId: 'users' },
  }),
  table('set_up', { columns: [id(), optional(text('codeHash')), optional(time('doneAt'))] }),
]

/** Accounts of real people: proven addresses, counted tries, links in letters, the first set-up. */
export class Accounts1700000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'users', ofUsers)
    await addColumns(runner, 'sessions', ofSessions)
    // Until here only the demo's people had addresses, in plain letters: no two of them alike.
    await runner.query('UPDATE users SET "emailKey" = LOWER(email) WHERE email IS NOT NULL')
    await runner.query('CREATE UNIQUE INDEX "users_emailKey_once" ON users ("emailKey")')
    for (const each of tables) await runner.createTable(each)
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const each of [...tables].reverse()) await runner.dropTable(each.name)
    await runner.query('DROP INDEX "users_emailKey_once"')
    await dropColumns(runner, 'sessions', ofSessions)
    await dropColumns(runner, 'users', ofUsers)
  }
}
