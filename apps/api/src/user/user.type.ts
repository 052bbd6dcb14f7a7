import { Field, ID, ObjectType, registerEnumType } from 'type-graphql'
import { CompanyEntity } from '../company/company.entity.js'
import type { CompanyRole } from '../permissions.js'

export const CompanyRoleEnum = { VIEWER: 'VIEWER', ADMIN: 'ADMIN' } as const

registerEnumType(CompanyRoleEnum, {
  name: 'CompanyRole',
  description: 'What a member may do for a company.',
  valuesConfig: {
    VIEWER: { description: 'Sees how things stand.' },
    ADMIN: { description: 'Opts in and out, and tends people and rights.' },
  },
})

/** Kept apart from the entity, which holds the password's hash. */
@ObjectType('User', { description: 'A person who can sign in.' })
export class UserType {
  @Field(() => ID, { description: 'What to name this person by.' })
  id: string

  @Field(() => String, { description: 'What the person signs in with.' })
  signInName: string

  @Field(() => String, { description: 'As others see it.' })
  displayName: string

  @Field(() => Boolean, { description: 'Whether the person looks after the whole solution.' })
  isSolutionAdmin: boolean
}

@ObjectType('Membership', {
  description: 'A role of a person in a company, given directly or by a group; the higher one counts.',
})
export class MembershipType {
  @Field(() => CompanyEntity, { description: 'The company.' })
  company: CompanyEntity

  @Field(() => CompanyRoleEnum, { description: 'What the person may do for it.' })
  role: CompanyRole
}
