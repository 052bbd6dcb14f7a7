import { ArrayMaxSize, ArrayMinSize, IsOptional, Length, Matches, Max, MaxLength, Min } from 'class-validator'
import { ArgsType, Field, ID, InputType, Int } from 'type-graphql'
import { ApplicationIdEnum } from '../application/application.type.js'
import type { ApplicationId } from '../application/applications.js'
import { plainText, plainTextMessage } from '../plain-text.js'
import { ApiClientScopeEnum } from './api-client.type.js'
import type { ApiClientScope } from './scopes.js'

const mostAddresses = 50
const longestOverlapSeconds = 30 * 24 * 3600

@ArgsType()
export class ApiClientsArgs {
  @Field(() => ID, { description: 'The company whose clients are asked for.' })
  @MaxLength(64)
  companyId: string

  @Field(() => Int, { defaultValue: 25, description: 'How many, at most 100.' })
  first: number

  @Field(() => String, { nullable: true, description: 'The cursor after which the list goes on.' })
  after: string | null
}

@InputType({
  description: 'Every company named here lets the client do all of this in every application named.',
})
export class CreateApiClientInput {
  @Field(() => String, { description: 'By which people know it: the name of the third-party application.' })
  @Length(1, 200)
  @Matches(/\S/)
  @Matches(plainText, { message: plainTextMessage })
  name: string

  @Field(() => [ID], { description: 'The companies that let it.' })
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @MaxLength(64, { each: true })
  companyIds: string[]

  @Field(() => [ApplicationIdEnum], { description: 'The applications in which they let it.' })
  @ArrayMinSize(1)
  @ArrayMaxSize(5)
  applications: ApplicationId[]

  @Field(() => [ApiClientScopeEnum], { description: 'What they let it do.' })
  @ArrayMinSize(1)
  @ArrayMaxSize(2)
  scopes: ApiClientScope[]

  @Field(() => [String], {
    nullable: true,
    description:
      'Addresses and ranges (192.0.2.0/24, 2001:db8::/32) from which its keys are accepted; none: from anywhere.',
  })
  @IsOptional()
  @ArrayMaxSize(mostAddresses)
  @MaxLength(64, { each: true })
  addresses?: string[] | null

  @Field(() => Date, { nullable: true, description: 'When its key expires; without it, never.' })
  keyExpiresAt?: Date | null
}

@InputType({ description: 'What one company lets an existing client do, on top of what it lets it already.' })
export class GrantApiClientInput {
  @Field(() => ID, { description: 'The client.' })
  @MaxLength(64)
  apiClientId: string

  @Field(() => ID, { description: 'The company that lets it.' })
  @MaxLength(64)
  companyId: string

  @Field(() => [ApplicationIdEnum], { description: 'The applications in which it lets it.' })
  @ArrayMinSize(1)
  @ArrayMaxSize(5)
  applications: ApplicationId[]

  @Field(() => [ApiClientScopeEnum], { description: 'What it lets it do.' })
  @ArrayMinSize(1)
  @ArrayMaxSize(2)
  scopes: ApiClientScope[]
}

@InputType({ description: 'What one company takes back from a client.' })
export class WithdrawApiClientGrantInput {
  @Field(() => ID, { description: 'The client.' })
  @MaxLength(64)
  apiClientId: string

  @Field(() => ID, { description: 'The company that takes back.' })
  @MaxLength(64)
  companyId: string

  @Field(() => ApplicationIdEnum, { nullable: true, description: 'Without it, in every application.' })
  @IsOptional()
  application?: ApplicationId

  @Field(() => [ApiClientScopeEnum], { nullable: true, description: 'Without them, everything.' })
  @IsOptional()
  @ArrayMinSize(1)
  @ArrayMaxSize(2)
  scopes?: ApiClientScope[] | null
}

@InputType({ description: 'A new key for a client, while the former one goes on for a chosen time.' })
export class RotateApiClientKeyInput {
  @Field(() => ID, { description: 'The client.' })
  @MaxLength(64)
  apiClientId: string

  @Field(() => Int, {
    description: 'For how long the former key goes on working: 0 ends it at once, at most 30 days.',
  })
  @Min(0)
  @Max(longestOverlapSeconds)
  overlapSeconds: number

  @Field(() => Date, { nullable: true, description: 'When the new key expires; without it, never.' })
  keyExpiresAt?: Date | null
}

@InputType({ description: 'From where the keys of a client are accepted.' })
export class SetApiClientAddressesInput {
  @Field(() => ID, { description: 'The client.' })
  @MaxLength(64)
  apiClientId: string

  @Field(() => [String], {
    description:
      'Addresses and ranges such as 192.0.2.7, 192.0.2.0/24 or 2001:db8::/32; an empty list: from anywhere.',
  })
  @ArrayMaxSize(mostAddresses)
  @MaxLength(64, { each: true })
  addresses: string[]
}
