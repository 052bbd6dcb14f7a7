import type { EntityManager } from 'typeorm'
import type { AuditService } from '../audit/audit.service.js'
import type { Clock } from '../clock.js'
import { checkPageSize, countLimit, toConnection, type Connection, type PageRequest } from '../connection.js'
import { requireViewer, type RequestContext } from '../context.js'
import type { Cursors } from '../cursor.js'
import type { Database } from '../db/transaction.js'
import { SessionEntity } from './session.entity.js'
import { sessionErrors } from './session.errors.js'
import { absoluteLimitMs, idleLimitMs, type SessionService } from './session.service.js'
import type { SessionType } from './session.type.js'

interface Surroundings {
  database: Database
  clock: Clock
  cursors: Cursors
  audit: AuditService
  sessions: SessionService
}

/** One's own sessions: where one is signed in, and the end of what one does not know (S-67). */
export class SessionListService {
  constructor(private readonly on: Surroundings) {}

  async list(context: RequestContext, page: PageRequest): Promise<Connection<SessionType>> {
    const { userId } = requireViewer(context)
    const scope = `sessions ${userId}`
    const query = this.#alive(userId)
    if (page.after !== null) {
      const [at, id] = this.on.cursors.open(scope, page.after)
      query.andWhere('(session.createdAt < :at OR (session.createdAt = :at AND session.id < :id))', {
        at,
        id,
      })
    }
    const rows = await query
      .orderBy('session.createdAt', 'DESC')
      .addOrderBy('session.id', 'DESC')
      .take(checkPageSize(page.first) + 1)
      .getMany()
    const shown = rows.map((row) => ({ ...row, isCurrent: row.id === context.sessionId }))
    return toConnection(shown, page, ({ createdAt, id }) =>
      this.on.cursors.seal(scope, [createdAt.getTime(), id]),
    )
  }

  async count(context: RequestContext): Promise<number> {
    const { userId } = requireViewer(context)
    return (await this.#alive(userId).select('session.id').take(countLimit).getMany()).length
  }

  async end(context: RequestContext, id: string): Promise<void> {
    const { userId } = requireViewer(context)
    await this.on.database.inTransaction(async (manager) => {
      const { affected } = await manager.delete(SessionEntity, { id, userId })
      if (affected !== 1) throw sessionErrors.SESSION_NOT_FOUND()
      await this.#record(manager, context, 1)
    })
  }

  async endOthers(context: RequestContext): Promise<void> {
    const { userId } = requireViewer(context)
    await this.on.database.inTransaction(async (manager) => {
      const count = await this.on.sessions.endAll(manager, userId, context.sessionId)
      if (count > 0) await this.#record(manager, context, count)
    })
  }

  #alive(userId: string) {
    const now = this.on.clock().getTime()
    return this.on.database.reader
      .createQueryBuilder(SessionEntity, 'session')
      .where('session.userId = :userId', { userId })
      .andWhere('session.lastSeenAt > :idle AND session.createdAt > :absolute', {
        idle: now - idleLimitMs,
        absolute: now - absoluteLimitMs,
      })
  }

  #record(manager: EntityManager, context: RequestContext, count: number): Promise<void> {
    const { viewer, requestId } = context
    const actorId = viewer?.userId ?? null
    return this.on.audit.record(manager, { name: 'session.ended', actorId, requestId, details: { count } })
  }
}
