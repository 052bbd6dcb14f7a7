import { Entity } from 'typeorm'
import type { ApplicationId } from '../application/applications.js'
import { Id, Reference, Text, Timestamp } from '../db/columns.js'

export type NoticeKind = 'EXPIRES_SOON' | 'ENDED' | 'RECOVERED'

/** SENT in a letter; no longer true when the letter would have left; not wanted, or the person has left the company. */
type NoticeOutcome = 'SENT' | 'OVERTAKEN' | 'UNWANTED'

/** What one person is to be told about one authorization: each thing once, of several things in one letter. */
@Entity('notices')
export class NoticeEntity {
  @Id()
  id: string

  @Reference()
  userId: string

  @Reference()
  authorizationId: string

  @Reference()
  companyId: string

  @Text()
  applicationId: ApplicationId

  @Text()
  kind: NoticeKind

  /** What makes it another notice than the last of its kind: the generation that ended, the day that is near. */
  @Text()
  occasion: string

  @Timestamp()
  createdAt: Date

  @Timestamp({ nullable: true })
  settledAt: Date | null

  @Text({ nullable: true })
  outcome: NoticeOutcome | null
}
