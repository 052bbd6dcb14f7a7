import { Entity } from 'typeorm'
import { Id, Reference, Text, Timestamp } from '../db/columns.js'

/** An address somebody acted from: personal, hence beside the trail, and gone sooner. */
@Entity('audit_origins')
export class AuditOriginEntity {
  @Id()
  id: string

  @Reference({ nullable: true })
  actorId: string | null

  @Text()
  address: string

  @Timestamp()
  at: Date
}
