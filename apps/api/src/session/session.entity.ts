import { Entity } from 'typeorm'
import { Id, Reference, Text, Timestamp } from '../db/columns.js'

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

  /** When the password was last given in it. */
  @Timestamp()
  authenticatedAt: Date

  /** Where it began, as far as the trusted proxies tell. */
  @Text({ nullable: true })
  address: string | null
}
