import { Entity } from 'typeorm'
import type { ApplicationId } from '../application/applications.js'
import { Flag, Id, Reference, Text, Timestamp } from '../db/columns.js'

/** What one company lets one client do in one application. It stays when whoever gave it leaves. */
@Entity('api_client_grants')
export class ApiClientGrantEntity {
  @Id()
  id: string

  @Reference()
  clientId: string

  @Reference()
  companyId: string

  @Text()
  applicationId: ApplicationId

  @Flag()
  mayReadStatus: boolean

  @Flag()
  mayReadTokens: boolean

  @Reference()
  givenById: string

  @Timestamp()
  givenAt: Date
}
