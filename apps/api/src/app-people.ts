import type { EntityManager } from 'typeorm'
import type { Clock } from './clock.js'
import { CompanyMemberResolver, CompanyMembersResolver } from './group/company-member.resolver.js'
import { CompanyMemberService } from './group/company-member.service.js'
import { withGroups } from './group/group-grants.js'
import { GroupCandidateResolver } from './group/group-candidate.resolver.js'
import { GroupCandidateService } from './group/group-candidate.service.js'
import { GroupListService } from './group/group-list.service.js'
import { GroupResolver } from './group/group.resolver.js'
import { GroupService } from './group/group.service.js'
import { AcceptInvitationService } from './invitation/accept-invitation.service.js'
import { authorizeRightsOf, useUpAuthorizeRight } from './invitation/authorize-rights.js'
import { InvitationListService } from './invitation/invitation-list.service.js'
import { AcceptInvitationResolver, InviteResolver } from './invitation/invitation.resolver.js'
import { InviteService } from './invitation/invite.service.js'
import { MembershipResolver } from './user/membership.resolver.js'
import { MembershipService } from './user/membership.service.js'
import type { WithOtherRights } from './user/user.service.js'

/** Everything that gives a right besides a membership. Read for each request, so that a lost right works at once. */
export const otherRights =
  (clock: Clock): WithOtherRights =>
  async (direct, manager) => ({
    ...(await withGroups(direct, manager)),
    mayAuthorize: await authorizeRightsOf(manager, direct.userId, clock()),
  })

/** What was allowed for one opt-in is used up in the transaction that completes it. */
export const usedUp =
  (clock: Clock) =>
  (manager: EntityManager, visit: Parameters<typeof useUpAuthorizeRight>[1]): Promise<void> =>
    useUpAuthorizeRight(manager, visit, clock())

type Parts = ConstructorParameters<typeof InviteService>[0] &
  ConstructorParameters<typeof GroupService>[0] &
  ConstructorParameters<typeof InvitationListService>[0]

/** Who acts for which company: by membership, by group, by invitation. */
export function createPeople(parts: Parts) {
  const memberships = new MembershipService(parts)
  const groupLists = new GroupListService(parts)
  return {
    acceptInvitations: new AcceptInvitationService({ ...parts, memberships }),
    companyMembers: new CompanyMemberService(parts),
    groupCandidates: new GroupCandidateService({ ...parts, groupLists }),
    groupLists,
    groups: new GroupService(parts),
    invitationLists: new InvitationListService(parts),
    invites: new InviteService(parts),
    memberships,
  }
}

export const peopleResolvers = (people: ReturnType<typeof createPeople>): object[] => [
  new AcceptInvitationResolver(people.acceptInvitations),
  new CompanyMemberResolver(people.companyMembers),
  new CompanyMembersResolver(people.companyMembers),
  new GroupCandidateResolver(people.groupCandidates),
  new GroupResolver(people.groups, people.groupLists),
  new InviteResolver(people.invites, people.invitationLists),
  new MembershipResolver(people.memberships),
]
