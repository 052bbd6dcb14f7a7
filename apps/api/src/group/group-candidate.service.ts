import type { SelectQueryBuilder } from 'typeorm'
import { nameKey } from '../company/company-fields.js'
import { CompanyEntity } from '../company/company.entity.js'
import type { PageRequest } from '../connection.js'
import type { CountedConnection } from '../connection-type.js'
import { requireViewer, type RequestContext } from '../context.js'
import type { Cursors } from '../cursor.js'
import { begins } from '../db/begins.js'
import { oneOf } from '../db/one-of.js'
import type { Database } from '../db/transaction.js'
import { keysetPage } from '../keyset-page.js'
import { can, type Action, type Viewer } from '../permissions.js'
import { MembershipEntity } from '../user/membership.entity.js'
import { displayNameKey, UserEntity } from '../user/user.entity.js'
import { GroupCompanyEntity } from './group-company.entity.js'
import { GroupMemberEntity } from './group-member.entity.js'
import type { GroupEntity } from './group.entity.js'
import type { GroupListService } from './group-list.service.js'

interface Surroundings {
  database: Database
  cursors: Cursors
  groupLists: GroupListService
}

export interface CandidateSearch extends PageRequest {
  search: string | null
}

/** Whom and what the viewer may put into a group, and what is not in it yet; for others than its managers there is nothing. */
export class GroupCandidateService {
  constructor(private readonly on: Surroundings) {}

  /** As `addMember` rules it: those who act for a company that the viewer is an admin of, and the viewer. */
  async people(
    context: RequestContext,
    group: GroupEntity,
    asked: CandidateSearch,
  ): Promise<CountedConnection<UserEntity>> {
    const viewer = requireViewer(context)
    const manages = await this.#manages(context, group)
    const known = () => {
      const query = this.on.database.reader.createQueryBuilder(UserEntity, 'person')
      if (!manages) return query.where('1 = 0')
      const ours = oneOf(query.connection, 'company.id', { ours: companiesFor(viewer, 'member.change') })
      const direct = query
        .subQuery()
        .select('membership.userId')
        .from(MembershipEntity, 'membership')
        .innerJoin(CompanyEntity, 'company', 'company.id = membership.companyId')
        .where(`company.removedAt IS NULL AND ${ours.condition}`)
      const byGroup = query
        .subQuery()
        .select('belongs.userId')
        .from(GroupMemberEntity, 'belongs')
        .innerJoin(GroupCompanyEntity, 'given', 'given.groupId = belongs.groupId')
        .innerJoin(CompanyEntity, 'company', 'company.id = given.companyId')
        .where(`company.removedAt IS NULL AND ${ours.condition}`)
      const ways = [`person.id IN ${direct.getQuery()}`, `person.id IN ${byGroup.getQuery()}`]
      const keys = ['person.signInNameKey', 'person.displayNameKey', 'person.emailKey']
      const found = begins(keys, displayNameKey(asked.search ?? ''))
      return query
        .where(`(${ways.join(' OR ')} OR person.id = :userId)`)
        .andWhere('person.disabledAt IS NULL AND person.erasedAt IS NULL')
        .andWhere(`person.id NOT IN ${presentIn(query, GroupMemberEntity, 'userId')}`)
        .andWhere(found.condition)
        .setParameters({ ...ours.parameters, ...found.parameters, userId: viewer.userId, groupId: group.id })
    }
    return keysetPage(this.on.cursors, asked, {
      all: known,
      alias: 'person',
      key: 'signInNameKey',
      scope: `group people ${group.id} ${asked.search ?? ''}`,
    })
  }

  async companies(
    context: RequestContext,
    group: GroupEntity,
    asked: CandidateSearch,
  ): Promise<CountedConnection<CompanyEntity>> {
    const viewer = requireViewer(context)
    const manages = await this.#manages(context, group)
    const own = () => {
      const query = this.on.database.reader.createQueryBuilder(CompanyEntity, 'company')
      if (!manages) return query.where('1 = 0')
      const ours = oneOf(query.connection, 'company.id', { ours: companiesFor(viewer, 'group.manage') })
      const found = begins(['company.nameKey'], nameKey(asked.search ?? ''))
      return query
        .where(`company.removedAt IS NULL AND ${ours.condition}`)
        .andWhere(`company.id NOT IN ${presentIn(query, GroupCompanyEntity, 'companyId')}`)
        .andWhere(found.condition)
        .setParameters({ ...ours.parameters, ...found.parameters, groupId: group.id })
    }
    return keysetPage(this.on.cursors, asked, {
      all: own,
      alias: 'company',
      key: 'nameKey',
      scope: `group offers ${group.id} ${asked.search ?? ''}`,
    })
  }

  async #manages(context: RequestContext, group: GroupEntity): Promise<boolean> {
    return (await this.on.groupLists.standingOf(context, group)) === 'MANAGES'
  }
}

const companiesFor = (viewer: Viewer, action: Action): string[] =>
  [...viewer.companyRoles.keys()].filter((id) => can(viewer, action, id))

function presentIn(
  query: SelectQueryBuilder<object>,
  entity: typeof GroupMemberEntity | typeof GroupCompanyEntity,
  column: 'userId' | 'companyId',
): string {
  const present = query.subQuery().select(`present.${column}`).from<object>(entity, 'present')
  return present.where('present.groupId = :groupId').getQuery()
}
