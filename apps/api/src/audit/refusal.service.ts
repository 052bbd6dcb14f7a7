import type { Clock } from '../clock.js'
import type { Database } from '../db/transaction.js'
import type { DomainError, ErrorCode } from '../errors.js'
import type { Logger } from '../log.js'
import type { RequestSource } from '../request-source.js'
import type { AuditEventName } from './audit-events.js'
import type { AuditService } from './audit.service.js'

/** One record in so long for each person, API client or address, and so many for all: refusals must not fill the disk. */
const oneInMs = 60_000
const mostInAll = 60

const recorded: Partial<Record<ErrorCode, AuditEventName>> = {
  FORBIDDEN: 'access.refused',
  NOT_FOUND: 'access.refused',
  RATE_LIMITED: 'limit.reached',
}

interface Surroundings {
  database: Database
  clock: Clock
  audit: AuditService
  log: Pick<Logger, 'error'>
}

/** Who was refused what. Each process counts for itself: a few more records than one a minute do no harm. */
export class RefusalService {
  readonly #recordedAt = new Map<string, number>()
  #all = { since: 0, count: 0 }

  constructor(private readonly on: Surroundings) {}

  /** Once the answer is decided. It is a refusal already: that its record cannot be written changes nothing about it. */
  async recordAll(source: RequestSource): Promise<void> {
    for (const refusal of source.refusals.splice(0)) {
      const name = recorded[refusal.code]
      const who = source.userId ?? source.apiClientId ?? source.address
      if (name && this.#isTurnOf(`${name} ${who}`)) await this.#record(source, name, refusal)
    }
  }

  async #record(source: RequestSource, name: AuditEventName, { code, reason }: DomainError): Promise<void> {
    const { userId: actorId, requestId } = source
    try {
      await this.on.database.inTransaction((manager) =>
        this.on.audit.record(manager, { name, actorId, requestId, details: { code, reason } }),
      )
    } catch (err) {
      this.on.log.error({ err, requestId }, 'a refusal could not be recorded')
    }
  }

  #isTurnOf(who: string): boolean {
    const now = this.on.clock().getTime()
    const isOver = (since: number): boolean => Math.abs(now - since) >= oneInMs
    if (isOver(this.#all.since)) {
      this.#all = { since: now, count: 0 }
      for (const [each, at] of this.#recordedAt) if (isOver(at)) this.#recordedAt.delete(each)
    }
    const last = this.#recordedAt.get(who)
    if ((last !== undefined && !isOver(last)) || this.#all.count >= mostInAll) return false
    this.#all.count++
    this.#recordedAt.set(who, now)
    return true
  }
}
