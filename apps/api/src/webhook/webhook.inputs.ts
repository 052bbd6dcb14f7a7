import { ArrayMaxSize, ArrayMinSize, IsOptional, Length, MaxLength } from 'class-validator'
import { ArgsType, Field, ID, InputType } from 'type-graphql'
import { PageArgs } from '../connection-type.js'
import type { EventType } from '../event/event-types.js'
import { AuthorizationEventTypeEnum } from './event.type.js'

const longestUrl = 2048

@ArgsType()
export class WebhookEndpointsArgs extends PageArgs {
  @Field(() => ID, { description: 'The API client.' })
  @MaxLength(64)
  apiClientId: string
}

@ArgsType()
export class WebhookDeliveriesArgs extends PageArgs {
  @Field(() => ID, { description: 'The endpoint.' })
  @MaxLength(64)
  webhookEndpointId: string
}

@InputType({ description: 'Where an API client is told of events, and of which.' })
export class CreateWebhookEndpointInput {
  @Field(() => ID, { description: 'The API client.' })
  @MaxLength(64)
  apiClientId: string

  @Field(() => String, { description: 'An https address with a public host.' })
  @Length(1, longestUrl)
  url: string

  @Field(() => [AuthorizationEventTypeEnum], { nullable: true, description: 'Without them, of all.' })
  @IsOptional()
  @ArrayMinSize(1)
  @ArrayMaxSize(10)
  eventTypes?: EventType[] | null
}

@InputType({ description: 'What is to become different; what is left out stays.' })
export class UpdateWebhookEndpointInput {
  @Field(() => ID, { description: 'The endpoint.' })
  @MaxLength(64)
  id: string

  @Field(() => String, { nullable: true, description: 'Another https address with a public host.' })
  @IsOptional()
  @Length(1, longestUrl)
  url?: string | null

  @Field(() => [AuthorizationEventTypeEnum], { nullable: true, description: 'Null: of all from now on.' })
  @IsOptional()
  @ArrayMinSize(1)
  @ArrayMaxSize(10)
  eventTypes?: EventType[] | null

  @Field(() => Boolean, {
    nullable: true,
    description: 'False pauses it; true switches it on, also after the hub has disabled it.',
  })
  @IsOptional()
  isEnabled?: boolean | null
}

@InputType({
  description: 'What to send once more: one delivery, or all events from somewhere on; one of the three.',
})
export class ReplayEventsInput {
  @Field(() => ID, { description: 'The endpoint.' })
  @MaxLength(64)
  webhookEndpointId: string

  @Field(() => ID, { nullable: true, description: 'One delivery.' })
  @IsOptional()
  @MaxLength(64)
  deliveryId?: string | null

  @Field(() => Date, { nullable: true, description: 'All events since then, at most 1,000 at a time.' })
  @IsOptional()
  since?: Date | null

  @Field(() => String, {
    nullable: true,
    description: 'All events after this cursor of the list of events, at most 1,000 at a time.',
  })
  @IsOptional()
  @MaxLength(512)
  after?: string | null
}
