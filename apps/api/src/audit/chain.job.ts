import { IsNull, type EntityManager } from 'typeorm'
import type { Clock } from '../clock.js'
import { takeLease } from '../db/lease.js'
import type { Database } from '../db/transaction.js'
import type { KeyedHash } from '../keyed-hash.js'
import { AuditChainEntity } from './audit-chain.entity.js'
import { AuditEventEntity } from './audit-event.entity.js'
import { auditEvents } from './audit-events.js'
import { headOf, type ChainHead } from './chain-head.js'
import { beforeTheFirst, linkHashOf, recordHashOf } from './chain-link.js'
import type { Digests } from './digests.js'

const batch = 500
const batchesOfATick = 20
/** A killed holder is replaced after this. */
const leaseMs = 20_000

interface Surroundings {
  database: Database
  clock: Clock
  hash: KeyedHash
  /** This process. */
  owner: string
  digests: Digests
}

/**
 * Gives committed records their place in the chain. Afterwards and by one process at a time: a chain written by the deed
 * itself would make every deed of the hub wait for every other.
 */
export class ChainJob {
  constructor(private readonly on: Surroundings) {}

  /** Answers how many records have got their place. */
  async tick(): Promise<number> {
    let chained = 0
    for (let batches = 0; batches < batchesOfATick && (await this.#isAnythingWaiting()); batches++) {
      const added = await this.on.database.inTransaction((manager) => this.#chainSome(manager))
      // Another process is at it.
      if (added === null) break
      chained += added
    }
    return chained
  }

  async #isAnythingWaiting(): Promise<boolean> {
    const isWaiting = await this.on.database.reader.existsBy(AuditEventEntity, { position: IsNull() })
    return isWaiting || this.on.digests.isWaiting()
  }

  async #chainSome(manager: EntityManager): Promise<number | null> {
    const now = this.on.clock()
    const lease = { name: 'audit.chain', owner: this.on.owner, now, ms: leaseMs }
    if (!(await takeLease(manager, lease))) return null
    await this.on.digests.digest(manager)
    const events = await manager.find(AuditEventEntity, {
      where: { position: IsNull() },
      order: { at: 'ASC', id: 'ASC' },
      take: batch,
    })
    if (events.length === 0) return 0
    const head = await headOf(manager)
    const links = this.#linksOf(events, head)
    await manager.insert(AuditChainEntity, links)
    await manager.query(
      `UPDATE audit_events SET "position" =
         (SELECT c."position" FROM audit_chain c WHERE c."eventId" = audit_events.id)
       WHERE id IN (SELECT c."eventId" FROM audit_chain c WHERE c."position" > ${head?.position ?? 0})`,
    )
    return links.length
  }

  #linksOf(events: AuditEventEntity[], head: ChainHead | null): AuditChainEntity[] {
    let { position, hash } = head ?? { position: 0, hash: beforeTheFirst }
    return events.map((event) => {
      const { id: eventId, at, name } = event
      const { retention } = auditEvents[name]
      const link = {
        position: ++position,
        eventId,
        at,
        retention,
        recordHash: recordHashOf(this.on.hash, event),
      }
      hash = linkHashOf(this.on.hash, hash, link)
      return { ...link, hash }
    })
  }
}
