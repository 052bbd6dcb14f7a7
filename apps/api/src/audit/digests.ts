import type { EntityManager } from 'typeorm'
import type { AuditEventEntity } from './audit-event.entity.js'

/** Records of which there are too many for the trail: they are kept elsewhere, and the trail holds a digest of each batch. */
export interface Digests {
  isWaiting(): Promise<boolean>
  /** Writes the record of one batch, if there is one. */
  digest(manager: EntityManager): Promise<void>
  /** What is wrong with the batch that this record stands for; null for nothing, or for any other record. */
  faultOf(event: AuditEventEntity): Promise<string | null>
  /** Removes the batches that these records stand for. */
  forget(manager: EntityManager, events: readonly AuditEventEntity[]): Promise<void>
}
