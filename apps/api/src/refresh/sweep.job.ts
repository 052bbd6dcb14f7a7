import { Brackets, In } from 'typeorm'
import { applicationIds, type ApplicationId } from '../application/applications.js'
import { AuthorizationEntity } from '../authorization/authorization.entity.js'
import type { Clock } from '../clock.js'
import { timeUntil } from '../db/columns.js'
import type { Database } from '../db/transaction.js'
import type { Logger } from '../log.js'
import type { ApplicationHealthService } from './application-health.service.js'
import { inParallel } from './in-parallel.js'
import { recover } from './recovery.job.js'
import type { RefreshService } from './refresh.service.js'

const batch = 20
/** A killed or paused process loses what it took in hand after this (S-193). */
const claimMs = 30_000

interface Surroundings {
  database: Database
  clock: Clock
  health: ApplicationHealthService
  refreshes: RefreshService
  log: Pick<Logger, 'error' | 'warn'>
  onError: (error: unknown, authorizationId: string) => void
}

/** One tick after the other for each application on its own, so that UPS hanging on one holds up no other (S-165). */
export class SweepJob {
  readonly #busy = new Set<ApplicationId>()

  constructor(private readonly on: Surroundings) {}

  /** Settles what is in doubt and refreshes what is due; an application that an earlier tick is still at is left alone. */
  async tick(): Promise<number> {
    const free = applicationIds.filter((id) => !this.#busy.has(id))
    const due = await Promise.all(free.map((id) => this.#tickOf(id)))
    return due.reduce((sum, count) => sum + count, 0)
  }

  async #tickOf(applicationId: ApplicationId): Promise<number> {
    this.#busy.add(applicationId)
    try {
      // Side by side: a token in doubt on which UPS hangs must not keep the others from being renewed.
      const [, due] = await Promise.all([recover(this.on, applicationId), sweep(this.on, applicationId)])
      return due
    } finally {
      this.#busy.delete(applicationId)
    }
  }
}

/** Takes in hand what is due, most urgent first and within the rate of the application, and refreshes it. */
async function sweep(on: Surroundings, applicationId: ApplicationId): Promise<number> {
  const isAnythingDue = await on.database.reader.existsBy(AuthorizationEntity, {
    applicationId,
    nextRefreshAt: timeUntil(on.clock()),
  })
  const claimed = isAnythingDue ? await claim(on, applicationId) : []
  const refresh = (authorizationId: string) =>
    on.refreshes.refresh({ authorizationId, cause: 'AHEAD_OF_EXPIRY' })
  await inParallel(claimed, refresh, on.onError)
  return claimed.length
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
        new Brackets((free) =>
          free
            .where('due.claimedUntil IS NULL')
            .orWhere('due.claimedUntil <= :now')
            // Claimed by a clock that was wrong.
            .orWhere('due.claimedUntil > :latest', { latest: now.getTime() + claimMs }),
        ),
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
