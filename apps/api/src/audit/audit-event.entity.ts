import { Entity } from 'typeorm'
import { Id, Integer, Json, Reference, Text, Timestamp } from '../db/columns.js'
import type { AuditEventName, AuditResult } from './audit-events.js'

export type AuditDetails = Record<string, string | number | boolean | null>

/** Nothing in it names a person or tells where one was: that is in `audit_actors` and `audit_origins`, and can be erased. */
@Entity('audit_events')
export class AuditEventEntity {
  @Id()
  id: string

  @Timestamp()
  at: Date

  @Text()
  name: AuditEventName

  @Text()
  result: AuditResult

  /** A pseudonym; null where the hub itself, an API client or nobody known acted. */
  @Reference({ nullable: true })
  actorId: string | null

  @Reference({ nullable: true })
  apiClientId: string | null

  @Reference({ nullable: true })
  companyId: string | null

  @Text({ nullable: true })
  applicationId: string | null

  /** From where; null for what no request asked for. */
  @Reference({ nullable: true })
  originId: string | null

  /** The request that did it; null for work that no request asked for. */
  @Text({ nullable: true })
  requestId: string | null

  @Json()
  details: AuditDetails

  /** Its place in the chain, given after the commit by `chain.job.ts`; from then on the row never changes. */
  @Integer({ nullable: true })
  position: number | null
}
