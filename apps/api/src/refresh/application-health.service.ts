import type { OAuthError } from '@optin-hub/oauth-client'
import { IsNull, MoreThan, Or, type EntityManager } from 'typeorm'
import { applicationIds, type ApplicationId } from '../application/applications.js'
import type { Alarms } from '../alarms.js'
import type { AuditService } from '../audit/audit.service.js'
import { isAhead, type Clock } from '../clock.js'
import { timeAfter, timeUntil } from '../db/columns.js'
import { heldRow, type Database } from '../db/transaction.js'
import type { Logger } from '../log.js'
import { ApplicationHealthEntity } from './application-health.entity.js'
import { longestPauseMs, pausedUntil } from './refresh-policy.js'

/** How long one probe keeps others from asking: UPS answers within that, or the next one may try. */
const probeMs = 40_000
const rateWindowMs = 1000
/** With so many in a row, and no answer between, it is not the fault of one authorization. */
const failuresOfAnOutage = 3
/** Refreshes per second and application that the sweep may begin, all processes together; callers are not held up by it. */
const sweepRate = 20

interface Surroundings {
  database: Database
  clock: Clock
  random: () => number
  audit: AuditService
  alarms: Alarms
  log: Pick<Logger, 'error' | 'warn' | 'info'>
}

/** A breaker for each application, in the database: what one process learns of UPS, all of them heed. */
export class ApplicationHealthService {
  constructor(private readonly on: Surroundings) {}

  /** Makes the five rows, so that later they are only ever updated. */
  async prepare(): Promise<void> {
    await this.on.database.inTransaction(async (manager) => {
      for (const applicationId of applicationIds) {
        await manager
          .createQueryBuilder()
          .insert()
          .into(ApplicationHealthEntity)
          .values({ applicationId, failures: 0, rateWindowCount: 0 })
          .orIgnore()
          .execute()
      }
    })
  }

  /** Whether UPS may be asked now. After a pause the first to come is the probe, and the others wait for its result. */
  async mayAsk(manager: EntityManager, applicationId: ApplicationId): Promise<boolean> {
    const health = await manager.findOneBy(ApplicationHealthEntity, { applicationId })
    const now = this.on.clock()
    if (!health?.pausedUntil) return true
    if (isAhead(health.pausedUntil, now, longestPauseMs)) return false
    const probeUntil = new Date(now.getTime() + probeMs)
    const { affected } = await manager.update(
      ApplicationHealthEntity,
      { applicationId, probeUntil: Or(IsNull(), timeUntil(now), timeAfter(probeUntil)) },
      { probeUntil },
    )
    return affected === 1
  }

  /**
   * An outage is one incident: what was sent before the pause began does not lengthen it. Answers whether it is one, and
   * not the fault of this authorization.
   */
  async failed(
    manager: EntityManager,
    attempt: { applicationId: ApplicationId; startedAt: Date },
    error: OAuthError,
  ): Promise<boolean> {
    // Something is odd about this one request: it says nothing of the other companies.
    if (error.code === 'REQUEST_REFUSED') return false
    const { applicationId } = attempt
    const health = await manager.findOne(ApplicationHealthEntity, {
      where: { applicationId },
      ...heldRow(manager),
    })
    const now = this.on.clock()
    if (!health || (health.pausedUntil && health.pausedUntil > attempt.startedAt))
      return (health?.failures ?? 0) >= failuresOfAnOutage
    const isOurFault = error.failure === 'application'
    const failures = health.failures + 1
    const incident = { failures, isOurFault, retryAfterMs: error.retryAfterMs }
    await manager.update(
      ApplicationHealthEntity,
      { applicationId },
      {
        failures,
        failingSince: health.failingSince ?? now,
        problemCode: error.code,
        pausedUntil: pausedUntil(now, incident, this.on.random()),
        probeUntil: null,
        ...(isOurFault && !health.alarmedAt && { alarmedAt: now }),
      },
    )
    if (isOurFault && !health.alarmedAt) await this.#alarm(manager, applicationId, error)
    return failures >= failuresOfAnOutage
  }

  /** UPS answered as it should: the incident is over. Writes only where there was one. */
  async worked(manager: EntityManager, applicationId: ApplicationId): Promise<void> {
    const { affected } = await manager.update(
      ApplicationHealthEntity,
      { applicationId, failures: MoreThan(0) },
      {
        failures: 0,
        failingSince: null,
        problemCode: null,
        pausedUntil: null,
        probeUntil: null,
        alarmedAt: null,
      },
    )
    if (!affected) return
    await this.on.alarms.end(manager, { kind: 'APPLICATION_REFUSED', applicationId })
    this.on.log.info({ application: applicationId }, 'UPS serves this application again')
  }

  /** How many refreshes the sweep may begin for this application now, at most `wanted`. */
  async takeRate(manager: EntityManager, applicationId: ApplicationId, wanted: number): Promise<number> {
    const health = await manager.findOne(ApplicationHealthEntity, {
      where: { applicationId },
      ...heldRow(manager),
    })
    const now = this.on.clock()
    if (!health) return 0
    // While paused, one at a time is enough: it will be the probe, or learn that it may not ask.
    const limit = health.pausedUntil ? (isAhead(health.pausedUntil, now, longestPauseMs) ? 0 : 1) : sweepRate
    const isFresh =
      !health.rateWindowAt || Math.abs(now.getTime() - health.rateWindowAt.getTime()) >= rateWindowMs
    const taken = isFresh ? 0 : health.rateWindowCount
    const given = Math.max(0, Math.min(wanted, limit - taken))
    if (given > 0) {
      await manager.update(
        ApplicationHealthEntity,
        { applicationId },
        { rateWindowAt: isFresh ? now : health.rateWindowAt, rateWindowCount: taken + given },
      )
    }
    return given
  }

  /** Whether nobody should ask UPS for this application just now. */
  async isPaused(applicationId: ApplicationId): Promise<boolean> {
    const health = await this.find(applicationId)
    return isAhead(health?.pausedUntil ?? null, this.on.clock(), longestPauseMs)
  }

  find(applicationId: ApplicationId): Promise<ApplicationHealthEntity | null> {
    return this.on.database.reader.findOneBy(ApplicationHealthEntity, { applicationId })
  }

  /** Once an incident (design: alarms): all companies of this application are affected, and only an operator can help. */
  async #alarm(manager: EntityManager, applicationId: ApplicationId, error: OAuthError): Promise<void> {
    this.on.log.error(
      { err: error, application: applicationId },
      'alarm: UPS refuses this application; check its client id and secret',
    )
    await this.on.alarms.raise(manager, { kind: 'APPLICATION_REFUSED', applicationId })
    await this.on.audit.record(manager, {
      name: 'application.refused',
      applicationId,
      details: { code: error.code },
    })
  }
}
