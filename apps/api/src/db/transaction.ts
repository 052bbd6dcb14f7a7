import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import type { DataSource, EntityManager } from 'typeorm'

type Work<T> = (manager: EntityManager) => Promise<T>

const maximumTries = 8
const stallMs = 1_000
const insideTransaction = new AsyncLocalStorage<true>()

/**
 * One database: `reader` for queries, `inTransaction` for everything that writes.
 *
 * On SQLite all of TypeORM's statements go through one runner: two transactions at once would take each other's outcome,
 * and a lone query would become part of whichever is open (typeorm#1884). Hence a queue, on a connection of its own.
 */
export interface Database {
  readonly kind: 'sqlite' | 'postgres'
  readonly reader: EntityManager
  inTransaction<T>(work: Work<T>): Promise<T>
  /**
   * How long ago this process got to write after it had waited for a second or more. Others waited with it, and whoever
   * comes first after that is chance: what another process has not written by then, it may be about to.
   */
  msSinceStall(): number
  close(): Promise<void>
}

export function sqliteDatabase(writer: DataSource, reader: DataSource): Database {
  let queue: Promise<unknown> = Promise.resolve()
  let stallEndedAt = -Infinity
  const waited = (ms: number): void => {
    if (ms >= stallMs) stallEndedAt = performance.now()
  }
  return {
    kind: 'sqlite',
    reader: reader.manager,
    inTransaction<T>(work: Work<T>) {
      refuseNesting()
      const result = queue.then(() => insideTransaction.run(true, () => immediate(writer, work, waited)))
      queue = result.catch(() => undefined)
      return result
    },
    msSinceStall: () => performance.now() - stallEndedAt,
    async close() {
      await queue
      await reader.destroy()
      await writer.destroy()
    },
  }
}

export function postgresDatabase(pool: DataSource): Database {
  return {
    kind: 'postgres',
    reader: pool.manager,
    inTransaction<T>(work: Work<T>) {
      refuseNesting()
      return insideTransaction.run(true, () => retried(() => pool.transaction(work), isSerialisationFailure))
    },
    // Its locks are given in the order in which they were asked for.
    msSinceStall: () => Infinity,
    close: () => pool.destroy(),
  }
}

/**
 * BEGIN IMMEDIATE, since a deferred transaction that reads first fails with SQLITE_BUSY as soon as another process
 * has committed. TypeORM only knows deferred ones, so the runner is told that it is already inside.
 */
async function immediate<T>(writer: DataSource, work: Work<T>, waited: (ms: number) => void): Promise<T> {
  const runner = writer.createQueryRunner()
  const askedAt = performance.now()
  await retried(() => runner.query('BEGIN IMMEDIATE'), isBusy)
  waited(performance.now() - askedAt)
  const state = runner as unknown as { isTransactionActive: boolean; transactionDepth: number }
  state.isTransactionActive = true
  state.transactionDepth = 1
  try {
    const result = await work(runner.manager)
    await runner.commitTransaction()
    return result
  } catch (error) {
    // A full disk may have rolled it back already: what went wrong is the first error, not that.
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined)
    throw error
  }
}

async function retried<T>(attempt: () => Promise<T>, mayRetry: (error: unknown) => boolean): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await attempt()
    } catch (error) {
      if (tried === maximumTries || !mayRetry(error)) throw error
      await delay(5 * 2 ** tried)
    }
  }
}

/** A transaction inside a transaction would wait for itself for ever on SQLite. */
function refuseNesting(): void {
  if (insideTransaction.getStore()) {
    throw new Error('inTransaction was called inside a transaction: pass its manager on instead')
  }
}

const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? '')
const isBusy = (error: unknown): boolean => codeOf(error).startsWith('SQLITE_BUSY')
const isSerialisationFailure = (error: unknown): boolean => ['40001', '40P01'].includes(codeOf(error))

/** Whether the database refused a row because a unique constraint already has one. */
export function isUniqueViolation(error: unknown): boolean {
  const code = codeOf(error)
  return code === '23505' || (code === 'SQLITE_CONSTRAINT' && /UNIQUE/.test(String(error)))
}

/** Find option that holds a row until the transaction ends; SQLite's immediate transactions already hold everything. */
export function heldRow(
  manager: EntityManager,
  whenHeldElsewhere: 'wait' | 'skip' = 'wait',
): { lock?: { mode: 'pessimistic_write'; onLocked?: 'skip_locked' } } {
  if (manager.connection.options.type !== 'postgres') return {}
  return {
    lock: {
      mode: 'pessimistic_write',
      ...(whenHeldElsewhere === 'skip' && { onLocked: 'skip_locked' as const }),
    },
  }
}
