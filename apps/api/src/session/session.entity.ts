import { Entity } from 'typeorm'
import { Id, Reference, Timestamp } from '../db/columns.js'

@Entity('sessions')
export class SessionEntity {
  /** Keyed hash of the cookie's value: the stored form is worthless as a credential (S-45). */
  @Id()
  id: string

  @Reference()
  userId: string

  @Timestamp()
  createdAt: Date

  @Timestamp()
  lastSeenAt: Date
}
