import type { EntityManager } from 'typeorm'
import { ApiClientGrantEntity } from '../api-client/api-client-grant.entity.js'
import { ApiClientEntity } from '../api-client/api-client.entity.js'
import type { Clock } from '../clock.js'
import { insertMany } from '../db/insert-many.js'
import { takeLease } from '../db/lease.js'
import type { Database } from '../db/transaction.js'
import type { AuthorizationEventEntity } from '../event/authorization-event.entity.js'
import type { EventService } from '../event/event.service.js'
import { deliveryOf } from './new-delivery.js'
import { WebhookDeliveryEntity } from './webhook-delivery.entity.js'
import { WebhookEndpointEntity } from './webhook-endpoint.entity.js'

const batch = 100
const batchesOfATick = 50
/** A killed holder is replaced after this. */
const leaseMs = 20_000

interface Surroundings {
  database: Database
  clock: Clock
  /** This process. */
  owner: string
  events: EventService
}

type Ear = Pick<ApiClientGrantEntity, 'companyId' | 'applicationId'> & {
  endpointId: string
  /** null: all. */
  eventTypes: string[] | null
}

/** Gives events that have been committed their place, and queues a delivery for each endpoint that is to be told. */
export class SpreadEventsJob {
  constructor(private readonly on: Surroundings) {}

  /** Answers how many events there were. */
  async tick(): Promise<number> {
    let spread = 0
    for (let batches = 0; batches < batchesOfATick; batches++) {
      if (!(await this.on.events.isAnythingUnnumbered())) break
      const done = await this.on.database.inTransaction((manager) => this.#spreadSome(manager))
      // Another process is at it.
      if (done === null) break
      spread += done
    }
    return spread
  }

  async #spreadSome(manager: EntityManager): Promise<number | null> {
    const now = this.on.clock()
    if (!(await takeLease(manager, { name: 'events', owner: this.on.owner, now, ms: leaseMs }))) return null
    const events = await this.on.events.number(manager, batch)
    if (events.length === 0) return 0
    const ears = await earsFor(manager, events)
    const rows = events.flatMap((event) =>
      ears.filter((ear) => hears(ear, event)).map(({ endpointId }) => deliveryOf(endpointId, event, now)),
    )
    await insertMany(manager, WebhookDeliveryEntity, rows)
    return events.length
  }
}

/** Endpoints that are switched on, with what their clients may know. Whether they still may is asked again at each attempt. */
async function earsFor(manager: EntityManager, events: readonly AuthorizationEventEntity[]): Promise<Ear[]> {
  const rows = await manager
    .createQueryBuilder(WebhookEndpointEntity, 'endpoint')
    .innerJoin(ApiClientEntity, 'client', 'client.id = endpoint.clientId AND client.revokedAt IS NULL')
    .innerJoin(ApiClientGrantEntity, 'granted', 'granted.clientId = endpoint.clientId')
    .where('endpoint.pausedAt IS NULL AND endpoint.disabledAt IS NULL')
    .andWhere('granted.mayReadStatus = :may AND granted.companyId IN (:...companyIds)', {
      may: true,
      companyIds: [...new Set(events.map(({ companyId }) => companyId))],
    })
    .select('endpoint.id', 'endpointId')
    .addSelect('endpoint.eventTypes', 'eventTypes')
    .addSelect('granted.companyId', 'companyId')
    .addSelect('granted.applicationId', 'applicationId')
    .getRawMany<Omit<Ear, 'eventTypes'> & { eventTypes: string | null }>()
  return rows.map((row) => ({
    ...row,
    eventTypes: row.eventTypes === null ? null : (JSON.parse(row.eventTypes) as string[]),
  }))
}

const hears = (ear: Ear, { companyId, applicationId, type }: AuthorizationEventEntity): boolean =>
  ear.companyId === companyId &&
  ear.applicationId === applicationId &&
  (ear.eventTypes === null || ear.eventTypes.includes(type))
