import { Entity } from 'typeorm'
import { IntegerId, Reference, Text, Timestamp } from '../db/columns.js'
import type { RetentionClass } from './audit-events.js'

/** One link for each record, in the order in which they were found committed. It outlives the record that retention removes. */
@Entity('audit_chain')
export class AuditChainEntity {
  /** 1, 2, 3 …, without a gap. */
  @IntegerId()
  position: number

  @Reference()
  eventId: string

  @Timestamp()
  at: Date

  @Text()
  retention: RetentionClass

  /** Of the record's own content. */
  @Text()
  recordHash: string

  /** Of the link before, and of all of the above. */
  @Text()
  hash: string
}
