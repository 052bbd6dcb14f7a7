import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql'
import type { CountedConnection } from '../connection-type.js'
import type { RequestContext } from '../context.js'
import { WebhookDeliveryConnection, WebhookDeliveryType } from './webhook-delivery.type.js'
import type { WebhookListService } from './webhook-list.service.js'
import type { WebhookSendService } from './webhook-send.service.js'
import { ReplayEventsInput, WebhookDeliveriesArgs } from './webhook.inputs.js'
import { ReplayedEvents } from './webhook.type.js'

interface Services {
  webhookLists: WebhookListService
  webhookSends: WebhookSendService
}

@Resolver()
export class WebhookDeliveryResolver {
  constructor(private readonly on: Services) {}

  @Query(() => WebhookDeliveryConnection, {
    nullable: true,
    description: 'What was sent to an endpoint, and how that went, for 30 days.',
  })
  webhookDeliveries(
    @Args(() => WebhookDeliveriesArgs) { webhookEndpointId, ...page }: WebhookDeliveriesArgs,
    @Ctx() context: RequestContext,
  ): Promise<CountedConnection<WebhookDeliveryType> | null> {
    return this.on.webhookLists.deliveries(context, webhookEndpointId, page)
  }

  @Mutation(() => WebhookDeliveryType, {
    description: 'Sends an event of type webhook.test, once, also to an endpoint that is switched off.',
  })
  async sendTestEvent(
    @Arg('webhookEndpointId', () => ID, { description: 'The endpoint.' }) webhookEndpointId: string,
    @Ctx() context: RequestContext,
  ): Promise<WebhookDeliveryType> {
    const test = await this.on.webhookSends.test(context, webhookEndpointId)
    return this.on.webhookLists.shownDelivery(test)
  }

  @Mutation(() => ReplayedEvents, {
    description:
      'Sends events once more, under the ids they had. What the client may not know of any more is left out.',
  })
  replayEvents(
    @Arg('input', () => ReplayEventsInput, { description: 'To which endpoint, and what.' })
    { webhookEndpointId: endpointId, deliveryId, since, after }: ReplayEventsInput,
    @Ctx() context: RequestContext,
  ): Promise<ReplayedEvents> {
    return this.on.webhookSends.replay(context, {
      endpointId,
      deliveryId: deliveryId ?? null,
      since: since ?? null,
      after: after ?? null,
    })
  }
}
