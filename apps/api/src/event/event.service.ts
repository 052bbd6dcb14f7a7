import { IsNull, LessThan, type EntityManager } from 'typeorm'
import type { Clock } from '../clock.js'
import { timeBefore } from '../db/columns.js'
import { newId } from '../db/new-id.js'
import { takeTurn } from '../db/lease.js'
import type { Database } from '../db/transaction.js'
import { AuthorizationEventEntity } from './authorization-event.entity.js'
import type { EventType } from './event-types.js'

/** Long enough for a receiver that was down for weeks. */
export const eventsKeptMs = 30 * 24 * 3600_000
const pruneEveryMs = 3600_000

/** An authorization as it stands from now on. */
interface About extends Pick<
  AuthorizationEventEntity,
  'companyId' | 'applicationId' | 'status' | 'generation' | 'endReason'
> {
  id: string
  mintedVaultKey: string | null
}

interface Happened {
  type: EventType
  refreshExpiresAt?: Date
}

interface Surroundings {
  database: Database
  clock: Clock
}

/** What others are told of authorizations: noted with the change itself, and put into one order when it is committed. */
export class EventService {
  constructor(private readonly on: Surroundings) {}

  /** In the transaction of the change, with the authorization held. */
  async note(manager: EntityManager, about: About, { type, refreshExpiresAt }: Happened): Promise<void> {
    const { id: authorizationId, companyId, applicationId, status, generation, endReason } = about
    const at = this.on.clock()
    await manager.insert(AuthorizationEventEntity, {
      id: newId(at),
      position: null,
      type,
      ...{ companyId, applicationId, authorizationId, status, generation, endReason },
      // Minted at the first opt-in, before which nothing happens that anybody is told of.
      vaultKey: about.mintedVaultKey ?? '',
      refreshExpiresAt: refreshExpiresAt ?? null,
      at,
    })
  }

  isAnythingUnnumbered(): Promise<boolean> {
    return this.on.database.reader.existsBy(AuthorizationEventEntity, { position: IsNull() })
  }

  /**
   * Gives committed events their places, so that whoever has read up to a place has missed nothing: numbers of the
   * database are given before the commit, and those would leave gaps that fill up later. One process at a time.
   */
  async number(manager: EntityManager, most: number): Promise<AuthorizationEventEntity[]> {
    const events = await manager.find(AuthorizationEventEntity, {
      where: { position: IsNull() },
      order: { number: 'ASC' },
      take: most,
    })
    let { head: position } = await placesOf(manager)
    for (const event of events) {
      event.position = ++position
      await manager.update(AuthorizationEventEntity, { number: event.number }, { position })
    }
    return events
  }

  /** All but the last, from which the places go on. */
  async prune(): Promise<void> {
    const { database, clock } = this.on
    const now = clock()
    if (!(await takeTurn(database, { name: 'events.prune', now, ms: pruneEveryMs }))) return
    const at = timeBefore(new Date(now.getTime() - eventsKeptMs))
    await database.inTransaction(async (manager) => {
      const { head } = await placesOf(manager)
      await manager.delete(AuthorizationEventEntity, { at, position: LessThan(head) })
    })
  }
}

/** The place of the last event that has one, and of the first that is kept. */
export async function placesOf(manager: EntityManager): Promise<{ head: number; first: number }> {
  const row = await manager
    .createQueryBuilder(AuthorizationEventEntity, 'event')
    .select('MAX(event.position)', 'head')
    .addSelect('MIN(event.position)', 'first')
    .getRawOne<{ head: number | null; first: number | null }>()
  return { head: row?.head ?? 0, first: row?.first ?? 1 }
}
