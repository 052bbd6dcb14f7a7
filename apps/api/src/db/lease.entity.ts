import { Entity } from 'typeorm'
import { Id, Text, Timestamp } from './columns.js'

@Entity('leases')
export class LeaseEntity {
  @Id()
  name: string

  @Text()
  owner: string

  @Timestamp()
  until: Date
}
