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
  valuesConfig: {
    NOT_AUTHORIZED: { description: 'Nobody has opted in, or somebody has opted out.' },
    AUTHORIZED: { description: 'The application may act for the company.' },
    REAUTHORIZATION_REQUIRED: { description: 'UPS honours the tokens no more: somebody must opt in again.' },
  },
})
registerEnumType(EndReasonEnum, {
  name: 'EndReason',
  description: 'Why an authorization is over.',
  valuesConfig: {
    OPTED_OUT: { description: 'Somebody opted out.' },
    REFUSED_BY_UPS: { description: 'UPS refused to renew it, as after a change of the UPS.com password.' },
    REFRESH_TOKEN_EXPIRED: { description: 'It could not be renewed in time.' },
    LOST_IN_ROTATION: { description: 'UPS answered a renewal, and the answer was lost on its way.' },
    WITHDRAWN: { description: 'The company was withdrawn from the application.' },
    COMPANY_REMOVED: { description: 'The company was removed.' },
  },
})

/** A company's place in one application, from the day it is enrolled: consent comes and goes, the row stays. */
@ObjectType('Authorization', { description: 'What one company lets one application do at UPS.' })
@Entity('authorizations')
export class AuthorizationEntity {
  @Field(() => ID, { description: 'Of the enrolment, the same for as long as there is one.' })
  @Id()
  id: string

  @Reference()
  companyId: string

  /** The company's, kept here as well so that one index holds state and order (db/migrations/0005-company-order.ts). */
  @Text()
  companyNameKey: string

  @Text()
  applicationId: ApplicationId

  @Field(() => AuthorizationStatusEnum, {
    description: 'Whether the application may act for the company now.',
  })
  @Text()
  status: AuthorizationStatus

  /** What others call this authorization by, made when it is first given and never changed. The resolver decides when to show it. */
  @Text({ nullable: true })
  mintedVaultKey: string | null

  @Field(() => Int, { description: 'Raised by one with each new token set, never reset.' })
  @Integer()
  generation: number

  @Field(() => Date, { description: 'When somebody last opted in; null while nobody has.', nullable: true })
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

  @Field(() => Date, { description: 'When it ended; null while it stands.', nullable: true })
  @Timestamp({ nullable: true })
  endedAt: Date | null

  @Reference({ nullable: true })
  endedById: string | null

  @Field(() => EndReasonEnum, {
    description: 'Why it ended; null while it stands, and before the first opt-in.',
    nullable: true,
  })
  @Text({ nullable: true })
  endReason: EndReason | null

  @Field(() => Date, {
    nullable: true,
    description:
      'Until when UPS may still honour the last access token of an ended authorization: UPS offers no revocation.',
  })
  @Timestamp({ nullable: true })
  upsMayHonourUntil: Date | null

  @Field(() => Date, {
    description: 'When the hub will renew its tokens; null while it holds none.',
    nullable: true,
  })
  @Timestamp({ nullable: true })
  nextRefreshAt: Date | null

  @Timestamp({ nullable: true })
  problemSince: Date | null

  @Integer()
  problemAttempts: number

  @Text({ nullable: true })
  problemCode: string | null

  /** Since when its refresh token is near its end although it should have been renewed. */
  @Timestamp({ nullable: true })
  atRiskSince: Date | null

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
