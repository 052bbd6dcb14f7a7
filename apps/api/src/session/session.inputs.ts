import { IsNotEmpty, MaxLength } from 'class-validator'
import { ArgsType, Field, InputType, Int } from 'type-graphql'
import { IsPassword } from './password-limit.js'

@InputType({ description: 'Who one is, and the proof.' })
export class SignInInput {
  @Field(() => String, { description: 'In any case of its letters.' })
  @IsNotEmpty()
  @MaxLength(200)
  signInName: string

  @Field(() => String, { description: 'At most 1,024 bytes.' })
  @IsPassword()
  password: string
}

@InputType({ description: 'The proof that it is still the same person.' })
export class ReauthenticateInput {
  @Field(() => String, { description: 'The password of whoever is signed in.' })
  @IsPassword()
  password: string
}

@ArgsType()
export class SessionsArgs {
  @Field(() => Int, { defaultValue: 25, description: '1 to 100.' })
  first: number

  @Field(() => String, { nullable: true, description: 'The cursor after which the page begins.' })
  @MaxLength(2000)
  after?: string | null
}
