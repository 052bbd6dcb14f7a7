import { Field, ID, ObjectType } from 'type-graphql'
import { ApplicationType } from '../application/application.type.js'
import { CompanyEntity } from '../company/company.entity.js'
import type { CompanyRole } from '../permissions.js'
import type { UserEntity } from '../user/user.entity.js'
import { CompanyRoleEnum, UserType } from '../user/user.type.js'

@ObjectType('Invitation', { description: 'Somebody is invited and has not made use of it yet.' })
export class InvitationType {
  @Field(() => ID, { description: 'What to name this invitation by.' })
  id: string

  @Field(() => String, { nullable: true, description: 'Where the letter went; null once it was accepted.' })
  email: string | null

  @Field(() => CompanyRoleEnum, { nullable: true, description: 'The role; null where it is to authorize.' })
  role: CompanyRole | null

  @Field(() => ApplicationType, {
    nullable: true,
    description: 'The one application to authorize; null where it is to act for the company.',
  })
  application: ApplicationType | null

  @Field(() => Date, { description: 'When the letter was written.' })
  createdAt: Date

  @Field(() => Date, { description: 'By when it must be used.' })
  expiresAt: Date

  @Field(() => UserType, { nullable: true, description: 'Who invited.' })
  invitedBy: UserEntity | null

  @Field(() => UserType, {
    nullable: true,
    description: 'Who has accepted it and may now authorize; null while nobody has.',
  })
  acceptedBy: UserEntity | null
}

@ObjectType('InvitationOffer', {
  description: 'What somebody who holds the link of an invitation may know of it.',
})
export class InvitationOffer {
  @Field(() => ID, { description: 'The company that it is about.' })
  companyId: string

  @Field(() => String, { description: 'Its name.' })
  companyName: string

  @Field(() => String, { description: 'The mail address that the letter went to.' })
  email: string

  @Field(() => CompanyRoleEnum, { nullable: true, description: 'The role; null where it is to authorize.' })
  role: CompanyRole | null

  @Field(() => ApplicationType, { nullable: true, description: 'The one application to authorize, if any.' })
  application: ApplicationType | null

  @Field(() => String, { description: 'Who invites.' })
  invitedBy: string

  @Field(() => Date, { description: 'By when it must be accepted.' })
  expiresAt: Date

  @Field(() => Boolean, { description: 'Whether the address belongs to an account, which then accepts it.' })
  hasAccount: boolean
}

@ObjectType('AcceptedInvitation', { description: 'What an invitation has given.' })
export class AcceptedInvitation {
  @Field(() => CompanyEntity, { description: 'The company.' })
  company: CompanyEntity

  @Field(() => CompanyRoleEnum, { nullable: true, description: 'The role; null where it is to authorize.' })
  role: CompanyRole | null

  @Field(() => ApplicationType, { nullable: true, description: 'The one application to authorize, if any.' })
  application: ApplicationType | null
}
