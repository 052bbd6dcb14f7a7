import { IsOptional, Length, Matches, MaxLength } from 'class-validator'
import { Field, ID, InputType } from 'type-graphql'
import { plainText, plainTextMessage } from '../plain-text.js'

/** What a person may be reached by; a link only as https, since it becomes one on the page (S-139). */
const contact = /^(https:\/\/\S+|[^\s@:]+@[^\s@:]+|\+?[\d\s()./-]{5,})$/
const contactMessage = 'must be a mail address, a phone number or a link that begins with https://'

@InputType({ description: 'Fields left out stay as they are; an empty text clears the Account Executive.' })
export class UpdateCompanyInput {
  @Field(() => ID)
  @MaxLength(64)
  id: string

  @Field(() => String, { nullable: true })
  @IsOptional()
  @Length(1, 200)
  @Matches(/\S/)
  @Matches(plainText, { message: plainTextMessage })
  name?: string

  @Field(() => String, { nullable: true })
  @IsOptional()
  @MaxLength(200)
  @Matches(plainText, { message: plainTextMessage })
  accountExecutiveName?: string

  @Field(() => String, { nullable: true })
  @IsOptional()
  @MaxLength(200)
  @Matches(contact, { message: contactMessage })
  accountExecutiveContact?: string
}
