import { Entity } from 'typeorm'
import { Id, SealedText, Text, Timestamp } from './columns.js'
import type { Sealed } from '../seal.js'

/** One row: what this database belongs to. */
@Entity('installation')
export class InstallationEntity {
  @Id()
  id: string

  @Text()
  upsEnvironment: string

  /** The key of all keyed hashes, sealed, so that it can be re-sealed when root keys rotate. */
  @SealedText()
  hashKey: Sealed

  @Timestamp()
  createdAt: Date
}
