import { IsOptional, Matches, MaxLength } from 'class-validator'
import { Field, ID, InputType, registerEnumType } from 'type-graphql'
import { ApplicationIdEnum } from '../application/application.type.js'
import type { ApplicationId } from '../application/applications.js'
import { plainText, plainTextMessage } from '../plain-text.js'
import { returnPages, type ReturnTo } from './return-to.js'

export const ReturnToEnum = Object.fromEntries(Object.keys(returnPages).map((page) => [page, page])) as {
  [Page in ReturnTo]: Page
}
registerEnumType(ReturnToEnum, { name: 'ReturnTo', description: 'The page that an opt-in comes back to.' })

@InputType()
abstract class OneAuthorization {
  @Field(() => ID)
  @MaxLength(64)
  companyId: string

  @Field(() => ApplicationIdEnum)
  application: ApplicationId
}

@InputType()
export class BeginOptInInput extends OneAuthorization {
  @Field(() => ReturnToEnum)
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

@InputType()
export class OptOutInput extends OneAuthorization {}

@InputType()
export class EnrolCompanyInput extends OneAuthorization {}

@InputType()
export class WithdrawCompanyInput extends OneAuthorization {}
