import { IsDefined, IsOptional, Length, Matches, MaxLength, ValidateIf } from 'class-validator'
import { Field, ID, InputType } from 'type-graphql'
import { plainText, plainTextMessage } from '../plain-text.js'

/** What a person may be reached by; a link only as https, since it becomes one on the page (S-139). Empty is none. */
const contact = /^(https:\/\/[^\s/]\S*|[^\s@:]+@[^\s@:]+|(?=.*\d)\+?[\d\s()./-]{5,})?$/
const contactMessage = 'must be a mail address, a phone number or a link that begins with https://'

@InputType({ description: 'Fields left out stay as they are; an empty text clears the Account Executive.' })
export class UpdateCompanyInput {
  @Field(() => ID)
  @MaxLength(64)
  id: string

  @Field(() => String, { nullable: true })
  @ValidateIf((_, name) => name !== undefined)
  @IsDefined({ message: 'must not be null: leave it out to keep it' })
  @Length(1, 200)
  @Matches(/\S/)
  @Matches(plainText, { message: plainTextMessage })
  name?: string

  @Field(() => String, { nullable: true })
  @IsOptional()
  @MaxLength(200)
  @Matches(plainText, { message: plainTextMessage })
  accountExecutiveName?: string | null

  @Field(() => String, { nullable: true })
  @IsOptional()
  @MaxLength(200)
  @Matches(plainText, { message: plainTextMessage })
  @Matches(contact, { message: contactMessage })
  accountExecutiveContact?: string | null
}
