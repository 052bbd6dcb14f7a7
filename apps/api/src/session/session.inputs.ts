import { IsNotEmpty, MaxLength } from 'class-validator'
import { Field, InputType } from 'type-graphql'

@InputType()
export class SignInInput {
  @Field(() => String)
  @IsNotEmpty()
  @MaxLength(200)
  signInName: string

  /** Refused beyond this before anything is hashed (S-63). */
  @Field(() => String)
  @IsNotEmpty()
  @MaxLength(1024)
  password: string
}
