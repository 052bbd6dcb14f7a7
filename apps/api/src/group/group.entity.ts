import { Field, ID, ObjectType } from 'type-graphql'
import { Entity } from 'typeorm'
import { Id, Reference, Text, Timestamp } from '../db/columns.js'
import type { CompanyRole } from '../permissions.js'
import { CompanyRoleEnum } from '../user/user.type.js'

@ObjectType('Group', { description: 'Named people who are given companies together, all in the same role.' })
@Entity('groups')
export class GroupEntity {
  @Field(() => ID, { description: 'What to name this group by.' })
  @Id()
  id: string

  @Field(() => String, { description: 'What its managers call it.' })
  @Text()
  name: string

  /** Normalised name: what the list is ordered by, the same on both databases. */
  @Text()
  nameKey: string

  @Field(() => CompanyRoleEnum, { description: 'What its members may do for its companies.' })
  @Text()
  role: CompanyRole

  /** Who manages it while it has no company: who created it, or took the last company out. */
  @Reference()
  keeperId: string

  @Field(() => Date, { description: 'When it was created.' })
  @Timestamp()
  createdAt: Date
}

export const groupNameKey = (name: string): string => name.normalize('NFKC').trim().toLowerCase()
