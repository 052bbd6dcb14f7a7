import { IsOptional, Matches, MaxLength } from 'class-validator'
import { Field, ID, InputType, registerEnumType } from 'type-graphql'
import { ApplicationIdEnum } from '../application/application.type.js'
import type { ApplicationId } from '../application/applications.js'
import { plainText, plainTextMessage } from '../plain-text.js'
import { returnPages, type ReturnTo } from './return-to.js'

export const ReturnToEnum = Object.fromEntries(Object.keys(returnPages).map((page) => [page, page])) as {
  [Page in ReturnTo]: Page
}
registerEnumType(ReturnToEnum, {
  name: 'ReturnTo',
  description: 'The page that an opt-in comes back to.',
  valuesConfig: Object.fromEntries(
    Object.entries(returnPages).map(([page, { path }]) => [page, { description: `The page at ${path}.` }]),
  ),
})

@InputType()
abstract class OneAuthorization {
  @Field(() => ID, { description: 'The id of the company.' })
  @MaxLength(64)
  companyId: string

  @Field(() => ApplicationIdEnum, { description: 'The application.' })
  application: ApplicationId
}

@InputType({ description: 'Which authorization to begin, and where to come back to.' })
export class BeginOptInInput extends OneAuthorization {
  @Field(() => ReturnToEnum, { description: 'The page to come back to.' })
  returnTo: ReturnTo

  @Field(() => String, {
    nullable: true,
    description:
      'Which UPS.com profile will be used, in your own words; shown again when it has to be done anew.',
  })
  @IsOptional()
  @MaxLength(200)
  @Matches(plainText, { message: plainTextMessage })
  upsProfileNote?: string
}

@InputType({ description: 'Which authorization to end.' })
export class OptOutInput extends OneAuthorization {}

@InputType({ description: 'Which company to enrol in which application.' })
export class EnrolCompanyInput extends OneAuthorization {}

@InputType({ description: 'Which company to withdraw from which application.' })
export class WithdrawCompanyInput extends OneAuthorization {}
