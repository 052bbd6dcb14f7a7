import { IsNotEmpty, MaxLength, ValidateBy } from 'class-validator'
import { Field, InputType } from 'type-graphql'

const longestPasswordBytes = 1024
const isShortEnough = (value: unknown): boolean =>
  typeof value === 'string' && Buffer.byteLength(value) <= longestPasswordBytes

@InputType()
export class SignInInput {
  @Field(() => String)
  @IsNotEmpty()
  @MaxLength(200)
  signInName: string

  /** Refused beyond this before anything is hashed (S-63). */
  @Field(() => String)
  @IsNotEmpty()
  @ValidateBy(
    { name: 'isShortEnough', validator: { validate: isShortEnough } },
    { message: `must have at most ${longestPasswordBytes} bytes` },
  )
  password: string
}
