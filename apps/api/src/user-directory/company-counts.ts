import type { EntityManager } from 'typeorm'
import { CompanyEntity } from '../company/company.entity.js'
import { GroupCompanyEntity } from '../group/group-company.entity.js'
import { GroupMemberEntity } from '../group/group-member.entity.js'
import { MembershipEntity } from '../user/membership.entity.js'

/** For how many companies each of these people may act: one that comes by a role and by groups counts once. */
export async function companyCountsOf(
  reader: EntityManager,
  userIds: readonly string[],
): Promise<Map<string, number>> {
  if (userIds.length === 0) return new Map()
  const direct = reader
    .createQueryBuilder(MembershipEntity, 'membership')
    .select('membership.userId', 'userId')
    .addSelect('membership.companyId', 'companyId')
    .where('membership.userId IN (:...userIds)')
  const byGroup = reader
    .createQueryBuilder(GroupMemberEntity, 'belongs')
    .innerJoin(GroupCompanyEntity, 'given', 'given.groupId = belongs.groupId')
    .select('belongs.userId', 'userId')
    .addSelect('given.companyId', 'companyId')
    .where('belongs.userId IN (:...userIds)')
  const rows = await reader
    .createQueryBuilder()
    .select('acts."userId"', 'userId')
    .addSelect('COUNT(*)', 'count')
    .from(`(${direct.getQuery()} UNION ${byGroup.getQuery()})`, 'acts')
    .innerJoin(CompanyEntity, 'company', 'company.id = acts."companyId" AND company.removedAt IS NULL')
    .groupBy('acts."userId"')
    .setParameters({ userIds: [...userIds] })
    .getRawMany<{ userId: string; count: number | string }>()
  return new Map(rows.map(({ userId, count }) => [userId, Number(count)]))
}
