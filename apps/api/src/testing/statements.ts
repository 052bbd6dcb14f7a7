import { AbstractLogger, type EntityManager } from 'typeorm'
import type { TestApp } from './create-test-app.js'

/** Writes down each statement that the hub sends to its database from now on; empty the list to begin anew. */
export async function statementsOf(world: TestApp): Promise<string[]> {
  const statements: string[] = []
  class Listener extends AbstractLogger {
    override logQuery(query: string): void {
      statements.push(query)
    }

    protected writeLog(): void {
      // Only statements are of interest.
    }
  }
  const listenTo = ({ connection }: EntityManager): void => {
    connection.setOptions({ logger: new Listener(), logging: ['query'] })
  }
  const { database } = world.app
  listenTo(database.reader)
  // On SQLite, writes have a connection of their own.
  await database.inTransaction((manager) => Promise.resolve(listenTo(manager)))
  statements.length = 0
  return statements
}
