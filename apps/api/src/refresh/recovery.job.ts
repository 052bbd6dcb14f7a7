import { IsNull } from 'typeorm'
import type { ApplicationId } from '../application/applications.js'
import { AuthorizationEntity } from '../authorization/authorization.entity.js'
import type { Clock } from '../clock.js'
import { timeUntil } from '../db/columns.js'
import type { Database } from '../db/transaction.js'
import type { Logger } from '../log.js'
import { RefreshAttemptEntity } from './refresh-attempt.entity.js'
import type { RefreshService } from './refresh.service.js'
import type { SpillFolder } from './spill.js'

const batch = 100
/** A living owner has renewed its lease, or settled, by then. */
const leaseLapsedMs = 20_000

interface Surroundings {
  database: Database
  clock: Clock
  refreshes: RefreshService
  log: Pick<Logger, 'error' | 'warn'>
}

/** At start, before anything else asks UPS: pairs that an earlier process could only save to a file (S-27). */
export async function drainSpill({
  refreshes,
  spill,
  log,
}: Pick<Surroundings, 'refreshes' | 'log'> & { spill: SpillFolder }): Promise<void> {
  const waiting = await spill.read((name) =>
    log.error({ event: name }, 'a spill file cannot be read; it was left as it is'),
  )
  for (const each of waiting) await refreshes.storeSpilled(each)
}

/**
 * Intents without an outcome whose owner is gone: each is tried once more with the token that is stored, and reported as
 * lost in rotation if UPS refuses that (S-25). A try that gets no answer either leaves the intent as it is, for the next.
 */
export async function recover(on: Surroundings, applicationId: ApplicationId): Promise<number> {
  const before = new Date(on.clock().getTime() - leaseLapsedMs)
  const inDoubt = await on.database.reader.find(RefreshAttemptEntity, {
    where: { applicationId, settledAt: IsNull(), startedAt: timeUntil(before) },
    order: { startedAt: 'ASC' },
    take: batch,
  })
  for (const attempt of inDoubt) await settle(on, attempt)
  return inDoubt.length
}

async function settle(
  { database, clock, refreshes, log }: Surroundings,
  attempt: RefreshAttemptEntity,
): Promise<void> {
  const { authorizationId, generation, id } = attempt
  const authorization = await database.reader.findOneBy(AuthorizationEntity, { id: authorizationId })
  const isCurrent = authorization?.status === 'AUTHORIZED' && authorization.generation === generation
  if (!isCurrent) {
    await database.inTransaction((manager) =>
      manager.update(
        RefreshAttemptEntity,
        { id, settledAt: IsNull() },
        { settledAt: clock(), outcome: 'SUPERSEDED' },
      ),
    )
    return
  }
  if (authorization.leaseUntil && authorization.leaseUntil > clock()) return
  log.warn({ authorizationId, attemptId: id }, 'a refresh was in doubt; it is tried once more')
  await refreshes.refresh({ authorizationId, cause: attempt.cause })
}
