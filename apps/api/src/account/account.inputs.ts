import { Length, Matches } from 'class-validator'
import { Field, InputType } from 'type-graphql'
import { IsLinkToken } from '../link-token.js'
import { IsPassword } from '../session/password-limit.js'
import { IsDisplayName, IsMailAddress, IsSignInName } from '../user/person-fields.js'

@InputType({ description: 'A person who wants an account.' })
export class SignUpInput {
  @Field(() => String, { description: 'To sign in by: 3 to 64 letters, digits and . _ - + @.' })
  @IsSignInName()
  signInName: string

  @Field(() => String, { description: 'How others see the person.' })
  @IsDisplayName()
  displayName: string

  @Field(() => String, { description: 'Proven by a letter before there is an account.' })
  @IsMailAddress()
  email: string

  @Field(() => String, {
    description: 'At least 8 characters, at most 1,024 bytes, and none that is easily guessed.',
  })
  @IsPassword()
  password: string
}

@InputType({ description: 'What stood behind the # of a link in a letter.' })
export class LinkTokenInput {
  @Field(() => String, { description: 'The token of the link.' })
  @IsLinkToken()
  token: string
}

@InputType({ description: 'Who has forgotten the password.' })
export class RequestPasswordResetInput {
  @Field(() => String, { description: 'The mail address of the account.' })
  @IsMailAddress()
  email: string
}

@InputType({ description: 'A new password, by a link in a letter.' })
export class ResetPasswordInput extends LinkTokenInput {
  @Field(() => String, { description: 'The new password, by the rules of sign-up.' })
  @IsPassword()
  password: string
}

@InputType({ description: 'A new password of one’s own.' })
export class ChangePasswordInput {
  @Field(() => String, { description: 'The new password, by the rules of sign-up.' })
  @IsPassword()
  password: string
}

@InputType({ description: 'A new sign in name of one’s own.' })
export class ChangeSignInNameInput {
  @Field(() => String, { description: '3 to 64 letters, digits and . _ - + @.' })
  @IsSignInName()
  signInName: string
}

@InputType({ description: 'Another name of one’s own.' })
export class ChangeDisplayNameInput {
  @Field(() => String, { description: 'As others see it, at most 100 characters.' })
  @IsDisplayName()
  displayName: string
}

@InputType({ description: 'A new mail address of one’s own.' })
export class ChangeEmailInput {
  @Field(() => String, { description: 'Counts once the link in the letter to it was followed.' })
  @IsMailAddress()
  email: string
}

@InputType({ description: 'The first solution admin of a new hub.' })
export class SetUpInput extends SignUpInput {
  @Field(() => String, { description: 'What the hub printed at its last start.' })
  @Length(32, 64)
  @Matches(/^[0-9a-f -]+$/i)
  code: string
}
