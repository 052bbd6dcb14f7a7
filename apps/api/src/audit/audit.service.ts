import type { EntityManager } from 'typeorm'
import type { Clock } from '../clock.js'
import { insertMany } from '../db/insert-many.js'
import { newId } from '../db/new-id.js'
import { currentRequest } from '../request-source.js'
import { AuditEventEntity, type AuditDetails } from './audit-event.entity.js'
import { auditEvents, type AuditEventName } from './audit-events.js'
import { originOf, pseudonymOf } from './pseudonyms.js'

export interface AuditRecord {
  name: AuditEventName
  /** The id of the user; what is stored is a pseudonym. */
  actorId?: string | null
  companyId?: string
  applicationId?: string
  requestId?: string | null
  details?: AuditDetails
}

export class AuditService {
  constructor(private readonly clock: Clock) {}

  /**
   * In the caller's transaction, so that what happened and its record stand or fall together. Where from, and as which API
   * client, is known of the request; only a record that names it is the request's own deed, and not work of the hub that
   * the request happened to begin.
   */
  async record(manager: EntityManager, record: AuditRecord): Promise<void> {
    await manager.insert(AuditEventEntity, { ...(await this.#rowOf(manager, record)) })
  }

  /** The same deed done to many companies at once: a record of each. */
  async recordForEach(
    manager: EntityManager,
    record: AuditRecord,
    companyIds: readonly string[],
  ): Promise<void> {
    const row = await this.#rowOf(manager, record)
    const rows = companyIds.map((companyId) => ({ ...row, id: newId(row.at), companyId }))
    await insertMany(manager, AuditEventEntity, rows)
  }

  async #rowOf(manager: EntityManager, record: AuditRecord): Promise<AuditEventEntity> {
    const at = this.clock()
    const current = currentRequest()
    const source = current && record.requestId === current.requestId ? current : null
    const actorId = record.actorId ? await pseudonymOf(manager, record.actorId, at) : null
    return {
      id: newId(at),
      at,
      name: record.name,
      result: auditEvents[record.name].result,
      actorId,
      apiClientId: source?.apiClientId ?? null,
      companyId: record.companyId ?? null,
      applicationId: record.applicationId ?? null,
      originId: source && (await originOf(manager, { actorId, address: source.address }, at)),
      requestId: record.requestId ?? null,
      details: record.details ?? {},
      position: null,
    }
  }
}
