import { ArrayMaxSize, ArrayMinSize, IsOptional, Length, Matches, MaxLength } from 'class-validator'
import { ArgsType, Field, ID, InputType, Int } from 'type-graphql'
import { ApplicationIdEnum } from '../application/application.type.js'
import type { ApplicationId } from '../application/applications.js'
import { plainText, plainTextMessage } from '../plain-text.js'
import { ApiClientScopeEnum } from './api-client.type.js'
import type { ApiClientScope } from './scopes.js'

@ArgsType()
export class ApiClientsArgs {
  @Field(() => ID)
  @MaxLength(64)
  companyId: string

  @Field(() => Int, { defaultValue: 25 })
  first: number

  @Field(() => String, { nullable: true })
  after: string | null
}

@InputType({
  description: 'Every company named here lets the client do all of this in every application named.',
})
export class CreateApiClientInput {
  @Field(() => String)
  @Length(1, 200)
  @Matches(/\S/)
  @Matches(plainText, { message: plainTextMessage })
  name: string

  @Field(() => [ID])
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @MaxLength(64, { each: true })
  companyIds: string[]

  @Field(() => [ApplicationIdEnum])
  @ArrayMinSize(1)
  @ArrayMaxSize(5)
  applications: ApplicationId[]

  @Field(() => [ApiClientScopeEnum])
  @ArrayMinSize(1)
  @ArrayMaxSize(2)
  scopes: ApiClientScope[]
}

@InputType()
export class WithdrawApiClientGrantInput {
  @Field(() => ID)
  @MaxLength(64)
  apiClientId: string

  @Field(() => ID)
  @MaxLength(64)
  companyId: string

  @Field(() => ApplicationIdEnum, { nullable: true, description: 'Without it, in every application.' })
  @IsOptional()
  application?: ApplicationId
}
