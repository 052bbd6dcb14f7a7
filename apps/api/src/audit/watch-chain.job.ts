import type { Alarms } from '../alarms.js'
import type { Clock } from '../clock.js'
import { takeTurn } from '../db/lease.js'
import type { Database } from '../db/transaction.js'
import type { KeyedHash } from '../keyed-hash.js'
import type { Logger } from '../log.js'
import { AuditEventEntity } from './audit-event.entity.js'
import type { AuditService } from './audit.service.js'
import { headText } from './chain-head.js'
import type { Digests } from './digests.js'
import { verifyChain } from './verify-chain.js'

const verifiedEveryMs = 24 * 3600_000

interface Surroundings {
  database: Database
  clock: Clock
  hash: KeyedHash
  audit: AuditService
  alarms: Alarms
  digests: Digests
  log: Pick<Logger, 'error' | 'info'>
}

/**
 * Once a day the hub looks at its own trail. The log, which is kept elsewhere, gets the head: with it `cli audit verify`
 * finds even a trail whose end was cut off.
 */
export class WatchChainJob {
  constructor(private readonly on: Surroundings) {}

  /** Answers whether it was the turn of this process. */
  async tick(): Promise<boolean> {
    const { database, clock, log } = this.on
    const turn = { name: 'audit.watch', now: clock(), ms: verifiedEveryMs }
    if (!(await takeTurn(database, turn))) return false
    const { head, fault } = await verifyChain(database.reader, this.on)
    if (fault) await this.#alarm(fault)
    else await this.#isWhole()
    if (!fault && head) log.info({ head: headText(head) }, 'the audit trail is whole up to its head')
    return true
  }

  /** Again, after the database was put back from a copy. */
  async #isWhole(): Promise<void> {
    const { database, alarms } = this.on
    await database.inTransaction((manager) => alarms.end(manager, { kind: 'TRAIL_BROKEN' }))
  }

  /** Once for each place that is broken: the record of the alarm is in the trail, for all processes and for ever. */
  async #alarm({ position, what }: { position: number; what: string }): Promise<void> {
    const { database, audit, log } = this.on
    const isNew = await database.inTransaction(async (manager) => {
      await this.on.alarms.raise(manager, { kind: 'TRAIL_BROKEN' })
      const earlier = await manager.findBy(AuditEventEntity, { name: 'audit.chain_broken' })
      if (earlier.some(({ details }) => details.position === position)) return false
      await audit.record(manager, { name: 'audit.chain_broken', details: { position } })
      return true
    })
    if (isNew)
      log.error(
        { position, fault: what },
        'alarm: the audit trail was tampered with; keep a copy of the database',
      )
  }
}
