import { Length, Matches, MaxLength } from 'class-validator'
import { Field, ID, InputType } from 'type-graphql'

@InputType({ description: 'A new UPS API License Key, which takes the place of the former one.' })
export class UpdateLicenseKeyInput {
  @Field(() => ID, { description: 'The company whose key it is.' })
  @MaxLength(64)
  companyId: string

  @Field(() => String, {
    description: 'The key as UPS gave it: 12 to 64 letters, digits and hyphens. It is never answered again.',
  })
  @Length(12, 64, { message: 'must have 12 to 64 characters' })
  @Matches(/^[A-Za-z0-9-]*$/, { message: 'must be letters, digits and hyphens only' })
  key: string
}
