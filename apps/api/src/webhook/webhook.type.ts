import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { connectionType } from '../connection-type.js'
import type { EventType } from '../event/event-types.js'
import { AuthorizationEventTypeEnum } from './event.type.js'
import type { DisabledReason } from './webhook-endpoint.entity.js'

export const WebhookEndpointStateEnum = {
  ENABLED: 'ENABLED',
  PAUSED: 'PAUSED',
  DISABLED: 'DISABLED',
} as const
export type WebhookEndpointState = keyof typeof WebhookEndpointStateEnum

registerEnumType(WebhookEndpointStateEnum, {
  name: 'WebhookEndpointState',
  description: 'Whether events are sent to an endpoint.',
  valuesConfig: {
    ENABLED: { description: 'Events are sent as they happen.' },
    PAUSED: { description: 'Somebody has paused it. What happens meanwhile can be replayed.' },
    DISABLED: {
      description: 'The hub sends it nothing any more: disabledReason says why. It can be switched on again.',
    },
  },
})

export const WebhookDisabledReasonEnum = { GONE: 'GONE', FAILING: 'FAILING' } as const

registerEnumType(WebhookDisabledReasonEnum, {
  name: 'WebhookDisabledReason',
  description: 'Why the hub has disabled an endpoint.',
  valuesConfig: {
    GONE: { description: 'The receiver answered 410 Gone.' },
    FAILING: { description: 'The receiver has taken nothing for about three days.' },
  },
})

/** Kept apart from the entity, which holds the secrets. */
@ObjectType('WebhookEndpoint', { description: 'An address at which an API client is told of events.' })
export class WebhookEndpointType {
  @Field(() => ID, { description: 'Its id; no secret.' })
  id: string

  @Field(() => ID, { description: 'The API client that is told.' })
  apiClientId: string

  @Field(() => String, { description: 'The host to which events are sent.' })
  host: string

  @Field(() => String, {
    nullable: true,
    description:
      'The whole address, for who may change it; null for others, since an address may hold a secret.',
  })
  url: string | null

  @Field(() => [AuthorizationEventTypeEnum], {
    nullable: true,
    description: 'Of which events it is told; null: of all, also of kinds that are new.',
  })
  eventTypes: readonly EventType[] | null

  @Field(() => WebhookEndpointStateEnum, { description: 'Whether events are sent to it.' })
  state: WebhookEndpointState

  @Field(() => WebhookDisabledReasonEnum, {
    nullable: true,
    description: 'Why the hub has disabled it; null unless it has.',
  })
  disabledReason: DisabledReason | null

  @Field(() => Date, { description: 'When it was made.' })
  createdAt: Date

  @Field(() => String, { description: 'The last four characters of its secret, to tell secrets apart.' })
  secretLastFour: string

  @Field(() => Date, { description: 'When its secret was made.' })
  secretSetAt: Date

  @Field(() => Date, {
    nullable: true,
    description: 'Until when the secret before signs as well; null: there is only one.',
  })
  formerSecretUntil: Date | null

  @Field(() => Date, {
    nullable: true,
    description: 'Since when no delivery has succeeded although it was tried; null: the last one did.',
  })
  failingSince: Date | null

  @Field(() => Date, { nullable: true, description: 'When it last took an event; null: never.' })
  lastDeliveredAt: Date | null

  @Field(() => Boolean, { description: 'The viewer may change, test and remove it.' })
  isYoursToManage: boolean
}

export const WebhookEndpointConnection = connectionType(() => WebhookEndpointType, {
  name: 'WebhookEndpoint',
  description: 'Webhook endpoints of an API client, the newest first.',
})

@ObjectType('CreatedWebhookEndpoint', { description: 'A webhook endpoint, and a new secret of it.' })
export class CreatedWebhookEndpoint {
  @Field(() => WebhookEndpointType, { description: 'The endpoint.' })
  endpoint: WebhookEndpointType

  @Field(() => String, {
    description: 'whsec_ and 32 bytes in base64. Shown this once: it cannot be read again.',
  })
  secret: string
}

@ObjectType('ReplayedEvents', { description: 'What is sent again.' })
export class ReplayedEvents {
  @Field(() => Int, { description: 'How many events; those that wait to be sent anyway are left out.' })
  count: number

  @Field(() => Boolean, { description: 'There are more than are sent at a time: replay from later on.' })
  hasMore: boolean

  @Field(() => Date, {
    nullable: true,
    description: 'When the last of them happened: from where to go on; null where there were none.',
  })
  upTo: Date | null
}
