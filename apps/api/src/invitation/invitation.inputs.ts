import { MaxLength } from 'class-validator'
import { ArgsType, Field, ID, InputType } from 'type-graphql'
import { ApplicationIdEnum } from '../application/application.type.js'
import type { ApplicationId } from '../application/applications.js'
import { IsLinkToken } from '../link-token.js'
import type { CompanyRole } from '../permissions.js'
import { IsPassword } from '../session/password-limit.js'
import { IsDisplayName, IsMailAddress, IsSignInName } from '../user/person-fields.js'
import { CompanyRoleEnum } from '../user/user.type.js'

@InputType({ description: 'Whom to invite to what.' })
export class InviteUserInput {
  @Field(() => ID, { description: 'The company to act for.' })
  @MaxLength(64)
  companyId: string

  @Field(() => String, { description: 'Where the letter goes; only who has this address can accept.' })
  @IsMailAddress()
  email: string

  @Field(() => CompanyRoleEnum, { description: 'What the person will be able to do.' })
  role: CompanyRole
}

@InputType({ description: 'Whom to ask to authorize what.' })
export class InviteToAuthorizeInput {
  @Field(() => ID, { description: 'The company to authorize for.' })
  @MaxLength(64)
  companyId: string

  @Field(() => ApplicationIdEnum, { description: 'The application to authorize.' })
  application: ApplicationId

  @Field(() => String, { description: 'Where the letter goes; only who has this address can accept.' })
  @IsMailAddress()
  email: string
}

@ArgsType()
export class InvitationArgs {
  @Field(() => String, { description: 'What stood behind the # of the link in the letter.' })
  @IsLinkToken()
  token: string
}

@InputType({ description: 'What stood behind the # of the link in the letter.' })
export class AcceptInvitationInput {
  @Field(() => String, { description: 'The token of the link.' })
  @IsLinkToken()
  token: string
}

@InputType({ description: 'A person who accepts an invitation and has no account yet.' })
export class AcceptInvitationAsNewUserInput extends AcceptInvitationInput {
  @Field(() => String, { description: 'To sign in by: 3 to 64 letters, digits and . _ - + @.' })
  @IsSignInName()
  signInName: string

  @Field(() => String, { description: 'How others see the person.' })
  @IsDisplayName()
  displayName: string

  @Field(() => String, {
    description: 'At least 8 characters, at most 1,024 bytes, none that is easily guessed.',
  })
  @IsPassword()
  password: string
}
