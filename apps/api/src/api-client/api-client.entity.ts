import { Entity } from 'typeorm'
import { Flag, Id, Json, Reference, Text, Timestamp } from '../db/columns.js'

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

  /** Takes no tokens until it is resumed; no consent and no grant is touched by that. */
  @Timestamp({ nullable: true })
  pausedAt: Date | null

  /** From where its keys are accepted, as addresses and ranges; null: from anywhere. */
  @Json({ nullable: true })
  addresses: readonly string[] | null

  /** Somebody has seen a key of it who may never have tokens: none can be granted to it any more (S-75). */
  @Flag()
  isKnownToOperator: boolean
}
