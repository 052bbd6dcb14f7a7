import { Secret } from '@optin-hub/oauth-client'
import type { EntityManager } from 'typeorm'
import type { AuditService } from '../audit/audit.service.js'
import type { Clock } from '../clock.js'
import { timeBefore } from '../db/columns.js'
import type { Database } from '../db/transaction.js'
import type { KeyedHash } from '../keyed-hash.js'
import type { UserEntity } from '../user/user.entity.js'
import type { UserService } from '../user/user.service.js'
import { isPassword, nobodysHash } from './password.js'
import { SessionEntity } from './session.entity.js'
import { sessionErrors } from './session.errors.js'

const minute = 60_000
/** S-57. */
export const idleLimitMs = 30 * minute
export const absoluteLimitMs = 12 * 60 * minute
/** How stale `lastSeenAt` may be, so that reading does not write each time. */
const seenEveryMs = minute

interface Surroundings {
  database: Database
  clock: Clock
  hash: KeyedHash
  randomBytes: (size: number) => Buffer
  users: UserService
  audit: AuditService
}

interface Credentials {
  signInName: string
  password: string
  requestId: string
}

export class SessionService {
  constructor(private readonly on: Surroundings) {}

  /** One answer for an unknown name and a wrong password, after the same work (S-60). */
  async signIn(credentials: Credentials): Promise<{ session: Secret; user: UserEntity }> {
    const { requestId } = credentials
    const user = await this.on.users.findBySignInName(credentials.signInName)
    const isRight = await isPassword(credentials.password, user?.passwordHash ?? (await nobodysHash))
    if (!user || !isRight) {
      await this.on.database.inTransaction((manager) =>
        this.on.audit.record(manager, { name: 'session.refused', actorId: user?.id ?? null, requestId }),
      )
      throw sessionErrors.SIGN_IN_REFUSED()
    }
    const session = Secret.of(this.on.randomBytes(32).toString('base64url'))
    const now = this.on.clock()
    await this.on.database.inTransaction(async (manager) => {
      const id = this.idOf(session)
      await manager.insert(SessionEntity, { id, userId: user.id, createdAt: now, lastSeenAt: now })
      await this.on.audit.record(manager, { name: 'session.began', actorId: user.id, requestId })
    })
    return { session, user }
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

  /** Whose session this is, while it lasts. */
  async userOf(sessionId: string): Promise<string | null> {
    const row = await this.#alive(this.on.database.reader, sessionId)
    if (!row) return null
    const now = this.on.clock()
    if (now.getTime() - row.lastSeenAt.getTime() >= seenEveryMs) {
      await this.on.database.inTransaction((manager) =>
        manager.update(SessionEntity, { id: sessionId }, { lastSeenAt: now }),
      )
    }
    return row.userId
  }

  async isAlive(manager: EntityManager, sessionId: string): Promise<boolean> {
    return (await this.#alive(manager, sessionId)) !== null
  }

  idOf(session: Secret): string {
    return this.on.hash('session', session.reveal())
  }

  async forgetExpired(): Promise<void> {
    const before = new Date(this.on.clock().getTime() - absoluteLimitMs)
    await this.on.database.inTransaction((manager) =>
      manager.delete(SessionEntity, { createdAt: timeBefore(before) }),
    )
  }

  async #alive(manager: EntityManager, sessionId: string): Promise<SessionEntity | null> {
    const row = await manager.findOneBy(SessionEntity, { id: sessionId })
    if (!row) return null
    const now = this.on.clock().getTime()
    const isOver =
      now - row.lastSeenAt.getTime() >= idleLimitMs || now - row.createdAt.getTime() >= absoluteLimitMs
    return isOver ? null : row
  }
}
