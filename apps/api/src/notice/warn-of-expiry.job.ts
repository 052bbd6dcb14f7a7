import type { EntityManager } from 'typeorm'
import { AuthorizationEntity } from '../authorization/authorization.entity.js'
import type { AuthorizationService } from '../authorization/authorization.service.js'
import type { Clock } from '../clock.js'
import { takeTurn } from '../db/lease.js'
import type { Database } from '../db/transaction.js'
import { TokenSetEntity } from '../vault/token-set.entity.js'
import { adminsOf } from './company-admins.js'
import { stageOf, warningDays } from './expiry-policy.js'
import type { NoticeService } from './notice.service.js'

const day = 24 * 3600_000
const everyMs = 3600_000
const batch = 500

interface Surroundings {
  database: Database
  clock: Clock
  notices: NoticeService
  authorizations: AuthorizationService
}

type RunningOut = Pick<
  TokenSetEntity,
  'authorizationId' | 'generation' | 'refreshIssuedAt' | 'refreshExpiresAt'
>

/**
 * Refresh tokens that are near their end although the hub should have renewed them by now. As a rule there are none: one is
 * renewed when half its life is over.
 */
export class WarnOfExpiryJob {
  constructor(private readonly on: Surroundings) {}

  /** Once an hour, in one process. */
  async tick(): Promise<void> {
    const now = this.on.clock()
    if (!(await takeTurn(this.on.database, { name: 'expiry-notices', now, ms: everyMs }))) return
    let last: RunningOut | null = null
    do {
      const page: RunningOut[] = await this.#page(now, last)
      await this.on.database.inTransaction((manager) => this.#note(manager, page, now))
      last = page.length === batch ? (page.at(-1) ?? null) : null
    } while (last)
  }

  #page(now: Date, last: RunningOut | null): Promise<RunningOut[]> {
    const horizon = now.getTime() + Math.max(...warningDays) * day
    const query = this.on.database.reader
      .createQueryBuilder(TokenSetEntity, 'pair')
      .select(['pair.authorizationId', 'pair.generation', 'pair.refreshIssuedAt', 'pair.refreshExpiresAt'])
      .where('pair.refreshExpiresAt > :now AND pair.refreshExpiresAt <= :horizon', {
        now: now.getTime(),
        horizon,
      })
    if (last)
      query.andWhere(
        '(pair.refreshExpiresAt > :at OR (pair.refreshExpiresAt = :at AND pair.authorizationId > :id))',
        { at: last.refreshExpiresAt.getTime(), id: last.authorizationId },
      )
    return query.orderBy('pair.refreshExpiresAt').addOrderBy('pair.authorizationId').limit(batch).getMany()
  }

  async #note(manager: EntityManager, page: readonly RunningOut[], now: Date): Promise<void> {
    const due = page.flatMap((pair) => {
      const stage = stageOf(pair, now)
      return stage === null ? [] : [{ ...pair, occasion: stage }]
    })
    if (due.length === 0) return
    for (const { authorizationId: id, generation, refreshExpiresAt } of due)
      await this.on.authorizations.markAtRisk(manager, { id, generation }, refreshExpiresAt)
    const authorizations = await manager
      .createQueryBuilder(AuthorizationEntity, 'authorization')
      .where(`authorization.id IN (:...ids) AND authorization.status = 'AUTHORIZED'`, {
        ids: due.map(({ authorizationId }) => authorizationId),
      })
      .getMany()
    if (authorizations.length === 0) return
    const admins = await adminsOf(manager, [...new Set(authorizations.map(({ companyId }) => companyId))])
    const told = authorizations.flatMap((authorization) => {
      const occasion = due.find(({ authorizationId }) => authorizationId === authorization.id)?.occasion
      const userIds = admins.get(authorization.companyId) ?? []
      return occasion ? [{ authorization, userIds, kind: 'EXPIRES_SOON' as const, occasion }] : []
    })
    await this.on.notices.note(manager, told)
  }
}
