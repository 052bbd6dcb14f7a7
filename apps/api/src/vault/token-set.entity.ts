import { Entity } from 'typeorm'
import { Id, Integer, SealedText, Text, Timestamp } from '../db/columns.js'
import type { Sealed } from '../seal.js'

/** The current pair of one authorization, sealed; at most one row each. Superseded values are overwritten, never kept. */
@Entity('token_sets')
export class TokenSetEntity {
  @Id()
  authorizationId: string

  @Integer()
  generation: number

  /** Which root key sealed this row: how a rotation finds what is left to do. */
  @Text()
  keyId: string

  @SealedText()
  accessToken: Sealed

  @SealedText()
  refreshToken: Sealed

  @Timestamp()
  issuedAt: Date

  @Timestamp()
  expiresAt: Date

  @Timestamp()
  refreshIssuedAt: Date

  @Timestamp()
  refreshExpiresAt: Date

  @Integer()
  refreshCount: number
}
