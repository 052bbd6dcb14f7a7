import type { SelectQueryBuilder } from 'typeorm'
import { applicationFacts } from '../application/applications.js'
import type { Clock } from '../clock.js'
import { checkPageSize, countLimit, toConnection, type PageRequest } from '../connection.js'
import type { CountedConnection } from '../connection-type.js'
import { requireViewer, type RequestContext } from '../context.js'
import type { Cursors } from '../cursor.js'
import type { Database } from '../db/transaction.js'
import { can } from '../permissions.js'
import type { UserService } from '../user/user.service.js'
import { InvitationEntity } from './invitation.entity.js'
import type { InvitationType } from './invitation.type.js'

interface Surroundings {
  database: Database
  clock: Clock
  cursors: Cursors
  users: UserService
}

/** Invitations that could still be used, newest first, for those who could withdraw them. */
export class InvitationListService {
  constructor(private readonly on: Surroundings) {}

  async ofCompany(
    context: RequestContext,
    companyId: string,
    page: PageRequest,
  ): Promise<CountedConnection<InvitationType>> {
    const may = can(requireViewer(context), 'member.invite', companyId)
    const scope = `invitations ${companyId}`
    const query = this.#open(companyId, may)
    const first = checkPageSize(page.first)
    if (page.after !== null)
      query.andWhere('open.id < :after', { after: this.on.cursors.open(scope, page.after)[0] })
    const rows = await query
      .orderBy('open.id', 'DESC')
      .take(first + 1)
      .getMany()
    const shown = await this.toTypes(rows)
    const count = async () =>
      (await this.#open(companyId, may).select('open.id').take(countLimit).getMany()).length
    return { ...toConnection(shown, page, ({ id }) => this.on.cursors.seal(scope, [id])), count }
  }

  async toTypes(rows: readonly InvitationEntity[]): Promise<InvitationType[]> {
    const ids = rows.flatMap(({ invitedById, acceptedById }) => [invitedById, acceptedById ?? invitedById])
    const people = new Map((await this.on.users.findMany(ids)).map((person) => [person.id, person]))
    return rows.map(
      ({ id, email, role, applicationId, createdAt, expiresAt, invitedById, acceptedById }) => ({
        id,
        email,
        role,
        application: applicationId && applicationFacts(applicationId),
        createdAt,
        expiresAt,
        invitedBy: people.get(invitedById) ?? null,
        acceptedBy: (acceptedById && people.get(acceptedById)) || null,
      }),
    )
  }

  /** One that was accepted to authorize can still be withdrawn until the authorization is given. */
  #open(companyId: string, may: boolean): SelectQueryBuilder<InvitationEntity> {
    return this.on.database.reader
      .createQueryBuilder(InvitationEntity, 'open')
      .where(may ? 'open.companyId = :companyId' : '1 = 0', { companyId })
      .andWhere('open.withdrawnAt IS NULL AND open.usedAt IS NULL')
      .andWhere('(open.acceptedAt IS NULL OR open.applicationId IS NOT NULL)')
      .andWhere('open.expiresAt > :now', { now: this.on.clock().getTime() })
  }
}
