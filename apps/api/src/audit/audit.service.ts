import type { EntityManager } from 'typeorm'
import type { Clock } from '../clock.js'
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
    const at = this.clock()
    await manager.insert(AuditEventEntity, {
      id: newId(at),
      at,
      name: record.name,
      actorId: record.actorId ?? null,
      companyId: record.companyId ?? null,
      applicationId: record.applicationId ?? null,
      requestId: record.requestId ?? null,
      details: record.details ?? {},
    })
  }
}
