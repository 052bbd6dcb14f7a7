import { createHash } from 'node:crypto'
import { In, IsNull, type EntityManager } from 'typeorm'
import type { AuditEventEntity } from '../audit/audit-event.entity.js'
import type { AuditService } from '../audit/audit.service.js'
import type { Digests } from '../audit/digests.js'
import type { Clock } from '../clock.js'
import { newId } from '../db/new-id.js'
import type { Database } from '../db/transaction.js'
import { HandOutEntity } from './hand-out.entity.js'

const batch = 500

interface Surroundings {
  database: Database
  clock: Clock
  audit: AuditService
}

/** Hand-outs are too many for the trail itself: it holds one record, with a digest, for each batch of them. */
export class HandOutDigestService implements Digests {
  constructor(private readonly on: Surroundings) {}

  isWaiting(): Promise<boolean> {
    return this.on.database.reader.existsBy(HandOutEntity, { batchId: IsNull() })
  }

  async digest(manager: EntityManager): Promise<void> {
    const rows = await manager.find(HandOutEntity, {
      where: { batchId: IsNull() },
      order: { at: 'ASC', id: 'ASC' },
      take: batch,
    })
    if (rows.length === 0) return
    const batchId = newId(this.on.clock())
    await manager.update(HandOutEntity, { id: In(rows.map(({ id }) => id)) }, { batchId })
    const details = { batchId, count: rows.length, digest: digestOf(rows) }
    await this.on.audit.record(manager, { name: 'tokens.handed_out', details })
  }

  /** What is wrong with the hand-outs that this record stands for, if any. */
  async faultOf(event: AuditEventEntity): Promise<string | null> {
    const { batchId, count, digest } = event.details
    if (event.name !== 'tokens.handed_out' || typeof batchId !== 'string') return null
    const rows = await this.on.database.reader.findBy(HandOutEntity, { batchId })
    if (rows.length < Number(count))
      return `${Number(count) - rows.length} of its ${count} hand-outs were deleted`
    return digestOf(rows) === digest ? null : `one of its ${count} hand-outs was changed`
  }

  /** Together with the records that stand for them, whose time is over. */
  async forget(manager: EntityManager, events: readonly AuditEventEntity[]): Promise<void> {
    const batchIds = events
      .filter(({ name }) => name === 'tokens.handed_out')
      .map(({ details }) => String(details.batchId))
    if (batchIds.length > 0) await manager.delete(HandOutEntity, { batchId: In(batchIds) })
  }
}

/** Without a key: the record that holds it is in the chain, which has one. */
function digestOf(rows: readonly HandOutEntity[]): string {
  const lines = rows.map((row) => {
    const { id, at, clientId, keyId, authorizationId, companyId, applicationId, generation } = row
    const what = [id, at.getTime(), clientId, keyId, authorizationId, companyId, applicationId]
    return JSON.stringify([...what, generation, row.address, row.requestId])
  })
  return createHash('sha256').update(lines.sort().join('\n')).digest('hex')
}
