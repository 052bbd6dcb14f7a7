import { Length, Matches, MaxLength } from 'class-validator'
import { Field, ID, InputType } from 'type-graphql'
import type { CompanyRole } from '../permissions.js'
import { plainText, plainTextMessage } from '../plain-text.js'
import { CompanyRoleEnum } from '../user/user.type.js'

@InputType({ description: 'A new group, yet without people and companies.' })
export class CreateGroupInput {
  @Field(() => String, { description: 'What to call it.' })
  @Length(1, 200)
  @Matches(/\S/)
  @Matches(plainText, { message: plainTextMessage })
  name: string

  @Field(() => CompanyRoleEnum, { description: 'What its members may do for its companies.' })
  role: CompanyRole
}

@InputType({ description: 'Another name for a group.' })
export class RenameGroupInput {
  @Field(() => ID, { description: 'The group.' })
  @MaxLength(64)
  id: string

  @Field(() => String, { description: 'What to call it from now on.' })
  @Length(1, 200)
  @Matches(/\S/)
  @Matches(plainText, { message: plainTextMessage })
  name: string
}

@InputType({ description: 'Another role for a group.' })
export class ChangeGroupRoleInput {
  @Field(() => ID, { description: 'The group.' })
  @MaxLength(64)
  id: string

  @Field(() => CompanyRoleEnum, { description: 'What its members may do from now on.' })
  role: CompanyRole
}

@InputType({ description: 'One person and one group.' })
export class GroupMemberInput {
  @Field(() => ID, { description: 'The group.' })
  @MaxLength(64)
  groupId: string

  @Field(() => ID, { description: 'The person.' })
  @MaxLength(64)
  userId: string
}

@InputType({ description: 'One company and one group.' })
export class GroupCompanyInput {
  @Field(() => ID, { description: 'The group.' })
  @MaxLength(64)
  groupId: string

  @Field(() => ID, { description: 'The company.' })
  @MaxLength(64)
  companyId: string
}
