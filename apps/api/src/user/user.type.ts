import { Field, ID, ObjectType, registerEnumType } from 'type-graphql'
import { CompanyEntity } from '../company/company.entity.js'
import type { CompanyRole } from '../permissions.js'

export const CompanyRoleEnum = { VIEWER: 'VIEWER', ADMIN: 'ADMIN' } as const

registerEnumType(CompanyRoleEnum, { name: 'CompanyRole', description: 'What a member may do for a company.' })

/** Kept apart from the entity, which holds the password's hash. */
@ObjectType('User', { description: 'A person who can sign in.' })
export class UserType {
  @Field(() => ID)
  id: string

  @Field(() => String)
  signInName: string

  @Field(() => String)
  displayName: string

  @Field(() => Boolean)
  isSolutionAdmin: boolean
}

@ObjectType('Membership', {
  description: 'A role of a person in a company, given directly or by a group; the higher one counts.',
})
export class MembershipType {
  @Field(() => CompanyEntity)
  company: CompanyEntity

  @Field(() => CompanyRoleEnum)
  role: CompanyRole
}
