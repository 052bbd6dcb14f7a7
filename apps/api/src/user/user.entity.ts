import { Entity } from 'typeorm'
import { Flag, Id, Text, Timestamp } from '../db/columns.js'

@Entity('users')
export class UserEntity {
  @Id()
  id: string

  @Text()
  signInName: string

  /** Normalised sign-in name: uniqueness without regard to case on both databases. */
  @Text()
  signInNameKey: string

  @Text()
  displayName: string

  /** Normalised, to be looked for. */
  @Text()
  displayNameKey: string

  @Text({ nullable: true })
  email: string | null

  /** Normalised address, for the same reason; proven before it stands here, by a letter or by whoever set the hub up. */
  @Text({ nullable: true })
  emailKey: string | null

  /** argon2id in PHC format, parameters included. */
  @Text()
  passwordHash: string

  @Flag()
  isSolutionAdmin: boolean

  @Timestamp()
  createdAt: Date

  /** Shut out by a solution admin: no session begins, and none goes on. */
  @Timestamp({ nullable: true })
  disabledAt: Date | null

  @Timestamp({ nullable: true })
  lastSignInAt: Date | null

  /** Nobody any more: the row stays for what points at it. */
  @Timestamp({ nullable: true })
  erasedAt: Date | null
}

/** The part before the @ may in theory distinguish case; no mail service of today does. */
export const emailKey = (email: string): string => email.normalize('NFKC').trim().toLowerCase()

export const signInNameKey = (signInName: string): string => signInName.normalize('NFKC').trim().toLowerCase()

export const displayNameKey = (displayName: string): string =>
  displayName.normalize('NFKC').trim().toLowerCase()
