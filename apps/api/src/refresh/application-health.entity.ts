import { Entity } from 'typeorm'
import type { ApplicationId } from '../application/applications.js'
import { Id, Integer, Text, Timestamp } from '../db/columns.js'

/** How UPS treats one application: shared by all its authorizations and all processes, so that an outage is one incident. */
@Entity('application_health')
export class ApplicationHealthEntity {
  @Id()
  applicationId: ApplicationId

  @Integer()
  failures: number

  @Timestamp({ nullable: true })
  failingSince: Date | null

  @Text({ nullable: true })
  problemCode: string | null

  /** Nobody asks UPS before this moment; after it one at a time, until an answer comes. */
  @Timestamp({ nullable: true })
  pausedUntil: Date | null

  @Timestamp({ nullable: true })
  probeUntil: Date | null

  @Timestamp({ nullable: true })
  alarmedAt: Date | null

  @Timestamp({ nullable: true })
  rateWindowAt: Date | null

  @Integer()
  rateWindowCount: number
}
