import DataLoader from 'dataloader'
import type { SelectQueryBuilder } from 'typeorm'
import { CompanyEntity } from '../company/company.entity.js'
import type { PageRequest } from '../connection.js'
import type { CountedConnection } from '../connection-type.js'
import { requireViewer, type RequestContext } from '../context.js'
import type { Cursors } from '../cursor.js'
import { oneOf } from '../db/one-of.js'
import type { Database } from '../db/transaction.js'
import { keysetPage } from '../keyset-page.js'
import { can, type Viewer } from '../permissions.js'
import { UserEntity } from '../user/user.entity.js'
import { GroupCompanyEntity } from './group-company.entity.js'
import { GroupMemberEntity } from './group-member.entity.js'
import { GroupEntity } from './group.entity.js'
import { groupErrors } from './group.errors.js'
import type { GroupStanding } from './group-standing.js'
import { tiesOf } from './group-ties.js'

interface Surroundings {
  database: Database
  cursors: Cursors
}

/** Groups as those see them whom they concern: their members, and the admins of their companies. */
export class GroupListService {
  constructor(private readonly on: Surroundings) {}

  async list(context: RequestContext, page: PageRequest): Promise<CountedConnection<GroupEntity>> {
    const viewer = requireViewer(context)
    return keysetPage(this.on.cursors, page, {
      all: () => this.#visible(viewer),
      alias: 'team',
      key: 'nameKey',
      scope: 'groups',
    })
  }

  find(context: RequestContext, id: string): Promise<GroupEntity | null> {
    return this.#visible(requireViewer(context)).andWhere('team.id = :id', { id }).getOne()
  }

  async membersOf(
    context: RequestContext,
    group: GroupEntity,
    page: PageRequest,
  ): Promise<CountedConnection<UserEntity>> {
    const { id } = group
    if ((await this.standingOf(context, group)) === 'NONE') throw groupErrors.GROUP_NOT_FOUND()
    const belonging = () => {
      const query = this.on.database.reader.createQueryBuilder(UserEntity, 'person')
      const ids = query
        .subQuery()
        .select('belongs.userId')
        .from(GroupMemberEntity, 'belongs')
        .where('belongs.groupId = :groupId')
      return query.where(`person.id IN ${ids.getQuery()}`, { groupId: id })
    }
    return keysetPage(this.on.cursors, page, {
      all: belonging,
      alias: 'person',
      key: 'signInNameKey',
      scope: `group members ${id}`,
    })
  }

  /** Those that the viewer may see: an admin of one company learns nothing of the others in the group. */
  async companiesOf(
    context: RequestContext,
    { id }: GroupEntity,
    page: PageRequest,
  ): Promise<CountedConnection<CompanyEntity>> {
    const given = () => {
      const query = this.on.database.reader.createQueryBuilder(CompanyEntity, 'company')
      const ids = query
        .subQuery()
        .select('given.companyId')
        .from(GroupCompanyEntity, 'given')
        .where('given.groupId = :groupId')
      query.where(`company.id IN ${ids.getQuery()}`, { groupId: id })
      return context.onlyVisibleCompanies(query, 'company')
    }
    return keysetPage(this.on.cursors, page, {
      all: given,
      alias: 'company',
      key: 'nameKey',
      scope: `group companies ${id}`,
    })
  }

  standingOf(context: RequestContext, group: GroupEntity): Promise<GroupStanding> {
    const viewer = requireViewer(context)
    const loader = context.memo(
      `groupStanding ${viewer.userId}`,
      () =>
        new DataLoader<GroupEntity, GroupStanding>(async (groups) => {
          const ties = await tiesOf(this.on.database.reader, viewer, groups)
          return groups.map(({ id }) => ties.get(id)?.standing ?? 'NONE')
        }),
    )
    return loader.load(group)
  }

  /** `group-standing.ts` as a condition: what it answers anything but NONE for. */
  #visible(viewer: Viewer): SelectQueryBuilder<GroupEntity> {
    const query = this.on.database.reader.createQueryBuilder(GroupEntity, 'team')
    const given = query
      .subQuery()
      .select('given.groupId')
      .from(GroupCompanyEntity, 'given')
      .innerJoin(CompanyEntity, 'company', 'company.id = given.companyId AND company.removedAt IS NULL')
    const isFilled = `team.id IN ${given.getQuery()}`
    const adminOf = [...viewer.companyRoles.keys()].filter((id) => can(viewer, 'group.manage', id))
    const ours = oneOf(query.connection, 'given.companyId', { adminOf })
    const isOurs = `team.id IN ${given.where(ours.condition).getQuery()}`
    const belongs = query
      .subQuery()
      .select('belongs.groupId')
      .from(GroupMemberEntity, 'belongs')
      .where('belongs.userId = :userId')
    const ways = [`team.id IN ${belongs.getQuery()}`, `(team.keeperId = :userId AND NOT ${isFilled})`, isOurs]
    return query.where(`(${ways.join(' OR ')})`, { userId: viewer.userId, ...ours.parameters })
  }
}
