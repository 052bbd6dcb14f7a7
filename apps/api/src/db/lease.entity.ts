import { Entity } from 'typeorm'
import { Id, Text, Timestamp } from './columns.js'

/** Who does a piece of work that only one process should be at. */
@Entity('leases')
export class LeaseEntity {
  @Id()
  name: string

  @Text()
  owner: string

  @Timestamp()
  until: Date
}
