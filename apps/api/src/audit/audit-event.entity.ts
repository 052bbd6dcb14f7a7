import { Entity } from 'typeorm'
import { Id, Json, Reference, Text, Timestamp } from '../db/columns.js'
import type { AuditEventName } from './audit-events.js'

@Entity('audit_events')
export class AuditEventEntity {
  @Id()
  id: string

  @Timestamp()
  at: Date

  @Text()
  name: AuditEventName

  /** Null where the hub itself acted. */
  @Reference({ nullable: true })
  actorId: string | null

  @Reference({ nullable: true })
  companyId: string | null

  @Text({ nullable: true })
  applicationId: string | null

  /** The request that did it; null for work that no request asked for. */
  @Text({ nullable: true })
  requestId: string | null

  @Json()
  details: Record<string, string | number | boolean | null>
}
