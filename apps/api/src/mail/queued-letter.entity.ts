import { Entity } from 'typeorm'
import { Id, Integer, SealedText, Text, Timestamp } from '../db/columns.js'
import type { SealContext, Sealed } from '../seal.js'

/** A letter on its way. Nothing in the row is readable without the keys: letters hold addresses and links (S-44). */
@Entity('letters')
export class QueuedLetterEntity {
  @Id()
  id: string

  /** The whole letter; gone once it has been sent, given up or withdrawn. */
  @SealedText({ nullable: true })
  content: Sealed | null

  @Integer()
  attempts: number

  /** When to try next; while one is trying, when another may. Null once nothing is left to do. */
  @Timestamp({ nullable: true })
  dueAt: Date | null

  @Text({ nullable: true })
  outcome: 'SENT' | 'GIVEN_UP' | 'WITHDRAWN' | null

  @Timestamp()
  createdAt: Date
}

/** What a stored letter is bound to. */
export const letterContext = (id: string): SealContext => ({
  table: 'letters',
  rowId: id,
  column: 'content',
  companyId: null,
  application: null,
  generation: null,
})
