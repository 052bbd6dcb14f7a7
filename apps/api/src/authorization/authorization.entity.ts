import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { Entity } from 'typeorm'
import type { ApplicationId } from '../application/applications.js'
import { Id, Integer, Reference, Text, Timestamp } from '../db/columns.js'
import {
  authorizationStatuses,
  endReasons,
  type AuthorizationStatus,
  type EndReason,
} from './authorization-state.js'

const enumOf = <T extends string>(values: readonly T[]): Record<T, T> =>
  Object.fromEntries(values.map((value) => [value, value])) as Record<T, T>

export const AuthorizationStatusEnum = enumOf(authorizationStatuses)
export const EndReasonEnum = enumOf(endReasons)

registerEnumType(AuthorizationStatusEnum, {
  name: 'AuthorizationStatus',
  description: 'Whether a company has authorized an application.',
})
registerEnumType(EndReasonEnum, { name: 'EndReason', description: 'Why an authorization is over.' })

/** A company's place in one application, from the day it is enrolled: consent comes and goes, the row stays. */
@ObjectType('Authorization', { description: 'What one company lets one application do at UPS.' })
@Entity('authorizations')
export class AuthorizationEntity {
  @Field(() => ID)
  @Id()
  id: string

  @Reference()
  companyId: string

  /** The company's, kept here as well so that one index holds state and order (db/migrations/0005-company-order.ts). */
  @Text()
  companyNameKey: string

  @Text()
  applicationId: ApplicationId

  @Field(() => AuthorizationStatusEnum)
  @Text()
  status: AuthorizationStatus

  /** What others call this authorization by, made when it is first given and never changed. The resolver decides when to show it. */
  @Text({ nullable: true })
  mintedVaultKey: string | null

  @Field(() => Int, { description: 'Raised by one with each new token set, never reset.' })
  @Integer()
  generation: number

  @Field(() => Date, { nullable: true })
  @Timestamp({ nullable: true })
  authorizedAt: Date | null

  @Reference({ nullable: true })
  authorizedById: string | null

  @Field(() => String, {
    nullable: true,
    description: 'Which UPS.com profile was used, in the words of who opted in: UPS names nobody.',
  })
  @Text({ nullable: true })
  upsProfileNote: string | null

  @Field(() => Date, { nullable: true })
  @Timestamp({ nullable: true })
  endedAt: Date | null

  @Reference({ nullable: true })
  endedById: string | null

  @Field(() => EndReasonEnum, { nullable: true })
  @Text({ nullable: true })
  endReason: EndReason | null

  @Field(() => Date, {
    nullable: true,
    description:
      'Until when UPS may still honour the last access token of an ended authorization: UPS offers no revocation.',
  })
  @Timestamp({ nullable: true })
  upsMayHonourUntil: Date | null

  @Field(() => Date, { nullable: true })
  @Timestamp({ nullable: true })
  nextRefreshAt: Date | null

  @Timestamp({ nullable: true })
  problemSince: Date | null

  @Integer()
  problemAttempts: number

  @Text({ nullable: true })
  problemCode: string | null

  /** When a token was last handed out, noted at most hourly: what makes an authorization active or idle. */
  @Timestamp({ nullable: true })
  lastHandedOutAt: Date | null

  /** When somebody would feel it that `nextRefreshAt` was missed; the sweep goes in this order. */
  @Timestamp({ nullable: true })
  urgentAt: Date | null

  /** The process that may ask UPS now, and until when unless it renews (S-23 as ruled). */
  @Text({ nullable: true })
  leaseOwner: string | null

  @Timestamp({ nullable: true })
  leaseUntil: Date | null

  /** The sweep of some process has taken it in hand until then. */
  @Timestamp({ nullable: true })
  claimedUntil: Date | null

  /** Set while the company is not enrolled; enrolling again finds the same row, vault key and history. */
  @Timestamp({ nullable: true })
  withdrawnAt: Date | null

  @Timestamp()
  createdAt: Date
}
