import type { MigrationInterface, QueryRunner } from 'typeorm'
import { addColumns, dropColumns, optional, text, time } from './table-outline.js'

const ofUsers = [
  { ...text('displayNameKey'), default: "''" },
  optional(time('lastSignInAt')),
  optional(time('erasedAt')),
]

/** Ordered and searched by code point, as on SQLite: a search by a beginning depends on it. */
const keys = ['signInNameKey', 'emailKey', 'displayNameKey']

/** People can be looked for, the erased are told from the disabled, and a last sign-in outlives its session. */
export class UserDirectory1700000000008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'users', ofUsers)
    await collate(runner, '"C"')
    const people = (await runner.query('SELECT id, "displayName" AS name FROM users')) as {
      id: string
      name: string
    }[]
    const [key, id] = isPostgres(runner) ? ['$1', '$2'] : ['?', '?']
    // Not by LOWER, which knows the letters of English only on SQLite.
    for (const person of people) {
      const folded = person.name.normalize('NFKC').trim().toLowerCase()
      await runner.query(`UPDATE users SET "displayNameKey" = ${key} WHERE id = ${id}`, [folded, person.id])
    }
    await runner.query(
      `UPDATE users SET "erasedAt" = "disabledAt" WHERE "signInNameKey" LIKE 'erased-%' AND "displayName" = 'Erased person'`,
    )
    await runner.query('CREATE INDEX "users_displayNameKey" ON users ("displayNameKey")')
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX "users_displayNameKey"')
    await collate(runner, '"default"')
    await dropColumns(runner, 'users', ofUsers)
  }
}

const isPostgres = (runner: QueryRunner): boolean => runner.connection.options.type === 'postgres'

async function collate(runner: QueryRunner, collation: string): Promise<void> {
  if (!isPostgres(runner)) return
  for (const key of keys)
    await runner.query(`ALTER TABLE users ALTER COLUMN "${key}" TYPE text COLLATE ${collation}`)
}
