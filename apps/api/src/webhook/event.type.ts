import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { ApplicationIdEnum } from '../application/application.type.js'
import type { ApplicationId } from '../application/applications.js'
import type { AuthorizationStatus, EndReason } from '../authorization/authorization-state.js'
import { AuthorizationStatusEnum, EndReasonEnum } from '../authorization/authorization.entity.js'
import { eventTypes, type EventType } from '../event/event-types.js'

const enumNameOf = (type: EventType): string => type.replace('.', '_').toUpperCase()

export const AuthorizationEventTypeEnum = Object.fromEntries(
  eventTypes.map((type) => [enumNameOf(type), type]),
)

const says: Record<EventType, string> = {
  'authorization.opted_in': 'The company has opted in, for the first time or anew: tokens can be had.',
  'authorization.at_risk':
    'The refresh token runs out within 14 days or less, although it should have been renewed by now. Tokens can still be had.',
  'authorization.reauthorization_required':
    'UPS honours the tokens no more: only a person of the company can opt in again. endReason says why.',
  'authorization.recovered':
    'The danger is over, or an answer of UPS that came late has saved what was given up: tokens can be had.',
  'authorization.opted_out':
    'The company has opted out, was withdrawn from the application, or was removed: endReason says which.',
}

registerEnumType(AuthorizationEventTypeEnum, {
  name: 'AuthorizationEventType',
  description:
    'What can happen to an authorization. In webhooks and in /v1 each is written as authorization.opted_in and so on.',
  valuesConfig: Object.fromEntries(eventTypes.map((type) => [enumNameOf(type), { description: says[type] }])),
})

@ObjectType('AuthorizationEvent', {
  description:
    'A change of an authorization, with what it was from then on. Ask tokenStatus for how it is now.',
})
export class AuthorizationEventType {
  @Field(() => ID, { description: 'The same wherever and however often the event is told: webhook-id.' })
  id: string

  @Field(() => AuthorizationEventTypeEnum, { description: 'What happened.' })
  type: EventType

  @Field(() => Date, { description: 'When it happened.' })
  timestamp: Date

  @Field(() => ID, { description: 'The company, by the id that the hub has for it.' })
  companyId: string

  @Field(() => ApplicationIdEnum, { description: 'The application.' })
  application: ApplicationId

  @Field(() => ID, { description: 'The Token Vault Key, by which status and tokens are asked for.' })
  vaultKey: string

  @Field(() => AuthorizationStatusEnum, { description: 'How it stood from then on.' })
  status: AuthorizationStatus

  @Field(() => Int, { description: 'Of its tokens: the higher of two is the later.' })
  generation: number

  @Field(() => EndReasonEnum, { nullable: true, description: 'Why it ended; null while it stood.' })
  endReason: EndReason | null

  @Field(() => Date, {
    nullable: true,
    description: 'Until when it could be renewed without a person; null once it had ended.',
  })
  refreshExpiresAt: Date | null
}
