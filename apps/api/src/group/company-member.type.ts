import { Field, ObjectType } from 'type-graphql'
import type { CompanyRole } from '../permissions.js'
import type { UserEntity } from '../user/user.entity.js'
import { CompanyRoleEnum, UserType } from '../user/user.type.js'
import { GroupEntity } from './group.entity.js'

@ObjectType('CompanyMember', { description: 'A person who may act for a company, and whence.' })
export class CompanyMember {
  @Field(() => UserType, { description: 'The person.' })
  user: UserEntity

  /** For whose list this was made: what may be shown of the person goes by it. */
  companyId: string

  @Field(() => CompanyRoleEnum, { description: 'What the person may do, all ways taken together.' })
  role: CompanyRole

  @Field(() => CompanyRoleEnum, {
    nullable: true,
    description: 'The role given to this person alone; null for who is here by groups only.',
  })
  directRole: CompanyRole | null

  @Field(() => [GroupEntity], {
    description: 'The groups that give this person the company, as far as the viewer may see them.',
  })
  groups: GroupEntity[]
}
