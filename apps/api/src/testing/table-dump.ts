import { readFileSync } from 'node:fs'
import type { EntityManager } from 'typeorm'

/** Every row of every table, so that a test can say that nothing at all was changed. */
export async function tableDump(reader: EntityManager): Promise<Record<string, unknown>> {
  const dump: Record<string, unknown> = {}
  for (const { tableName } of reader.connection.entityMetadatas) {
    const rows: object[] = await reader.query(`SELECT * FROM ${tableName}`)
    dump[tableName] = rows.map((row) => JSON.stringify(row)).sort()
  }
  return dump
}

/** The bytes of a SQLite database and of its write-ahead log; null on PostgreSQL. */
export function fileBytes(databaseUrl: string): string | null {
  if (!databaseUrl.startsWith('sqlite:')) return null
  const path = databaseUrl.slice('sqlite:'.length)
  return [path, `${path}-wal`].map((each) => readFileSync(each).toString('base64')).join()
}
