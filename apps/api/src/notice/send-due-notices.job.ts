import { In, IsNull, type EntityManager } from 'typeorm'
import { AuthorizationEntity } from '../authorization/authorization.entity.js'
import type { Clock } from '../clock.js'
import { CompanyEntity } from '../company/company.entity.js'
import { timeAfter, timeUntil } from '../db/columns.js'
import { takeTurn } from '../db/lease.js'
import type { Database } from '../db/transaction.js'
import { noticeLetter, type NoticeLine } from '../mail/letters/notice.js'
import type { MailService } from '../mail/mail.service.js'
import { can } from '../permissions.js'
import { UserEntity } from '../user/user.entity.js'
import type { UserService } from '../user/user.service.js'
import { TokenSetEntity } from '../vault/token-set.entity.js'
import { lineOf } from './notice-line.js'
import { NoticePreferencesEntity } from './notice-preferences.entity.js'
import { NoticeEntity } from './notice.entity.js'
import type { NoticeService } from './notice.service.js'

/** One changed password at UPS.com ends many authorizations within a short while: one letter tells of all of them. */
const gatherMs = 60_000
/** And for what comes later there is no letter a minute. */
const pauseMs = 15 * 60_000
const everyMs = 20_000
const mostAtOnce = 1_000

interface Surroundings {
  database: Database
  clock: Clock
  users: UserService
  mail: MailService
  notices: NoticeService
}

export class SendDueNoticesJob {
  constructor(private readonly on: Surroundings) {}

  /** Posts a letter to each person for whom something has waited long enough; answers how many there were. */
  async tick(): Promise<number> {
    const { database, clock } = this.on
    const now = clock()
    const longEnough = timeUntil(new Date(now.getTime() - gatherMs))
    if (!(await database.reader.existsBy(NoticeEntity, { settledAt: IsNull(), createdAt: longEnough })))
      return 0
    if (!(await takeTurn(database, { name: 'notices', now, ms: everyMs }))) return 0
    const waiting = await database.reader
      .createQueryBuilder(NoticeEntity, 'notice')
      .select('notice.userId', 'userId')
      .where('notice.settledAt IS NULL AND notice.createdAt <= :before', { before: now.getTime() - gatherMs })
      .groupBy('notice.userId')
      .limit(mostAtOnce)
      .getRawMany<{ userId: string }>()
    let letters = 0
    for (const { userId } of waiting)
      if (await database.inTransaction((manager) => this.#tell(manager, userId))) letters += 1
    return letters
  }

  /** The letter and what it tells of are settled together: a process that is killed leaves both or neither. */
  async #tell(manager: EntityManager, userId: string): Promise<boolean> {
    const since = timeAfter(new Date(this.on.clock().getTime() - pauseMs))
    if (await manager.existsBy(NoticeEntity, { userId, outcome: 'SENT', settledAt: since })) return false
    const waiting = await this.#hold(manager, userId)
    const user = await manager.findOneBy(UserEntity, { id: userId })
    const wanted = await this.#wanted(manager, userId, waiting)
    const lines = await this.#lines(manager, wanted)
    const told = user?.email ? wanted.filter(({ id }) => lines.has(id)) : []
    if (user?.email && told.length > 0)
      await this.on.mail.post(manager, user.email, noticeLetter([...lines.values()]))
    await this.on.notices.settle(manager, told, 'SENT')
    const overtaken = wanted.filter((notice) => !told.includes(notice))
    await this.on.notices.settle(manager, overtaken, user?.email ? 'OVERTAKEN' : 'UNWANTED')
    const unwanted = waiting.filter((notice) => !wanted.includes(notice))
    await this.on.notices.settle(manager, unwanted, 'UNWANTED')
    return told.length > 0
  }

  #hold(manager: EntityManager, userId: string): Promise<NoticeEntity[]> {
    const query = manager
      .createQueryBuilder(NoticeEntity, 'notice')
      .where('notice.userId = :userId AND notice.settledAt IS NULL', { userId })
      .orderBy('notice.createdAt')
      .addOrderBy('notice.id')
      .limit(mostAtOnce)
    if (this.on.database.kind === 'postgres') query.setLock('pessimistic_write').setOnLocked('skip_locked')
    return query.getMany()
  }

  /** Of kinds that the person wants, about companies of which they are an admin still. */
  async #wanted(manager: EntityManager, userId: string, notices: NoticeEntity[]): Promise<NoticeEntity[]> {
    const viewer = await this.on.users.viewerOf(userId, manager)
    const chosen = await manager.findOneBy(NoticePreferencesEntity, { userId })
    return notices.filter(({ kind, companyId }) => {
      const isWanted = (kind === 'EXPIRES_SOON' ? chosen?.expiring : chosen?.ended) ?? true
      return isWanted && viewer !== null && can(viewer, 'authorization.begin', companyId)
    })
  }

  /** By the id of the notice; without what is true no more. */
  async #lines(manager: EntityManager, notices: NoticeEntity[]): Promise<Map<string, NoticeLine>> {
    const ids = In(notices.map(({ authorizationId }) => authorizationId))
    const companyIds = In(notices.map(({ companyId }) => companyId))
    const authorizations = await manager.findBy(AuthorizationEntity, { id: ids })
    const companies = await manager.findBy(CompanyEntity, { id: companyIds })
    const pairs = await manager.findBy(TokenSetEntity, { authorizationId: ids })
    const lines = new Map<string, NoticeLine>()
    for (const notice of notices) {
      const line = lineOf(notice, {
        authorization: authorizations.find(({ id }) => id === notice.authorizationId),
        company: companies.find(({ id }) => id === notice.companyId),
        tokens: pairs.find(({ authorizationId }) => authorizationId === notice.authorizationId),
      })
      if (line) lines.set(notice.id, line)
    }
    return lines
  }
}
