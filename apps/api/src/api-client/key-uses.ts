import { In, IsNull, type FindOptionsWhere } from 'typeorm'
import type { Clock } from '../clock.js'
import { timeBefore } from '../db/columns.js'
import type { Database } from '../db/transaction.js'
import { ApiClientKeyEntity } from './api-client-key.entity.js'

const writeEveryMs = 60_000
const batch = 500

/** Which keys were used lately: noted in memory at each request, written once a minute for all of them together. */
export class KeyUses {
  #used = new Set<string>()
  #writtenAt = 0

  constructor(private readonly on: { database: Database; clock: Clock }) {}

  note(keyId: string): void {
    this.#used.add(keyId)
  }

  /** What a process that is killed has not written yet is lost; who took tokens is on record anyway. */
  async writeIfDue(): Promise<void> {
    const now = this.on.clock()
    if (this.#used.size === 0 || Math.abs(now.getTime() - this.#writtenAt) < writeEveryMs) return
    this.#writtenAt = now.getTime()
    const used = [...this.#used]
    this.#used = new Set()
    for (let from = 0; from < used.length; from += batch) {
      const id = In(used.slice(from, from + batch))
      const earlier: FindOptionsWhere<ApiClientKeyEntity>[] = [
        { id, lastUsedAt: IsNull() },
        { id, lastUsedAt: timeBefore(now) },
      ]
      await this.on.database.inTransaction(async (manager) => {
        for (const where of earlier) await manager.update(ApiClientKeyEntity, where, { lastUsedAt: now })
      })
    }
  }
}
