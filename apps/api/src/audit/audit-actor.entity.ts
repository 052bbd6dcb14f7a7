import { Entity } from 'typeorm'
import { Id, Reference } from '../db/columns.js'

/** Which person a pseudonym of the trail stands for. Without this row nobody can tell any more, and the trail stays whole. */
@Entity('audit_actors')
export class AuditActorEntity {
  @Id()
  id: string

  @Reference()
  userId: string
}
