import { Entity } from 'typeorm'
import { Id, Integer, Timestamp } from '../db/columns.js'

/** How often something was tried: by the name of an account, from an address, for a mailbox. */
@Entity('attempt_counters')
export class AttemptCounterEntity {
  /** Keyed hash of what is counted, whether it exists or not: unknown names are counted alike (S-60). */
  @Id()
  id: string

  @Integer()
  count: number

  @Timestamp()
  beganAt: Date

  @Timestamp()
  lastAt: Date
}
