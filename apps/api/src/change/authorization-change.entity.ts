import { Entity } from 'typeorm'
import type { ApplicationId } from '../application/applications.js'
import { CountedId, Integer, Reference, Text, Timestamp } from '../db/columns.js'

/** That an authorization has changed, for those who look at it now. What it is by now is read from its own row. */
@Entity('authorization_changes')
export class AuthorizationChangeEntity {
  /** Given by the database when the row is written, which is not the order in which rows are committed. */
  @CountedId()
  id: number

  @Reference()
  companyId: string

  @Text()
  applicationId: ApplicationId

  @Reference()
  authorizationId: string

  @Text()
  status: string

  @Integer()
  generation: number

  @Timestamp()
  at: Date
}
