import { In, type EntityManager } from 'typeorm'
import type { AuthorizationEntity } from '../authorization/authorization.entity.js'
import type { Clock } from '../clock.js'
import { timeBefore } from '../db/columns.js'
import { newId } from '../db/new-id.js'
import type { Database } from '../db/transaction.js'
import { adminsOf } from './company-admins.js'
import { NoticeEntity, type NoticeKind } from './notice.entity.js'

/** Longer than a refresh token lives, so that nobody is told the same thing twice. */
const keptMs = 200 * 24 * 3600_000

type About = Pick<AuthorizationEntity, 'id' | 'companyId' | 'applicationId'>

interface Told {
  authorization: About
  userIds: readonly string[]
  kind: NoticeKind
  occasion: string
}

interface Surroundings {
  database: Database
  clock: Clock
}

/** What people are to be told: noted in the transaction of what has happened, and sent by a job. */
export class NoticeService {
  constructor(private readonly on: Surroundings) {}

  /** Only a person can mend it. */
  async ended(manager: EntityManager, authorization: AuthorizationEntity): Promise<void> {
    const admins = await adminsOf(manager, [authorization.companyId])
    const userIds = admins.get(authorization.companyId) ?? []
    await this.note(manager, [{ authorization, userIds, kind: 'ENDED', occasion: occasionOf(authorization) }])
  }

  /** An answer of UPS that came late has saved it: whoever was told that it had ended is told that it has not. */
  async recovered(manager: EntityManager, authorization: AuthorizationEntity): Promise<void> {
    const occasion = occasionOf(authorization)
    const told = await manager.findBy(NoticeEntity, {
      authorizationId: authorization.id,
      kind: 'ENDED',
      occasion,
      outcome: 'SENT',
    })
    const userIds = told.map(({ userId }) => userId)
    await this.note(manager, [{ authorization, userIds, kind: 'RECOVERED', occasion }])
  }

  /** What somebody has been told already is left out. */
  async note(manager: EntityManager, told: readonly Told[]): Promise<void> {
    const now = this.on.clock()
    const rows = told.flatMap(({ authorization, userIds, kind, occasion }) => {
      const { id: authorizationId, companyId, applicationId } = authorization
      const about = { authorizationId, companyId, applicationId, kind, occasion }
      return userIds.map((userId) => ({ id: newId(now), userId, ...about, createdAt: now }))
    })
    if (rows.length === 0) return
    await manager.createQueryBuilder().insert().into(NoticeEntity).values(rows).orIgnore().execute()
  }

  async forgetOld(): Promise<void> {
    const before = timeBefore(new Date(this.on.clock().getTime() - keptMs))
    await this.on.database.inTransaction((manager) => manager.delete(NoticeEntity, { createdAt: before }))
  }

  async settle(
    manager: EntityManager,
    notices: readonly NoticeEntity[],
    outcome: NoticeEntity['outcome'],
  ): Promise<void> {
    if (notices.length === 0) return
    const ids = notices.map(({ id }) => id)
    await manager.update(NoticeEntity, { id: In(ids) }, { outcome, settledAt: this.on.clock() })
  }
}

export const occasionOf = ({ generation }: Pick<AuthorizationEntity, 'generation'>): string =>
  `generation ${generation}`
