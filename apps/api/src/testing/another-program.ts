import sqlite3 from 'sqlite3'
import { onTestFinished } from 'vitest'
import type { Config } from '../config.js'

/** A connection to SQLite's file that knows nothing of the hub. */
export async function anotherProgram(config: Config['database']) {
  if (config.kind !== 'sqlite') throw new Error('a file was expected')
  const connection = new sqlite3.Database(config.path)
  onTestFinished(() => new Promise<void>((resolve) => connection.close(() => resolve())))
  return {
    run: (statement: string) =>
      new Promise<void>((resolve, reject) =>
        connection.run(statement, (error) => (error ? reject(error) : resolve())),
      ),
  }
}
