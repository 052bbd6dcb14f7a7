import { MoreThanOrEqual } from 'typeorm'
import type { Clock } from '../clock.js'
import { requireViewer, type RequestContext } from '../context.js'
import type { Database } from '../db/transaction.js'
import {
  changesOf,
  enrolmentsOf,
  renewalsSince,
  runningOutFrom,
  type Buckets,
  type Renewals,
} from './figure-counts.js'
import { comingDays, pastDays, pastHours, statesByDay, type StatusCounts } from './figure-policy.js'
import { FigureEntity, type FigureKind } from './figure.entity.js'
import type { Figures, StatesOfDay } from './figure.type.js'

/**
 * What the plots are drawn from. Of the whole installation it was counted by a job, so that to look costs the same whatever
 * its size; of the companies that somebody acts for it is counted when asked, from rows that belong to these alone.
 */
export class FigureService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  figures(context: RequestContext): Promise<Figures> {
    const viewer = requireViewer(context)
    return viewer.isSolutionAdmin ? this.#stored() : this.#ofCompanies([...viewer.companyRoles.keys()])
  }

  async #stored(): Promise<Figures> {
    const now = this.clock()
    const [oldest] = pastDays(now) as [Date]
    const rows = await this.database.reader.findBy(FigureEntity, {
      at: MoreThanOrEqual(oldest.getTime() as unknown as Date),
    })
    const of = (kind: FigureKind): Buckets =>
      new Map(rows.filter((row) => row.kind === kind).map(({ at, count }) => [at.getTime(), count]))
    const counted = { AUTHORIZED: of('AUTHORIZED'), REAUTHORIZATION_REQUIRED: of('REAUTHORIZATION_REQUIRED') }
    const waiting = of('NOT_AUTHORIZED')
    const states = pastDays(now)
      .filter((day) => waiting.has(day.getTime()) || counted.AUTHORIZED.has(day.getTime()))
      .map((day) =>
        statesOfDay(day, {
          AUTHORIZED: at(counted.AUTHORIZED, day),
          REAUTHORIZATION_REQUIRED: at(counted.REAUTHORIZATION_REQUIRED, day),
          NOT_AUTHORIZED: at(waiting, day),
        }),
      )
    const renewals = { renewed: of('RENEWED'), failed: of('FAILED') }
    return { states, ...series(now, renewals, of('RUNNING_OUT')) }
  }

  async #ofCompanies(companyIds: string[]): Promise<Figures> {
    const now = this.clock()
    const { reader } = this.database
    const days = pastDays(now)
    const counts = statesByDay(
      await enrolmentsOf(reader, companyIds),
      await changesOf(reader, companyIds),
      days,
    )
    const [since] = pastHours(now) as [Date]
    const renewals = await renewalsSince(reader, companyIds, since)
    const runningOut = await runningOutFrom(reader, companyIds, now)
    return {
      states: days.map((day, index) => statesOfDay(day, counts[index] as StatusCounts)),
      ...series(now, renewals, runningOut),
    }
  }
}

const at = (buckets: Buckets, moment: Date): number => buckets.get(moment.getTime()) ?? 0

const statesOfDay = (day: Date, counts: StatusCounts): StatesOfDay => ({
  day,
  authorized: counts.AUTHORIZED,
  reauthorizationRequired: counts.REAUTHORIZATION_REQUIRED,
  notAuthorized: counts.NOT_AUTHORIZED,
})

function series(now: Date, { renewed, failed }: Renewals, runningOut: Buckets): Omit<Figures, 'states'> {
  return {
    renewals: pastHours(now).map((hour) => ({ hour, renewed: at(renewed, hour), failed: at(failed, hour) })),
    runningOut: comingDays(now).map((day) => ({ day, count: at(runningOut, day) })),
  }
}
