import type { EntityManager } from 'typeorm'
import type { Clock } from '../clock.js'
import { timeBefore } from '../db/columns.js'
import { takeTurn } from '../db/lease.js'
import type { Database } from '../db/transaction.js'
import { AuthorizationChangeEntity } from './authorization-change.entity.js'

/** Far longer than any transaction takes, so that no reader misses a row that was committed late. */
const keptMs = 10 * 60_000
const pruneEveryMs = 60_000

/** On which Postgres wakes the readers of all processes. */
export const changeChannel = 'authorization_changes'

type Changed = Pick<AuthorizationChangeEntity, 'companyId' | 'applicationId' | 'status' | 'generation'> & {
  id: string
}

interface Surroundings {
  database: Database
  clock: Clock
}

/** Notes each change of an authorization in the transaction that makes it: who sees the change sees the row (ruling 8). */
export class ChangeService {
  constructor(private readonly on: Surroundings) {}

  async note(manager: EntityManager, { id: authorizationId, ...changed }: Changed): Promise<void> {
    const { companyId, applicationId, status, generation } = changed
    const at = this.on.clock()
    const row = { companyId, applicationId, authorizationId, status, generation, at }
    await manager.insert(AuthorizationChangeEntity, row)
    // Heard when the transaction commits, and not at all if it does not.
    if (this.on.database.kind === 'postgres') await manager.query(`NOTIFY ${changeChannel}`)
  }

  /** Rows that every reader has had the time to read. One process is enough. */
  async prune(): Promise<void> {
    const { database, clock } = this.on
    const now = clock()
    if (!(await takeTurn(database, { name: 'changes', now, ms: pruneEveryMs }))) return
    const before = timeBefore(new Date(now.getTime() - keptMs))
    await database.inTransaction((manager) => manager.delete(AuthorizationChangeEntity, { at: before }))
  }
}
