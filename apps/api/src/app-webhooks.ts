import { DeliverDueJob } from './webhook/deliver-due.job.js'
import { DeliveryClaims } from './webhook/delivery-claims.js'
import { DeliveryOutcomeService } from './webhook/delivery-outcome.service.js'
import { EventFeedResolver } from './webhook/event-feed.resolver.js'
import { EventFeedService } from './webhook/event-feed.service.js'
import { SpreadEventsJob } from './webhook/spread-events.job.js'
import { WebhookDeliveryResolver } from './webhook/webhook-delivery.resolver.js'
import { WebhookEndpointService } from './webhook/webhook-endpoint.service.js'
import { WebhookListService } from './webhook/webhook-list.service.js'
import { WebhookRights } from './webhook/webhook-rights.js'
import { WebhookSendService } from './webhook/webhook-send.service.js'
import { WebhookResolver } from './webhook/webhook.resolver.js'
import type { Way } from './webhook/host-addresses.js'

type Parts = ConstructorParameters<typeof WebhookRights>[0] &
  Omit<ConstructorParameters<typeof WebhookListService>[0], 'webhookRights'> &
  Omit<ConstructorParameters<typeof WebhookEndpointService>[0], 'webhookRights' | 'way'> &
  Way

/** What third-party applications are told of authorizations, where, and what they can read themselves. */
export function createWebhooks(parts: Parts) {
  const { resolveHost, mayReachLoopback } = parts
  const on = { ...parts, way: { resolveHost, mayReachLoopback }, webhookRights: new WebhookRights(parts) }
  const eventFeed = new EventFeedService(on)
  const webhookLists = new WebhookListService(on)
  return {
    way: on.way,
    eventFeed,
    webhookLists,
    webhookEndpoints: new WebhookEndpointService(on),
    webhookSends: new WebhookSendService({ ...on, eventFeed, webhookLists }),
  }
}

export const webhookResolvers = (services: ReturnType<typeof createWebhooks>): object[] => [
  new EventFeedResolver(services.eventFeed),
  new WebhookDeliveryResolver(services),
  new WebhookResolver(services),
]

type Working = ConstructorParameters<typeof SpreadEventsJob>[0] &
  ConstructorParameters<typeof DeliveryOutcomeService>[0] &
  Omit<ConstructorParameters<typeof DeliverDueJob>[0], 'claims' | 'outcomes'>

export interface WebhookJobs {
  /** Queues what has happened, and begins to send what is due. */
  tick(): Promise<void>
  /** Until nothing is under way any more. */
  settled(): Promise<void>
  /** Begins nothing any more, and waits for what is under way. */
  stop(): Promise<void>
}

export function createWebhookJobs(parts: Working): WebhookJobs {
  const spreading = new SpreadEventsJob(parts)
  const outcomes = new DeliveryOutcomeService(parts)
  const delivering = new DeliverDueJob({ ...parts, claims: new DeliveryClaims(parts), outcomes })
  return {
    async tick() {
      await spreading.tick()
      await delivering.tick()
    },
    settled: () => delivering.settled(),
    stop: () => delivering.stop(),
  }
}
