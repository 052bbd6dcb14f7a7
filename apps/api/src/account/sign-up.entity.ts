import { Entity } from 'typeorm'
import { Id, Text, Timestamp } from '../db/columns.js'

/** An account that waits for its mail address to be proven. */
@Entity('sign_ups')
export class SignUpEntity {
  @Id()
  id: string

  /** Keyed hash of the token in the letter. */
  @Text()
  tokenHash: string

  @Text()
  signInName: string

  @Text()
  displayName: string

  @Text()
  email: string

  @Text()
  emailKey: string

  /** Of the password that was chosen: argon2id in PHC format. */
  @Text()
  passwordHash: string

  @Timestamp()
  createdAt: Date

  @Timestamp()
  expiresAt: Date
}
