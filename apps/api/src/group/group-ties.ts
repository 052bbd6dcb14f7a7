import { In, type EntityManager } from 'typeorm'
import { CompanyEntity } from '../company/company.entity.js'
import type { Viewer } from '../permissions.js'
import { GroupCompanyEntity } from './group-company.entity.js'
import { GroupMemberEntity } from './group-member.entity.js'
import type { GroupEntity } from './group.entity.js'
import { standingOf, type GroupStanding, type GroupTies } from './group-standing.js'

/** What decides how the viewer stands to each of the groups, in two statements however many they are. */
export async function tiesOf(
  manager: EntityManager,
  viewer: Viewer,
  groups: readonly GroupEntity[],
): Promise<Map<string, GroupTies & { standing: GroupStanding }>> {
  const ids = groups.map(({ id }) => id)
  const given = await manager
    .createQueryBuilder(GroupCompanyEntity, 'given')
    .innerJoin(CompanyEntity, 'company', 'company.id = given.companyId AND company.removedAt IS NULL')
    .where({ groupId: In(ids) })
    .getMany()
  const own = await manager.findBy(GroupMemberEntity, { userId: viewer.userId, groupId: In(ids) })
  return new Map(
    groups.map(({ id, keeperId }) => {
      const companyIds = given.filter(({ groupId }) => groupId === id).map(({ companyId }) => companyId)
      const ties = { keeperId, companyIds, isMember: own.some(({ groupId }) => groupId === id) }
      return [id, { ...ties, standing: standingOf(viewer, ties) }]
    }),
  )
}
