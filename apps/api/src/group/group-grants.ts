import type { EntityManager } from 'typeorm'
import type { Viewer } from '../permissions.js'
import { effectiveRoles, type CompanyGrant } from './effective-roles.js'
import { GroupCompanyEntity } from './group-company.entity.js'
import { GroupMemberEntity } from './group-member.entity.js'
import { GroupEntity } from './group.entity.js'

/** What this person's groups give: one statement, since every request of a signed-in person asks. */
function groupGrantsOf(manager: EntityManager, userId: string): Promise<CompanyGrant[]> {
  return manager
    .createQueryBuilder(GroupMemberEntity, 'belongs')
    .innerJoin(GroupEntity, 'team', 'team.id = belongs.groupId')
    .innerJoin(GroupCompanyEntity, 'given', 'given.groupId = belongs.groupId')
    .where('belongs.userId = :userId', { userId })
    .select('given.companyId', 'companyId')
    .addSelect('team.role', 'role')
    .getRawMany<CompanyGrant>()
}

/** A viewer with what groups give added to the memberships. */
export async function withGroups(direct: Viewer, manager: EntityManager): Promise<Viewer> {
  const own = [...direct.companyRoles].map(([companyId, role]) => ({ companyId, role }))
  const given = await groupGrantsOf(manager, direct.userId)
  return { ...direct, companyRoles: effectiveRoles([...own, ...given]) }
}
