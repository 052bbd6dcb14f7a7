import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { ApplicationIdEnum } from '../application/application.type.js'
import type { ApplicationId } from '../application/applications.js'
import { CompanyEntity } from '../company/company.entity.js'
import { connectionType } from '../connection-type.js'
import type { EventType } from '../event/event-types.js'
import type { DeliveryOutcome, PostFailure } from './delivery-terms.js'
import { AuthorizationEventTypeEnum } from './event.type.js'

export type DeliveryState = DeliveryOutcome | 'WAITING'

export const DeliveryStateEnum: Record<DeliveryState, DeliveryState> = {
  WAITING: 'WAITING',
  DELIVERED: 'DELIVERED',
  GIVEN_UP: 'GIVEN_UP',
  WITHDRAWN: 'WITHDRAWN',
}

registerEnumType(DeliveryStateEnum, {
  name: 'WebhookDeliveryState',
  description: 'How a delivery stands.',
  valuesConfig: {
    WAITING: { description: 'It is tried, or will be tried again: nextAttemptAt says when.' },
    DELIVERED: { description: 'The receiver answered with a status of 200 to 299.' },
    GIVEN_UP: { description: 'It was tried for about three days. It can be replayed.' },
    WITHDRAWN: {
      description: 'It was not sent: the client may not know any more, or the endpoint was disabled.',
    },
  },
})

export const DeliveryFailureEnum: Record<PostFailure, PostFailure> = {
  HOST_NOT_FOUND: 'HOST_NOT_FOUND',
  ADDRESS_NOT_PUBLIC: 'ADDRESS_NOT_PUBLIC',
  CONNECTION_FAILED: 'CONNECTION_FAILED',
  TIMED_OUT: 'TIMED_OUT',
  REFUSED_BY_RECEIVER: 'REFUSED_BY_RECEIVER',
}

registerEnumType(DeliveryFailureEnum, {
  name: 'WebhookFailure',
  description: 'Why an attempt failed.',
  valuesConfig: {
    HOST_NOT_FOUND: { description: 'The name of the host leads nowhere.' },
    ADDRESS_NOT_PUBLIC: { description: 'The name leads to an address that is not public.' },
    CONNECTION_FAILED: { description: 'No connection, or none that is encrypted and genuine.' },
    TIMED_OUT: { description: 'No answer in time: 5 seconds to connect, 15 in all.' },
    REFUSED_BY_RECEIVER: {
      description: 'The receiver answered with a status other than 200 to 299. Redirects are not followed.',
    },
  },
})

@ObjectType('WebhookDelivery', { description: 'One event for one endpoint.' })
export class WebhookDeliveryType {
  @Field(() => ID, { description: 'Of this delivery.' })
  id: string

  @Field(() => ID, { description: 'What the receiver gets as webhook-id, the same at each attempt.' })
  eventId: string

  @Field(() => AuthorizationEventTypeEnum, {
    nullable: true,
    description: 'What happened; null for a test, whose type is webhook.test.',
  })
  type: EventType | null

  @Field(() => Boolean, { description: 'Somebody sent it to try the endpoint.' })
  isTest: boolean

  @Field(() => CompanyEntity, {
    nullable: true,
    description: 'Whose authorization it is about; null for a test.',
  })
  company: CompanyEntity | null

  @Field(() => ApplicationIdEnum, { nullable: true, description: 'In which application; null for a test.' })
  application: ApplicationId | null

  @Field(() => DeliveryStateEnum, { description: 'How it stands.' })
  state: DeliveryState

  @Field(() => Date, { description: 'When it was queued.' })
  createdAt: Date

  @Field(() => Int, { description: 'How often it was tried.' })
  attempts: number

  @Field(() => Date, { nullable: true, description: 'When it was tried last; null: not yet.' })
  lastAttemptAt: Date | null

  @Field(() => Int, {
    nullable: true,
    description: 'The HTTP status that the receiver answered last. Nothing else of its answer is kept.',
  })
  statusCode: number | null

  @Field(() => DeliveryFailureEnum, {
    nullable: true,
    description: 'Why the last attempt failed; null where it did not.',
  })
  failure: PostFailure | null

  @Field(() => Date, {
    nullable: true,
    description: 'When it is tried next at the earliest; null once nothing is left to do.',
  })
  nextAttemptAt: Date | null
}

export const WebhookDeliveryConnection = connectionType(() => WebhookDeliveryType, {
  name: 'WebhookDelivery',
  description: 'Deliveries to one endpoint, the newest first.',
})
