import { MaxLength } from 'class-validator'
import { Field, ID, InputType } from 'type-graphql'
import type { CompanyRole } from '../permissions.js'
import { CompanyRoleEnum } from './user.type.js'

@InputType({ description: 'One person in one company.' })
export class RemoveMemberInput {
  @Field(() => ID, { description: 'The company.' })
  @MaxLength(64)
  companyId: string

  @Field(() => ID, { description: 'The person.' })
  @MaxLength(64)
  userId: string
}

@InputType({ description: 'Another role for one person in one company.' })
export class ChangeMemberRoleInput extends RemoveMemberInput {
  @Field(() => CompanyRoleEnum, { description: 'What the person may do from now on.' })
  role: CompanyRole
}
