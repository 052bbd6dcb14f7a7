import { In, type SelectQueryBuilder } from 'typeorm'
import type { PageRequest } from '../connection.js'
import type { CountedConnection } from '../connection-type.js'
import { requireViewer, type RequestContext } from '../context.js'
import type { Cursors } from '../cursor.js'
import type { Database } from '../db/transaction.js'
import { keysetPage } from '../keyset-page.js'
import { can, type CompanyRole, type Viewer } from '../permissions.js'
import { MembershipEntity } from '../user/membership.entity.js'
import { UserEntity } from '../user/user.entity.js'
import type { CompanyMember } from './company-member.type.js'
import { effectiveRoles } from './effective-roles.js'
import { GroupCompanyEntity } from './group-company.entity.js'
import { GroupMemberEntity } from './group-member.entity.js'
import { GroupEntity } from './group.entity.js'
import { tiesOf } from './group-ties.js'

interface Surroundings {
  database: Database
  cursors: Cursors
}

interface ByGroup {
  userId: string
  group: GroupEntity
}

/** Who may act for a company, and whence: a membership of their own, groups, or both. */
export class CompanyMemberService {
  constructor(private readonly on: Surroundings) {}

  /** For those who may view the company; to others it answers as a company without anybody. */
  async list(
    context: RequestContext,
    companyId: string,
    page: PageRequest,
  ): Promise<CountedConnection<CompanyMember>> {
    const viewer = requireViewer(context)
    const { edges, pageInfo, count } = await keysetPage(this.on.cursors, page, {
      all: () => this.#people(viewer, companyId),
      alias: 'person',
      key: 'signInNameKey',
      scope: `members ${companyId}`,
    })
    const members = await this.#members(
      viewer,
      companyId,
      edges.map(({ node }) => node),
    )
    return {
      edges: edges.flatMap(({ cursor }, index) => {
        const node = members[index]
        return node ? [{ cursor, node }] : []
      }),
      pageInfo,
      count,
    }
  }

  /** A person's own address is for those who decide about the person. */
  emailOf(context: RequestContext, member: CompanyMember): string | null {
    return can(requireViewer(context), 'member.viewEmail', member.companyId) ? member.user.email : null
  }

  async #members(viewer: Viewer, companyId: string, people: UserEntity[]): Promise<CompanyMember[]> {
    const ids = people.map(({ id }) => id)
    const direct = await this.on.database.reader.findBy(MembershipEntity, { companyId, userId: In(ids) })
    const directRoles = new Map(direct.map(({ userId, role }) => [userId, role]))
    const byGroup = await this.#byGroup(companyId, ids)
    const groups = [...new Map(byGroup.map(({ group }) => [group.id, group])).values()]
    const ties = await tiesOf(this.on.database.reader, viewer, groups)
    return people.map((user) => {
      const given = byGroup.filter(({ userId }) => userId === user.id).map(({ group }) => group)
      const directRole = directRoles.get(user.id) ?? null
      return {
        user,
        companyId,
        directRole,
        role: highest([...(directRole ? [directRole] : []), ...given.map(({ role }) => role)]),
        groups: given.filter(({ id }) => ties.get(id)?.standing !== 'NONE'),
      }
    })
  }

  async #byGroup(companyId: string, userIds: string[]): Promise<ByGroup[]> {
    const belonging = await this.on.database.reader
      .createQueryBuilder(GroupMemberEntity, 'belongs')
      .innerJoin(GroupCompanyEntity, 'given', 'given.groupId = belongs.groupId')
      .where({ userId: In(userIds) })
      .andWhere('given.companyId = :companyId', { companyId })
      .getMany()
    const ids = belonging.map(({ groupId }) => groupId)
    const groups = await this.on.database.reader.find(GroupEntity, {
      where: { id: In(ids) },
      order: { nameKey: 'ASC', id: 'ASC' },
    })
    return groups.flatMap((group) =>
      belonging.filter(({ groupId }) => groupId === group.id).map(({ userId }) => ({ userId, group })),
    )
  }

  #people(viewer: Viewer, companyId: string): SelectQueryBuilder<UserEntity> {
    const query = this.on.database.reader.createQueryBuilder(UserEntity, 'person')
    if (!can(viewer, 'member.view', companyId)) return query.where('1 = 0')
    const direct = query
      .subQuery()
      .select('membership.userId')
      .from(MembershipEntity, 'membership')
      .where('membership.companyId = :companyId')
    const byGroup = query
      .subQuery()
      .select('belongs.userId')
      .from(GroupMemberEntity, 'belongs')
      .innerJoin(GroupCompanyEntity, 'given', 'given.groupId = belongs.groupId')
      .where('given.companyId = :companyId')
    return query.where(`(person.id IN ${direct.getQuery()} OR person.id IN ${byGroup.getQuery()})`, {
      companyId,
    })
  }
}

function highest(roles: CompanyRole[]): CompanyRole {
  const grants = roles.map((role) => ({ companyId: '', role }))
  return effectiveRoles(grants).get('') ?? 'VIEWER'
}
