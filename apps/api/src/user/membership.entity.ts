import { Entity } from 'typeorm'
import { Id, Reference, Text, Timestamp } from '../db/columns.js'
import type { CompanyRole } from '../permissions.js'

@Entity('memberships')
export class MembershipEntity {
  @Id()
  id: string

  @Reference()
  userId: string

  @Reference()
  companyId: string

  @Text()
  role: CompanyRole

  @Timestamp()
  createdAt: Date
}
