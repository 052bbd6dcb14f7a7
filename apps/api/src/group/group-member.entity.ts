import { Entity } from 'typeorm'
import { Id, Reference, Timestamp } from '../db/columns.js'

@Entity('group_members')
export class GroupMemberEntity {
  @Id()
  id: string

  @Reference()
  groupId: string

  @Reference()
  userId: string

  @Timestamp()
  createdAt: Date
}
