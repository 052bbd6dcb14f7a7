import { Entity } from 'typeorm'
import type { ApplicationId } from '../application/applications.js'
import { Id, Reference, Text, Timestamp } from '../db/columns.js'
import type { CompanyRole } from '../permissions.js'

/** Either to act for a company in a role, or to authorize one application for it, once. */
@Entity('invitations')
export class InvitationEntity {
  @Id()
  id: string

  @Reference()
  companyId: string

  @Text({ nullable: true })
  role: CompanyRole | null

  @Text({ nullable: true })
  applicationId: ApplicationId | null

  /** Forgotten as soon as it is not needed any more: it is the address of somebody who may never come. */
  @Text({ nullable: true })
  email: string | null

  @Text({ nullable: true })
  emailKey: string | null

  /** Keyed hash of the token in the letter. */
  @Text()
  tokenHash: string

  @Reference()
  invitedById: string

  @Timestamp()
  createdAt: Date

  /** By when it must be accepted; of an authorization also by when it must be given. */
  @Timestamp()
  expiresAt: Date

  @Timestamp({ nullable: true })
  acceptedAt: Date | null

  @Reference({ nullable: true })
  acceptedById: string | null

  /** When the authorization that it was for was given. */
  @Timestamp({ nullable: true })
  usedAt: Date | null

  @Timestamp({ nullable: true })
  withdrawnAt: Date | null
}

export const withoutAddress = { email: null, emailKey: null } as const
