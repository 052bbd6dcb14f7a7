import { IsNull, MoreThan, Not } from 'typeorm'
import type { AlarmService } from '../alarm/alarm.service.js'
import { alarmKinds } from '../alarms.js'
import { applicationIds } from '../application/applications.js'
import { AuthorizationEntity } from '../authorization/authorization.entity.js'
import { isAhead, type Clock } from '../clock.js'
import { timeUntil } from '../db/columns.js'
import type { Database } from '../db/transaction.js'
import { QueuedLetterEntity } from '../mail/queued-letter.entity.js'
import { ApplicationHealthEntity } from '../refresh/application-health.entity.js'
import { RefreshAttemptEntity } from '../refresh/refresh-attempt.entity.js'
import { longestPauseMs } from '../refresh/refresh-policy.js'
import type { SessionService } from '../session/session.service.js'
import { tallied, type Tally, type TallyName } from '../tally.js'
import { WebhookDeliveryEntity } from '../webhook/webhook-delivery.entity.js'
import type { Metric, Sample } from './exposition.js'

/** However often it is asked, the database counts this seldom. */
const rememberedMs = 10_000

interface Surroundings {
  database: Database
  clock: Clock
  alarms: AlarmService
  sessions: SessionService
  tally: Tally
}

const gauge = (name: string, help: string, samples: readonly Sample[]): Metric => ({
  name: `optin_hub_${name}`,
  help,
  type: 'gauge',
  samples,
})

/** Not asked of a hub that no key opens: it has no database. */
export const sealedMetric = (isSealed: boolean): Metric =>
  gauge('sealed', 'Whether no key opens the database, so that nothing is served.', [
    { value: Number(isSealed) },
  ])

/** How the hub is, for its operator: counts by application and kind, none by company or person (S-176). */
export class MetricsService {
  #known: { at: number; gauges: Promise<Metric[]> } | null = null

  constructor(private readonly on: Surroundings) {}

  async all(): Promise<Metric[]> {
    return [sealedMetric(false), ...(await this.#remembered()), ...this.#counters()]
  }

  #remembered(): Promise<Metric[]> {
    const at = this.on.clock().getTime()
    if (this.#known && Math.abs(at - this.#known.at) < rememberedMs) return this.#known.gauges
    const gauges = this.#gauges()
    this.#known = { at, gauges }
    gauges.catch(() => (this.#known = null))
    return gauges
  }

  async #gauges(): Promise<Metric[]> {
    const { reader } = this.on.database
    const now = this.on.clock()
    const due = { status: 'AUTHORIZED' as const, nextRefreshAt: timeUntil(now) }
    return [
      gauge('alarm', 'Whether something is wrong that only an operator can put right.', await this.#alarms()),
      gauge('application_paused', 'Whether UPS is left alone for a while.', await this.#paused(now)),
      ...(await this.#authorizations()),
      gauge('refreshes_due', 'Authorizations whose tokens should be renewed by now.', [
        { value: await reader.countBy(AuthorizationEntity, due) },
      ]),
      gauge('refreshes_unsettled', 'Refreshes that are under way, or in doubt.', [
        { value: await reader.countBy(RefreshAttemptEntity, { settledAt: IsNull() }) },
      ]),
      gauge('letters_queued', 'Letters that wait to be sent, by whether they were tried.', [
        { labels: { tried: 'no' }, value: await this.#letters(0) },
        { labels: { tried: 'yes' }, value: await this.#letters(MoreThan(0)) },
      ]),
      gauge('webhooks_queued', 'Webhooks that wait to be sent, by whether they were tried.', [
        { labels: { tried: 'no' }, value: await this.#webhooks(0) },
        { labels: { tried: 'yes' }, value: await this.#webhooks(MoreThan(0)) },
      ]),
      gauge('sessions', 'Browsers in which somebody is signed in.', [
        { value: await this.on.sessions.count() },
      ]),
    ]
  }

  async #alarms(): Promise<Sample[]> {
    const open = await this.on.alarms.allOpen()
    return alarmKinds.map((kind) => ({
      labels: { kind: kind.toLowerCase() },
      value: open.filter((alarm) => alarm.kind === kind).length,
    }))
  }

  async #paused(now: Date): Promise<Sample[]> {
    const health = await this.on.database.reader.find(ApplicationHealthEntity)
    return applicationIds.map((applicationId) => {
      const until = health.find((each) => each.applicationId === applicationId)?.pausedUntil ?? null
      return { labels: { application: applicationId }, value: Number(isAhead(until, now, longestPauseMs)) }
    })
  }

  async #authorizations(): Promise<Metric[]> {
    const rows = await this.on.database.reader
      .createQueryBuilder(AuthorizationEntity, 'one')
      .select('one.applicationId', 'application')
      .addSelect('one.status', 'status')
      .addSelect('one.endReason', 'reason')
      .addSelect('COUNT(*)', 'count')
      .where({ withdrawnAt: IsNull() })
      .groupBy('one.applicationId')
      .addGroupBy('one.status')
      .addGroupBy('one.endReason')
      .getRawMany<{ application: string; status: string; reason: string | null; count: number | string }>()
    const by = (label: 'status' | 'reason') => {
      const sums = new Map<string, Sample>()
      for (const { application, count, [label]: text } of rows) {
        if (text === null) continue
        const value = (sums.get(`${application} ${text}`)?.value ?? 0) + Number(count)
        sums.set(`${application} ${text}`, { labels: { application, [label]: text }, value })
      }
      return [...sums.values()]
    }
    return [
      gauge('authorizations', 'Companies in applications, by how they stand.', by('status')),
      gauge('authorizations_ended', 'Those that have ended and not begun again, by why.', by('reason')),
    ]
  }

  #letters(attempts: number | ReturnType<typeof MoreThan<number>>): Promise<number> {
    return this.on.database.reader.countBy(QueuedLetterEntity, { dueAt: Not(IsNull()), attempts })
  }

  #webhooks(attempts: number | ReturnType<typeof MoreThan<number>>): Promise<number> {
    return this.on.database.reader.countBy(WebhookDeliveryEntity, { dueAt: Not(IsNull()), attempts })
  }

  #counters(): Metric[] {
    const counted = this.on.tally.all()
    return (Object.keys(tallied) as TallyName[]).map((name) => ({
      name: `optin_hub_${name}_total`,
      help: `${tallied[name]} Since this process began.`,
      type: 'counter',
      samples: counted
        .filter((one) => one.name === name)
        .map(({ labels, count }) => ({ labels, value: count })),
    }))
  }
}
