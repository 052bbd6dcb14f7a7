import { Entity } from 'typeorm'
import { Id, Reference, Text, Timestamp } from '../db/columns.js'

/** A link in a letter to somebody who has an account. Gone once it was used; one of a kind for each person. */
@Entity('account_links')
export class AccountLinkEntity {
  @Id()
  id: string

  @Reference()
  userId: string

  @Text()
  purpose: 'RESET_PASSWORD' | 'CHANGE_EMAIL'

  /** Keyed hash of the token in the letter. */
  @Text()
  tokenHash: string

  /** Of a change of address: the new one. */
  @Text({ nullable: true })
  email: string | null

  @Timestamp()
  createdAt: Date

  @Timestamp()
  expiresAt: Date
}
