import { IsNull, type EntityManager } from 'typeorm'
import { ApiClientRecorder } from '../api-client/api-client-recorder.js'
import type { AuditEventName } from '../audit/audit-events.js'
import type { AuditService } from '../audit/audit.service.js'
import type { Clock } from '../clock.js'
import { requireViewer, type RequestContext } from '../context.js'
import { timeAfter, timeBefore } from '../db/columns.js'
import { insertMany } from '../db/insert-many.js'
import { takeTurn } from '../db/lease.js'
import type { Database } from '../db/transaction.js'
import { eventsKeptMs } from '../event/event.service.js'
import type { EventFeedService, FeedRange } from './event-feed.service.js'
import { deliveryOf } from './new-delivery.js'
import { WebhookDeliveryEntity } from './webhook-delivery.entity.js'
import type { WebhookListService } from './webhook-list.service.js'
import type { HeldEndpoint, WebhookRights } from './webhook-rights.js'
import { webhookErrors } from './webhook.errors.js'
import type { ReplayedEvents } from './webhook.type.js'

const testPauseMs = 10_000
const mostAtOnce = 1_000
const forgetEveryMs = 3600_000

/** One of the three says what. */
interface Replay {
  endpointId: string
  deliveryId: string | null
  since: Date | null
  after: string | null
}

interface Surroundings {
  database: Database
  clock: Clock
  audit: AuditService
  eventFeed: EventFeedService
  webhookLists: WebhookListService
  webhookRights: WebhookRights
}

/** What people have sent to an endpoint: a test, or what it has missed. Both go the way of every delivery. */
export class WebhookSendService {
  constructor(private readonly on: Surroundings) {}

  /** Also to one that is switched off: to see whether it works before it is switched on. */
  async test(context: RequestContext, endpointId: string): Promise<WebhookDeliveryEntity> {
    requireViewer(context)
    const held = await this.on.webhookRights.requireEndpoint(context, endpointId, 'give')
    return this.on.database.inTransaction(async (manager) => {
      const now = this.on.clock()
      const justNow = timeAfter(new Date(now.getTime() - testPauseMs))
      const wasJustTested = { endpointId, isTest: true, createdAt: justNow }
      if (await manager.existsBy(WebhookDeliveryEntity, wasJustTested))
        throw webhookErrors.WEBHOOK_TESTED_JUST_NOW()
      const test = deliveryOf(endpointId, null, now)
      await manager.insert(WebhookDeliveryEntity, test)
      await this.#record(manager, context, { held, name: 'webhook.tested' })
      return test
    })
  }

  /** The same events under the same ids: a receiver that has taken one passes it over. */
  async replay(context: RequestContext, wanted: Replay): Promise<ReplayedEvents> {
    requireViewer(context)
    const { endpointId } = wanted
    const held = await this.on.webhookRights.requireEndpoint(context, endpointId, 'give')
    const { pausedAt, disabledAt, eventTypes } = held.endpoint
    if (pausedAt || disabledAt) throw webhookErrors.WEBHOOK_ENDPOINT_IS_OFF()
    const range = await this.#rangeOf(context, held, wanted)
    const found = await this.on.eventFeed.read(held.client.id, range, mostAtOnce)
    const events = found.events.filter(({ type }) => eventTypes?.includes(type) ?? true)
    const count = await this.on.database.inTransaction(async (manager) => {
      const now = this.on.clock()
      const waiting = await waitingEvents(manager, endpointId)
      const rows = events
        .filter(({ id }) => !waiting.has(id))
        .map((each) => deliveryOf(endpointId, each, now))
      await insertMany(manager, WebhookDeliveryEntity, rows)
      await this.#record(manager, context, { held, name: 'webhook.events_replayed', count: rows.length })
      return rows.length
    })
    return { count, hasMore: found.hasMore, upTo: found.events.at(-1)?.at ?? null }
  }

  /** What is settled, as long ago as events are kept; what waits is none of the past. */
  async forgetOld(): Promise<void> {
    const { database, clock } = this.on
    const now = clock()
    if (!(await takeTurn(database, { name: 'webhooks.forget', now, ms: forgetEveryMs }))) return
    const createdAt = timeBefore(new Date(now.getTime() - eventsKeptMs))
    await database.inTransaction((manager) =>
      manager.delete(WebhookDeliveryEntity, { createdAt, dueAt: IsNull() }),
    )
  }

  async #rangeOf(
    context: RequestContext,
    { client }: HeldEndpoint,
    { endpointId, deliveryId, since, after }: Replay,
  ): Promise<FeedRange> {
    if ([deliveryId, since, after].filter((each) => each !== null).length !== 1)
      throw webhookErrors.REPLAY_FROM_ONE_PLACE()
    if (since) return { since }
    if (after !== null) return { after: this.on.eventFeed.placeOf(client.id, after) }
    const delivery = await this.on.webhookLists.delivery(context, deliveryId ?? '')
    if (delivery?.endpointId !== endpointId || delivery.isTest)
      throw webhookErrors.WEBHOOK_DELIVERY_NOT_FOUND()
    return { eventId: delivery.eventId }
  }

  async #record(
    manager: EntityManager,
    context: RequestContext,
    { held, name, ...counted }: { held: HeldEndpoint; name: AuditEventName; count?: number },
  ): Promise<void> {
    const { endpoint, client, companyIds } = held
    const recorder = new ApiClientRecorder(this.on.audit, manager, { context, clientId: client.id })
    await recorder.recordForAll(companyIds, {
      name,
      details: { webhookEndpointId: endpoint.id, ...counted },
    })
  }
}

/** What is on its way to the endpoint already. */
async function waitingEvents(manager: EntityManager, endpointId: string): Promise<ReadonlySet<string>> {
  const rows = await manager
    .createQueryBuilder(WebhookDeliveryEntity, 'one')
    .select('one.eventId', 'eventId')
    .where('one.endpointId = :endpointId AND one.dueAt IS NOT NULL', { endpointId })
    .getRawMany<{ eventId: string }>()
  return new Set(rows.map(({ eventId }) => eventId))
}
