import { Entity } from 'typeorm'
import { Id, Reference, Timestamp } from '../db/columns.js'

@Entity('group_companies')
export class GroupCompanyEntity {
  @Id()
  id: string

  @Reference()
  groupId: string

  @Reference()
  companyId: string

  @Timestamp()
  createdAt: Date
}
