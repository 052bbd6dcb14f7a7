import { ArrayMaxSize, IsDefined, IsOptional, Length, Matches, MaxLength, ValidateIf } from 'class-validator'
import { Field, ID, InputType } from 'type-graphql'
import { ApplicationIdEnum } from '../application/application.type.js'
import type { ApplicationId } from '../application/applications.js'
import { contact, contactMessage, longestName } from '../company/company-fields.js'
import { plainText, plainTextMessage } from '../plain-text.js'

@InputType()
abstract class AccountExecutiveFields {
  @Field(() => String, { nullable: true, description: 'The person to turn to for help.' })
  @IsOptional()
  @MaxLength(longestName)
  @Matches(plainText, { message: plainTextMessage })
  accountExecutiveName?: string | null

  @Field(() => String, {
    nullable: true,
    description: 'How to reach the Account Executive: a mail address, a phone number or an https link.',
  })
  @IsOptional()
  @MaxLength(longestName)
  @Matches(plainText, { message: plainTextMessage })
  @Matches(contact, { message: contactMessage })
  accountExecutiveContact?: string | null
}

@InputType({ description: 'A company to be.' })
export class CreateCompanyInput extends AccountExecutiveFields {
  @Field(() => String, { description: 'At most 200 characters. Two companies may have the same name.' })
  @Length(1, longestName)
  @Matches(/\S/)
  @Matches(plainText, { message: plainTextMessage })
  name: string

  @Field(() => [ApplicationIdEnum], { nullable: true, description: 'What to enrol it in at once.' })
  @IsOptional()
  @ArrayMaxSize(5)
  applications?: ApplicationId[]
}

@InputType({ description: 'Fields left out stay as they are; an empty text clears the Account Executive.' })
export class UpdateCompanyInput extends AccountExecutiveFields {
  @Field(() => ID, { description: 'The company to change.' })
  @MaxLength(64)
  id: string

  @Field(() => String, { nullable: true, description: 'The new name, of at most 200 characters.' })
  @ValidateIf((_, name) => name !== undefined)
  @IsDefined({ message: 'must not be null: leave it out to keep it' })
  @Length(1, longestName)
  @Matches(/\S/)
  @Matches(plainText, { message: plainTextMessage })
  name?: string
}
