import { In, type EntityManager } from 'typeorm'
import { GroupCompanyEntity } from '../group/group-company.entity.js'
import { GroupMemberEntity } from '../group/group-member.entity.js'
import { GroupEntity } from '../group/group.entity.js'
import { MembershipEntity } from '../user/membership.entity.js'

interface CompanyAdmin {
  companyId: string
  userId: string
}

/** By a membership or by a group; each once a company. */
export async function adminsOf(
  manager: EntityManager,
  companyIds: readonly string[],
): Promise<Map<string, string[]>> {
  const direct: CompanyAdmin[] = await manager.findBy(MembershipEntity, {
    companyId: In([...companyIds]),
    role: 'ADMIN',
  })
  const byGroup = await manager
    .createQueryBuilder(GroupMemberEntity, 'belongs')
    .innerJoin(GroupEntity, 'team', `team.id = belongs.groupId AND team.role = 'ADMIN'`)
    .innerJoin(GroupCompanyEntity, 'given', 'given.groupId = belongs.groupId')
    .where('given.companyId IN (:...companyIds)', { companyIds })
    .select('given.companyId', 'companyId')
    .addSelect('belongs.userId', 'userId')
    .getRawMany<CompanyAdmin>()
  const admins = new Map<string, Set<string>>(companyIds.map((id) => [id, new Set<string>()]))
  for (const { companyId, userId } of [...direct, ...byGroup]) admins.get(companyId)?.add(userId)
  return new Map([...admins].map(([companyId, userIds]) => [companyId, [...userIds]]))
}
