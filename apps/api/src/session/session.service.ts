import { Secret } from '@optin-hub/oauth-client'
import { In, Not, type EntityManager, type SelectQueryBuilder } from 'typeorm'
import type { AuditService } from '../audit/audit.service.js'
import type { Clock } from '../clock.js'
import { timeBefore } from '../db/columns.js'
import type { Database } from '../db/transaction.js'
import type { KeyedHash } from '../keyed-hash.js'
import { SessionEntity } from './session.entity.js'

const minute = 60_000
/** S-57. */
export const idleLimitMs = 30 * minute
export const absoluteLimitMs = 12 * 60 * minute
/** How long a password that was given counts as fresh (S-66). */
const freshMs = 10 * minute
/** How stale `lastSeenAt` may be, so that reading does not write each time. */
const seenEveryMs = minute

interface Surroundings {
  database: Database
  clock: Clock
  hash: KeyedHash
  randomBytes: (size: number) => Buffer
  audit: AuditService
  /** The same browser goes on under another id: whatever is bound to the session goes along. */
  onRenewed: (manager: EntityManager, formerId: string, id: string) => Promise<void>
}

export interface FoundSession {
  id: string
  userId: string
  isFresh: boolean
}

/** Sessions as such: begun, found, ended. Who may begin one is decided in `sign-in.service.ts`. */
export class SessionService {
  constructor(private readonly on: Surroundings) {}

  /** Always a new id, at re-authentication too: one that somebody learned before is worth nothing now (S-56). */
  async begin(
    manager: EntityManager,
    session: { userId: string; address: string; createdAt?: Date },
  ): Promise<Secret> {
    const secret = Secret.of(this.on.randomBytes(32).toString('base64url'))
    const now = this.on.clock()
    await manager.insert(SessionEntity, {
      createdAt: now,
      ...session,
      id: this.idOf(secret),
      lastSeenAt: now,
      authenticatedAt: now,
    })
    return secret
  }

  /** In the place of one that ends, which others may have to follow: what was begun 12 hours ago ends then all the same. */
  async renew(manager: EntityManager, sessionId: string, address: string): Promise<Secret | null> {
    const row = await manager.findOneBy(SessionEntity, { id: sessionId })
    if (!row) return null
    await manager.delete(SessionEntity, { id: sessionId })
    const { userId, createdAt } = row
    const secret = await this.begin(manager, { userId, address, createdAt })
    await this.on.onRenewed(manager, sessionId, this.idOf(secret))
    return secret
  }

  /** Destroyed on the server: a copy of the cookie is worth nothing afterwards (S-58). */
  async signOut(sessionId: string, requestId: string): Promise<void> {
    await this.on.database.inTransaction(async (manager) => {
      const row = await manager.findOneBy(SessionEntity, { id: sessionId })
      if (!row) return
      await manager.delete(SessionEntity, { id: sessionId })
      await this.on.audit.record(manager, { name: 'session.ended', actorId: row.userId, requestId })
    })
  }

  /** All of a person's, or all but one; answers how many there were. */
  async endAll(manager: EntityManager, userId: string, exceptId: string | null = null): Promise<number> {
    const { affected } = await manager.delete(SessionEntity, {
      userId,
      ...(exceptId !== null && { id: Not(exceptId) }),
    })
    return affected ?? 0
  }

  /** While it lasts. */
  async find(sessionId: string): Promise<FoundSession | null> {
    const row = await this.#alive(this.on.database.reader, sessionId)
    if (!row) return null
    const now = this.on.clock()
    if (now.getTime() - row.lastSeenAt.getTime() >= seenEveryMs) {
      await this.on.database.inTransaction((manager) =>
        manager.update(SessionEntity, { id: sessionId }, { lastSeenAt: now }),
      )
    }
    const isFresh = now.getTime() - row.authenticatedAt.getTime() < freshMs
    return { id: row.id, userId: row.userId, isFresh }
  }

  async isAlive(manager: EntityManager, sessionId: string): Promise<boolean> {
    return (await this.#alive(manager, sessionId)) !== null
  }

  /** Which of them last still, for those who look without being asked: nobody used them now. */
  async aliveAmong(ids: readonly string[]): Promise<string[]> {
    const rows = await this.on.database.reader.findBy(SessionEntity, { id: In([...ids]) })
    const now = this.on.clock()
    return rows.filter((row) => isAlive(row, now)).map(({ id }) => id)
  }

  /** When somebody's sessions began, from where, and when they were last used; nothing that would let anybody in. */
  async timesOf(userId: string): Promise<Pick<SessionEntity, 'createdAt' | 'lastSeenAt' | 'address'>[]> {
    const rows = await this.on.database.reader.findBy(SessionEntity, { userId })
    return rows.map(({ createdAt, lastSeenAt, address }) => ({ createdAt, lastSeenAt, address }))
  }

  /** In how many browsers anybody is signed in. */
  count(): Promise<number> {
    return this.#allAlive().getCount()
  }

  /** In how many browsers each of these people is signed in. */
  async countsOf(userIds: readonly string[]): Promise<Map<string, number>> {
    const rows = await this.#allAlive()
      .select('session.userId', 'userId')
      .addSelect('COUNT(*)', 'count')
      .andWhere({ userId: In([...userIds]) })
      .groupBy('session.userId')
      .getRawMany<{ userId: string; count: number | string }>()
    return new Map(rows.map(({ userId, count }) => [userId, Number(count)]))
  }

  idOf(session: Secret): string {
    return this.on.hash('session', session.reveal())
  }

  async forgetExpired(): Promise<void> {
    const now = this.on.clock().getTime()
    await this.on.database.inTransaction(async (manager) => {
      await manager.delete(SessionEntity, { createdAt: timeBefore(new Date(now - absoluteLimitMs)) })
      await manager.delete(SessionEntity, { lastSeenAt: timeBefore(new Date(now - idleLimitMs)) })
    })
  }

  #allAlive(): SelectQueryBuilder<SessionEntity> {
    const now = this.on.clock().getTime()
    return this.on.database.reader
      .createQueryBuilder(SessionEntity, 'session')
      .where('session.lastSeenAt > :idle AND session.createdAt > :absolute', {
        idle: now - idleLimitMs,
        absolute: now - absoluteLimitMs,
      })
  }

  async #alive(manager: EntityManager, sessionId: string): Promise<SessionEntity | null> {
    const row = await manager.findOneBy(SessionEntity, { id: sessionId })
    return row && isAlive(row, this.on.clock()) ? row : null
  }
}

export const isAlive = (row: SessionEntity, at: Date): boolean =>
  at.getTime() - row.lastSeenAt.getTime() < idleLimitMs &&
  at.getTime() - row.createdAt.getTime() < absoluteLimitMs
