import { In, type EntityManager } from 'typeorm'
import type { Clock } from '../clock.js'
import type { Database } from '../db/transaction.js'
import { AuthorizationEventEntity } from '../event/authorization-event.entity.js'
import { longestRestMs } from './retry-policy.js'
import { WebhookDeliveryEntity } from './webhook-delivery.entity.js'
import { WebhookEndpointEntity } from './webhook-endpoint.entity.js'

/** A killed process loses what it took in hand after this; no attempt takes half as long. */
const claimMs = 60_000
/** So often a delivery is tried before later ones about the same authorization may go ahead of it. */
const triesInOrder = 3

export interface Claimed {
  delivery: WebhookDeliveryEntity
  endpoint: WebhookEndpointEntity
  /** null: a test. */
  event: AuthorizationEventEntity | null
}

/** What is left of this process's share. */
export interface Room {
  endpoints: number
  perEndpoint: number
  perCompany: number
  /** What is under way already, of whom. */
  underWay: readonly Pick<WebhookDeliveryEntity, 'endpointId' | 'companyId'>[]
}

interface Wanted {
  endpointId: string
  most: number
  /** Companies of which nothing more is taken in hand. */
  full: readonly string[]
}

interface Surroundings {
  database: Database
  clock: Clock
}

/**
 * What is due, taken in hand by one process alone. By endpoint, those first that were tried longest ago: a backlog of one
 * is no longer than its one place in the row.
 */
export class DeliveryClaims {
  constructor(private readonly on: Surroundings) {}

  async take(room: Room): Promise<Claimed[]> {
    const busy = busyCompaniesOf(room, [])
    const claimed: Claimed[] = []
    for (const id of await this.#dueEndpoints(room, busy)) {
      const full = busyCompaniesOf(room, claimed)
      const wanted = { endpointId: id, most: room.perEndpoint, full }
      claimed.push(...(await this.on.database.inTransaction((manager) => this.#claim(manager, wanted))))
    }
    return claimed
  }

  async #dueEndpoints({ endpoints, underWay }: Room, full: readonly string[]): Promise<string[]> {
    const query = this.on.database.reader.createQueryBuilder(WebhookEndpointEntity, 'endpoint')
    const now = this.on.clock()
    const due = query
      .subQuery()
      .select('1')
      .from(WebhookDeliveryEntity, 'one')
      .where('one.endpointId = endpoint.id AND one.dueAt <= :now')
      .andWhere(isFree)
      .andWhere(maySend)
      .andWhere(notOf('one.companyId'))
    const rows = await query
      .select('endpoint.id', 'id')
      .where(`EXISTS ${due.getQuery()}`, { ...times(now), companyIds: [...full, ''] })
      .andWhere('endpoint.id NOT IN (:...endpointIds)', {
        endpointIds: [...underWay.map(({ endpointId }) => endpointId), ''],
      })
      .orderBy('COALESCE(endpoint.lastTriedAt, 0)')
      .limit(endpoints)
      .getRawMany<{ id: string }>()
    return rows.map(({ id }) => id)
  }

  async #claim(manager: EntityManager, { endpointId, most, full }: Wanted): Promise<Claimed[]> {
    const now = this.on.clock()
    const query = manager
      .createQueryBuilder(WebhookDeliveryEntity, 'one')
      .innerJoin(WebhookEndpointEntity, 'endpoint', 'endpoint.id = one.endpointId')
      .where('one.endpointId = :endpointId AND one.dueAt <= :now', { endpointId, ...times(now) })
      .andWhere(isFree)
      .andWhere(maySend)
      .andWhere(notOf('one.companyId'), { companyIds: [...full, ''] })
    const earlier = query
      .subQuery()
      .select('1')
      .from(WebhookDeliveryEntity, 'former')
      .where('former.endpointId = one.endpointId AND former.authorizationId = one.authorizationId')
      .andWhere('former.position < one.position AND former.dueAt IS NOT NULL')
      .andWhere('former.attempts <= :triesInOrder')
    query
      .andWhere(`NOT EXISTS ${earlier.getQuery()}`, { triesInOrder })
      .orderBy('one.dueAt')
      .addOrderBy('one.position')
      .limit(most)
    // Several processes claim at once on Postgres; on SQLite the transaction has the file to itself.
    if (this.on.database.kind === 'postgres')
      query.setLock('pessimistic_write', undefined, ['one']).setOnLocked('skip_locked')
    const rows = await query.getMany()
    if (rows.length === 0) return []
    const ids = rows.map(({ id }) => id)
    const claimedUntil = new Date(now.getTime() + claimMs)
    await manager.update(
      WebhookDeliveryEntity,
      { id: In(ids) },
      { claimedUntil, lastTriedAt: now, attempts: () => 'attempts + 1' },
    )
    await manager.update(WebhookEndpointEntity, { id: endpointId }, { lastTriedAt: now })
    const endpoint = await manager.findOneByOrFail(WebhookEndpointEntity, { id: endpointId })
    const events = await manager.findBy(AuthorizationEventEntity, {
      id: In(rows.map(({ eventId }) => eventId)),
    })
    const claimed = rows.map((row) => ({
      delivery: Object.assign(row, { attempts: row.attempts + 1, lastTriedAt: now }),
      endpoint,
      event: events.find(({ id }) => id === row.eventId) ?? null,
    }))
    return claimed
  }
}

function busyCompaniesOf({ underWay, perCompany }: Room, claimed: readonly Claimed[]): string[] {
  const counts = new Map<string, number>()
  for (const { companyId } of [...underWay, ...claimed.map(({ delivery }) => delivery)])
    if (companyId !== null) counts.set(companyId, (counts.get(companyId) ?? 0) + 1)
  return [...counts].filter(([, count]) => count >= perCompany).map(([companyId]) => companyId)
}

/** A test goes out at any rate; all else to an endpoint that is switched on and not resting. */
const maySend = `(one.isTest = TRUE OR (endpoint.pausedAt IS NULL AND endpoint.disabledAt IS NULL
  AND (COALESCE(endpoint.restUntil, 0) <= :now OR endpoint.restUntil > :latestRest)))`

const isFree = '(COALESCE(one.claimedUntil, 0) <= :now OR one.claimedUntil > :latestClaim)'

/** What lies further ahead than anybody sets it was left behind by a clock that was wrong. */
const times = (now: Date) => ({
  now: now.getTime(),
  latestClaim: now.getTime() + claimMs,
  latestRest: now.getTime() + longestRestMs,
})

const notOf = (column: string): string => `(${column} IS NULL OR ${column} NOT IN (:...companyIds))`
