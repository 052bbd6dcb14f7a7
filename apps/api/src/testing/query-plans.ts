import { AbstractLogger } from 'typeorm'
import type { TestApp } from './create-test-app.js'

export interface PlannedQuery {
  sql: string
  /** What the database says it does, one line a step. */
  plan: string
}

/** What was read while `work` ran, each statement with the plan of the database under test. */
export async function plansOf(world: TestApp, work: () => Promise<unknown>): Promise<PlannedQuery[]> {
  const asked: { sql: string; parameters: unknown[] }[] = []
  class Listener extends AbstractLogger {
    override logQuery(sql: string, parameters?: unknown[]): void {
      if (sql.startsWith('SELECT')) asked.push({ sql, parameters: parameters ?? [] })
    }

    protected writeLog(): void {
      // Only statements are of interest.
    }
  }
  const { kind, reader } = world.app.database
  const before = reader.connection.options.logger
  reader.connection.setOptions({ logger: new Listener(), logging: ['query'] })
  await work()
  reader.connection.setOptions({ ...(before && { logger: before }), logging: false })
  const explain = kind === 'postgres' ? 'EXPLAIN' : 'EXPLAIN QUERY PLAN'
  return Promise.all(
    asked.map(async ({ sql, parameters }) => {
      const steps = await reader.query<Record<string, unknown>[]>(`${explain} ${sql}`, parameters)
      return { sql, plan: steps.map((step) => String(step['detail'] ?? step['QUERY PLAN'])).join('\n') }
    }),
  )
}
