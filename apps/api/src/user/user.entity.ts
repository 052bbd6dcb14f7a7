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

  @Text({ nullable: true })
  email: string | null

  /** argon2id in PHC format, parameters included. */
  @Text()
  passwordHash: string

  @Flag()
  isSolutionAdmin: boolean

  @Timestamp()
  createdAt: Date
}

export const signInNameKey = (signInName: string): string => signInName.normalize('NFKC').trim().toLowerCase()
