import { Entity } from 'typeorm'
import type { ApplicationId } from '../application/applications.js'
import { Id, Integer, Reference, Text, Timestamp } from '../db/columns.js'

/** Who took a token, when: committed before the token leaves (S-166). */
@Entity('token_hand_outs')
export class HandOutEntity {
  @Id()
  id: string

  @Timestamp()
  at: Date

  @Reference()
  clientId: string

  @Reference()
  keyId: string

  @Reference()
  authorizationId: string

  @Reference()
  companyId: string

  @Text()
  applicationId: ApplicationId

  @Integer()
  generation: number

  @Text()
  address: string

  @Text()
  requestId: string

  /** The batch whose digest is in the chain of the audit trail. */
  @Reference({ nullable: true })
  batchId: string | null
}
