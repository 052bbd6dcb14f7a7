import { In, LessThanOrEqual, MoreThan, type EntityManager } from 'typeorm'
import type { Clock } from '../clock.js'
import { timeBefore } from '../db/columns.js'
import { takeTurn } from '../db/lease.js'
import type { Database } from '../db/transaction.js'
import { AuditChainEntity } from './audit-chain.entity.js'
import { AuditEventEntity } from './audit-event.entity.js'
import { auditEventNames, auditEvents, retentionMs, type RetentionClass } from './audit-events.js'
import { AuditSweepEntity } from './audit-sweep.entity.js'
import type { AuditService } from './audit.service.js'
import { headOf, type ChainHead } from './chain-head.js'
import type { Digests } from './digests.js'
import { forgetOldOrigins } from './pseudonyms.js'
import { sweepDetails } from './sweep-record.js'

const batch = 500
const sweptEveryMs = 24 * 3600_000

interface Surroundings {
  database: Database
  clock: Clock
  audit: AuditService
  digests: Digests
}

/** Retention (S-172): once a day what is over goes, class by class. The chain keeps its links, and a checkpoint says why records are gone. */
export class SweepAuditJob {
  constructor(private readonly on: Surroundings) {}

  /** Answers how many records went. */
  async tick(): Promise<number> {
    const now = this.on.clock()
    if (!(await takeTurn(this.on.database, { name: 'audit.sweep', now, ms: sweptEveryMs }))) return 0
    await this.on.database.inTransaction((manager) => forgetOldOrigins(manager, now))
    let gone = 0
    for (const retention of Object.keys(retentionMs) as RetentionClass[])
      gone += await this.#sweep(retention, now)
    return gone
  }

  /** The checkpoint comes first: killed at any moment, nothing is missing that it does not explain. */
  async #sweep(retention: RetentionClass, now: Date): Promise<number> {
    const names = auditEventNames.filter((name) => auditEvents[name].retention === retention)
    const before = new Date(now.getTime() - retentionMs[retention])
    // What waits for its place in the chain is young, whatever a clock that was wrong has written on it.
    const over = { name: In(names), at: timeBefore(before), position: MoreThan(0) }
    const count = await this.on.database.reader.countBy(AuditEventEntity, over)
    if (count === 0) return 0
    const base = await this.#begin({ retention, before, names }, count)
    for (let left = count; left > 0; left -= batch)
      await this.on.database.inTransaction(async (manager) => {
        const events = await manager.find(AuditEventEntity, { where: over, take: batch })
        await this.on.digests.forget(manager, events)
        await manager.delete(AuditEventEntity, { id: In(events.map(({ id }) => id)) })
      })
    if (base)
      await this.on.database.inTransaction((manager) =>
        manager.delete(AuditChainEntity, { position: LessThanOrEqual(base.position) }),
      )
    return count
  }

  #begin(sweep: Sweep, count: number): Promise<ChainHead | null> {
    return this.on.database.inTransaction(async (manager) => {
      const { retention, before } = sweep
      await manager.upsert(AuditSweepEntity, { retention, before }, ['retention'])
      const base = await baseAfter(manager, sweep)
      const details = sweepDetails({ retention, before, base }, count)
      await this.on.audit.record(manager, { name: 'audit.swept', details })
      return base
    })
  }
}

interface Sweep {
  retention: RetentionClass
  before: Date
  names: string[]
}

/** The link before the oldest record that stays: from there on the chain is needed. */
async function baseAfter(manager: EntityManager, { names, before }: Sweep): Promise<ChainHead | null> {
  const [oldest] = await manager
    .createQueryBuilder(AuditEventEntity, 'event')
    .select(['event.id', 'event.position'])
    .where('event.position > 0 AND (event.name NOT IN (:...names) OR event.at >= :before)', {
      names,
      before: before.getTime(),
    })
    .orderBy('event.position')
    .take(1)
    .getMany()
  if (!oldest?.position) return headOf(manager)
  const link = await manager.findOneBy(AuditChainEntity, { position: oldest.position - 1 })
  return link && { position: link.position, hash: link.hash }
}
