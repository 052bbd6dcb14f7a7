import type { Clock } from '../clock.js'
import { takeTurn } from '../db/lease.js'
import { timeBefore } from '../db/columns.js'
import type { Database } from '../db/transaction.js'
import { renewalsSince, runningOutFrom, statesNow, type Buckets } from './figure-counts.js'
import { dayMs, hourMs, pastDays, pastHours, startOf } from './figure-policy.js'
import { FigureEntity, type FigureKind } from './figure.entity.js'

const countedEveryMs = 5 * 60_000

/** Counts the whole installation for the plots: one process at a time, none of it inside a transaction. */
export class CountFiguresJob {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async tick(): Promise<void> {
    const now = this.clock()
    if (!(await takeTurn(this.database, { name: 'figures', now, ms: countedEveryMs }))) return
    const rows = [
      ...(await this.#states(now)),
      ...(await this.#renewals(now)),
      ...figuresOf('RUNNING_OUT', await runningOutFrom(this.database.reader, null, now)),
    ]
    const [oldest] = pastDays(now) as [Date]
    await this.database.inTransaction(async (manager) => {
      await manager.delete(FigureEntity, { kind: 'RUNNING_OUT' })
      await manager.delete(FigureEntity, { at: timeBefore(oldest) })
      if (rows.length > 0) await manager.upsert(FigureEntity, rows, ['id'])
    })
  }

  async #states(now: Date): Promise<FigureEntity[]> {
    const today = startOf(now, dayMs)
    const counts = await statesNow(this.database.reader)
    const kinds = ['AUTHORIZED', 'REAUTHORIZATION_REQUIRED', 'NOT_AUTHORIZED'] as const
    return kinds.map((kind) => figure(kind, today, counts.get(kind) ?? 0))
  }

  /** From the hour that was counted last, which was not over then; after a rest, all that is shown. */
  async #renewals(now: Date): Promise<FigureEntity[]> {
    const [first] = pastHours(now) as [Date]
    const [last] = await this.database.reader.find(FigureEntity, {
      where: { kind: 'RENEWED' },
      order: { at: 'DESC' },
      take: 1,
    })
    const since = Math.max(first.getTime(), last?.at.getTime() ?? 0)
    const { renewed, failed } = await renewalsSince(this.database.reader, null, new Date(since))
    const present = startOf(now, hourMs)
    // The present hour is written even if it is empty: the next count begins there.
    return [
      figure('RENEWED', present, renewed.get(present) ?? 0),
      ...figuresOf('RENEWED', renewed).filter(({ at }) => at.getTime() !== present),
      ...figuresOf('FAILED', failed),
    ]
  }
}

const figuresOf = (kind: FigureKind, buckets: Buckets): FigureEntity[] =>
  [...buckets].map(([at, count]) => figure(kind, at, count))

const figure = (kind: FigureKind, at: number, count: number): FigureEntity =>
  Object.assign(new FigureEntity(), { id: `${kind} ${at}`, kind, at: new Date(at), count })
