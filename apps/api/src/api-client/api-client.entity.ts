import { Entity } from 'typeorm'
import { Id, Reference, Text, Timestamp } from '../db/columns.js'

/** A third-party application. */
@Entity('api_clients')
export class ApiClientEntity {
  @Id()
  id: string

  @Text()
  name: string

  @Reference()
  createdById: string

  @Timestamp()
  createdAt: Date

  @Timestamp({ nullable: true })
  revokedAt: Date | null
}
