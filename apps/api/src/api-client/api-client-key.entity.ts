import { Entity } from 'typeorm'
import { Id, Reference, Text, Timestamp } from '../db/columns.js'

@Entity('api_client_keys')
export class ApiClientKeyEntity {
  @Id()
  id: string

  @Reference()
  clientId: string

  /** The part of the key by which it is looked up; no secret. */
  @Text()
  publicId: string

  /** Keyed hash: the stored form is worthless as a credential (S-45). */
  @Text()
  secretHash: string

  @Timestamp()
  createdAt: Date

  @Timestamp({ nullable: true })
  revokedAt: Date | null

  @Timestamp({ nullable: true })
  expiresAt: Date | null

  /** To the minute: not every request writes. */
  @Timestamp({ nullable: true })
  lastUsedAt: Date | null
}

export const isAlive = (key: Pick<ApiClientKeyEntity, 'revokedAt' | 'expiresAt'>, now: Date): boolean =>
  key.revokedAt === null && (key.expiresAt === null || key.expiresAt > now)
