import { Brackets, In } from 'typeorm'
import type { ApplicationId } from '../application/applications.js'
import { AuthorizationEntity } from '../authorization/authorization.entity.js'
import type { Clock } from '../clock.js'
import type { Database } from '../db/transaction.js'
import type { ApplicationHealthService } from './application-health.service.js'
import type { RefreshService } from './refresh.service.js'

const batch = 20
const atOnce = 8
/** A killed or paused process loses what it took in hand after this (S-193). */
const claimMs = 30_000

interface Surroundings {
  database: Database
  clock: Clock
  health: ApplicationHealthService
  refreshes: RefreshService
  onError: (error: unknown, authorizationId: string) => void
}

/** One tick: takes in hand what is due, most urgent first and within the rate of each application, and refreshes it. */
export async function sweep(on: Surroundings): Promise<number> {
  const claimed: string[] = []
  for (const applicationId of await dueApplications(on)) claimed.push(...(await claim(on, applicationId)))
  const waiting = [...claimed]
  const worker = async (): Promise<void> => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      try {
        await on.refreshes.refresh({ authorizationId: id, cause: 'AHEAD_OF_EXPIRY' })
      } catch (error) {
        on.onError(error, id)
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return claimed.length
}

async function dueApplications({ database, clock }: Surroundings): Promise<ApplicationId[]> {
  const rows: { applicationId: ApplicationId }[] = await database.reader
    .createQueryBuilder(AuthorizationEntity, 'due')
    .select('due.applicationId', 'applicationId')
    .distinct()
    .where('due.nextRefreshAt <= :now', { now: clock().getTime() })
    .getRawMany()
  return rows.map(({ applicationId }) => applicationId)
}

async function claim(on: Surroundings, applicationId: ApplicationId): Promise<string[]> {
  return on.database.inTransaction(async (manager) => {
    const allowed = await on.health.takeRate(manager, applicationId, batch)
    if (allowed === 0) return []
    const now = on.clock()
    const query = manager
      .createQueryBuilder(AuthorizationEntity, 'due')
      .select('due.id')
      .where('due.applicationId = :applicationId AND due.nextRefreshAt <= :now', {
        applicationId,
        now: now.getTime(),
      })
      .andWhere(
        new Brackets((free) => free.where('due.claimedUntil IS NULL').orWhere('due.claimedUntil <= :now')),
      )
      .orderBy('due.urgentAt')
      .limit(allowed)
    // Several processes claim at once on Postgres; on SQLite the transaction has the file to itself.
    if (on.database.kind === 'postgres') query.setLock('pessimistic_write').setOnLocked('skip_locked')
    const ids = (await query.getMany()).map(({ id }) => id)
    if (ids.length > 0) {
      const claimedUntil = new Date(now.getTime() + claimMs)
      await manager.update(AuthorizationEntity, { id: In(ids) }, { claimedUntil })
    }
    return ids
  })
}
