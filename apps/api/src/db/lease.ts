import type { Clock } from '../clock.js'
import { timeUntil } from './columns.js'
import { LeaseEntity } from './lease.entity.js'
import { isUniqueViolation, type Database } from './transaction.js'

interface Lease {
  name: string
  owner: string
  lastsMs: number
}

/** "One process does it", on either database: a row that belongs to its owner until it lapses. */
export class Leases {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async take({ name, owner, lastsMs }: Lease): Promise<boolean> {
    const now = this.clock()
    const until = new Date(now.getTime() + lastsMs)
    try {
      return await this.database.inTransaction(async (manager) => {
        const lapsed = { name, until: timeUntil(now) }
        const { affected } = await manager.update(LeaseEntity, lapsed, { owner, until })
        if (affected === 1) return true
        if (await manager.existsBy(LeaseEntity, { name })) return false
        await manager.insert(LeaseEntity, { name, owner, until })
        return true
      })
    } catch (error) {
      // Another process inserted the same row between our look and our insert.
      if (isUniqueViolation(error)) return false
      throw error
    }
  }

  /** Only its owner ends a lease: a holder that was paused must not end its successor's. */
  async release({ name, owner }: Pick<Lease, 'name' | 'owner'>): Promise<void> {
    await this.database.inTransaction((manager) => manager.delete(LeaseEntity, { name, owner }))
  }
}
