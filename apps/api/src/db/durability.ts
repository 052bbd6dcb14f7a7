import type { Database } from './transaction.js'

type Query = (sql: string) => Promise<Record<string, unknown>[]>

interface Expectation {
  sql: string
  /** The column of the answer. */
  column: string
  isMet: (value: unknown) => boolean
  otherwise: string
}

const sqlite: readonly Expectation[] = [
  pragma('journal_mode', (value) => value === 'wal', 'wal'),
  // With synchronous=NORMAL a power cut may roll back commits that UPS has already acted upon (S-143).
  pragma('synchronous', (value) => Number(value) >= 2, 'FULL'),
  pragma('foreign_keys', (value) => value === 1, 'on'),
  { ...pragma('busy_timeout', (value) => Number(value) >= 5000, 'at least 5 s'), column: 'timeout' },
]

// A commit that is not on disk when UPS has rotated a token would lose the grant (S-144).
const postgres: readonly Expectation[] = [
  setting('synchronous_commit', ['on', 'remote_apply']),
  setting('fsync', ['on']),
]

/** Whether a commit survives what may happen next, asked of the database itself: what it was told and does not do, in words. */
export async function durabilityFaults(kind: Database['kind'], query: Query): Promise<string[]> {
  const faults: string[] = []
  for (const { sql, column, isMet, otherwise } of kind === 'sqlite' ? sqlite : postgres) {
    const [row] = await query(sql)
    if (!isMet(row?.[column])) faults.push(otherwise)
  }
  return faults
}

function pragma(name: string, isMet: Expectation['isMet'], wanted: string): Expectation {
  const otherwise = `SQLite did not accept ${name} = ${wanted}`
  return { sql: `PRAGMA ${name}`, column: name, isMet, otherwise }
}

function setting(name: string, allowed: readonly string[]): Expectation {
  const isMet = (value: unknown): boolean => allowed.includes(String(value))
  return { sql: `SHOW ${name}`, column: name, isMet, otherwise: `PostgreSQL must run with ${name} = on` }
}
