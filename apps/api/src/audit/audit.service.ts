import type { EntityManager } from 'typeorm'
import type { Clock } from '../clock.js'
import { insertMany } from '../db/insert-many.js'
import { newId } from '../db/new-id.js'
import { AuditEventEntity } from './audit-event.entity.js'
import type { AuditEventName } from './audit-events.js'

export interface AuditRecord {
  name: AuditEventName
  actorId?: string | null
  companyId?: string
  applicationId?: string
  requestId?: string | null
  details?: Record<string, string | number | boolean | null>
}

export class AuditService {
  constructor(private readonly clock: Clock) {}

  /** In the caller's transaction, so that what happened and its record stand or fall together. */
  async record(manager: EntityManager, record: AuditRecord): Promise<void> {
    await manager.insert(AuditEventEntity, this.#rowOf(record))
  }

  /** The same deed done to many companies at once: a record of each. */
  async recordForEach(
    manager: EntityManager,
    record: AuditRecord,
    companyIds: readonly string[],
  ): Promise<void> {
    await insertMany(
      manager,
      AuditEventEntity,
      companyIds.map((companyId) => this.#rowOf({ ...record, companyId })),
    )
  }

  #rowOf(record: AuditRecord): AuditEventEntity {
    const at = this.clock()
    return {
      id: newId(at),
      at,
      name: record.name,
      actorId: record.actorId ?? null,
      companyId: record.companyId ?? null,
      applicationId: record.applicationId ?? null,
      requestId: record.requestId ?? null,
      details: record.details ?? {},
    }
  }
}
