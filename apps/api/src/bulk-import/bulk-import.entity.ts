import { Entity } from 'typeorm'
import { Id, Integer, Reference, Text, Timestamp } from '../db/columns.js'

/** One file that was imported. Names are not unique, so that nothing else would stop the same file from coming twice. */
@Entity('imports')
export class BulkImportEntity {
  @Id()
  id: string

  @Text()
  contentHash: string

  /** Null where the operator did it by a command. */
  @Reference({ nullable: true })
  importedById: string | null

  @Timestamp()
  importedAt: Date

  @Integer()
  companies: number

  @Integer()
  enrolments: number
}
