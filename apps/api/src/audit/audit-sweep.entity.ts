import { Entity } from 'typeorm'
import { Id, Timestamp } from '../db/columns.js'
import type { RetentionClass } from './audit-events.js'

/** Up to when the records of a class may be removed; the triggers of the trail let no others go. */
@Entity('audit_sweeps')
export class AuditSweepEntity {
  @Id()
  retention: RetentionClass

  @Timestamp()
  before: Date
}
