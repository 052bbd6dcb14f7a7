import { Entity } from 'typeorm'
import { Id, Text, Timestamp } from '../db/columns.js'

/** One row: how the first solution admin came to be, or is to come. */
@Entity('set_up')
export class SetUpEntity {
  @Id()
  id: string

  /** Keyed hash of the code that the last start printed. */
  @Text({ nullable: true })
  codeHash: string | null

  /** From then on there is no set-up any more, whatever becomes of the people. */
  @Timestamp({ nullable: true })
  doneAt: Date | null
}
