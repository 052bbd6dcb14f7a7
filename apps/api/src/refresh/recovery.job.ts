import { In, IsNull } from 'typeorm'
import type { ApplicationId } from '../application/applications.js'
import { AuthorizationEntity } from '../authorization/authorization.entity.js'
import type { Clock } from '../clock.js'
import type { Database } from '../db/transaction.js'
import type { Logger } from '../log.js'
import type { TokenCause } from '../vault/token-history.entity.js'
import type { ApplicationHealthService } from './application-health.service.js'
import { inParallel } from './in-parallel.js'
import { RefreshAttemptEntity } from './refresh-attempt.entity.js'
import type { RefreshService } from './refresh.service.js'
import type { SpillFolder } from './spill.js'

const batch = 100
/** A living owner has renewed its lease, or settled, by then. */
const leaseLapsedMs = 20_000

interface Surroundings {
  database: Database
  clock: Clock
  health: ApplicationHealthService
  refreshes: RefreshService
  log: Pick<Logger, 'error' | 'warn'>
  onError: (error: unknown, authorizationId: string) => void
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
export async function recover(on: Surroundings, applicationId: ApplicationId): Promise<void> {
  await settleOvertaken(on, applicationId)
  if (await on.health.isPaused(applicationId)) return
  const rows: { id: string; cause: TokenCause }[] = await inDoubt(on, applicationId)
    .select('attempt.authorizationId', 'id')
    .addSelect('MIN(attempt.cause)', 'cause')
    .groupBy('attempt.authorizationId')
    .andWhere('authorization.status = :authorized AND authorization.generation = attempt.generation')
    .andWhere('(authorization.leaseUntil IS NULL OR authorization.leaseUntil <= :now)')
    .andWhere('(authorization.problemSince IS NULL OR authorization.nextRefreshAt <= :now)')
    .setParameters({ authorized: 'AUTHORIZED', now: on.clock().getTime() })
    .limit(batch)
    .getRawMany()
  const tryAgain = ({ id: authorizationId, cause }: (typeof rows)[number]): Promise<unknown> => {
    on.log.warn({ authorizationId }, 'a refresh was in doubt; it is tried once more')
    return on.refreshes.refresh({ authorizationId, cause })
  }
  await inParallel(rows, tryAgain, (error, { id }) => on.onError(error, id))
}

/** Opted out, opted in again or refreshed since: whatever came of these intents, nobody needs it. */
async function settleOvertaken(on: Surroundings, applicationId: ApplicationId): Promise<void> {
  const overtaken: { id: string }[] = await inDoubt(on, applicationId)
    .select('attempt.id', 'id')
    .andWhere('(authorization.status <> :authorized OR authorization.generation <> attempt.generation)')
    .setParameters({ authorized: 'AUTHORIZED' })
    .limit(batch)
    .getRawMany()
  if (overtaken.length === 0) return
  await on.database.inTransaction((manager) =>
    manager.update(
      RefreshAttemptEntity,
      { id: In(overtaken.map(({ id }) => id)), settledAt: IsNull() },
      { settledAt: on.clock(), outcome: 'SUPERSEDED' },
    ),
  )
}

function inDoubt(on: Surroundings, applicationId: ApplicationId) {
  const now = on.clock().getTime()
  return on.database.reader
    .createQueryBuilder(RefreshAttemptEntity, 'attempt')
    .innerJoin(AuthorizationEntity, 'authorization', 'authorization.id = attempt.authorizationId')
    .where('attempt.applicationId = :applicationId AND attempt.settledAt IS NULL', { applicationId })
    .andWhere('(attempt.startedAt <= :before OR attempt.startedAt > :after)', {
      before: now - leaseLapsedMs,
      // Begun by a clock that was wrong.
      after: now + leaseLapsedMs,
    })
}
