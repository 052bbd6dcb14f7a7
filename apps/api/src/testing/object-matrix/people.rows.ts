import { forPeople, type ObjectRow, type Row, type Verdicts } from './row.js'
import { adminOf, groupOf, memberOf, type Owner, type Scene, type Target } from './scene.js'

/** An operator has no part in groups, which are of companies. */
const admins: Verdicts = {
  ...forPeople,
  'viewer of A': { A: 'FORBIDDEN' },
  'admin of A': { A: 'answer' },
  'admin of B': { B: 'answer' },
}

async function anotherGroup(scene: Scene, owner: Owner): Promise<Target> {
  const target = scene.targets[owner]
  return { ...target, ...(await groupOf(scene.world, scene.browserOf(adminOf[owner]), { owner, ...target })) }
}

let newcomers = 0

async function anotherMember(scene: Scene, owner: Owner): Promise<Target> {
  const target = scene.targets[owner]
  newcomers += 1
  return { ...target, memberId: await memberOf(scene.world, `newcomer.${newcomers}`, target.companyId) }
}

const ofGroup = (
  document: string,
  more: (target: Target) => object = () => ({}),
  verdicts: Verdicts = admins,
): ObjectRow => ({
  document,
  variables: (target) => ({ input: { id: target.groupId, ...more(target) } }),
  verdicts,
  ends: anotherGroup,
})

const ofMembers = (name: string, field: 'userId' | 'companyId'): ObjectRow => ({
  document: `mutation ($input: ${field === 'userId' ? 'GroupMemberInput' : 'GroupCompanyInput'}!) { ${name}(input: $input) { id } }`,
  variables: ({ groupId, memberId, companyId }) => ({
    input: { groupId, ...(field === 'userId' ? { userId: memberId } : { companyId }) },
  }),
  verdicts: admins,
  ends: anotherGroup,
})

const byId = (name: string, verdicts: Verdicts): ObjectRow => ({
  document: `mutation ($id: ID!) { ${name}(id: $id) }`,
  variables: ({ groupId: id }) => ({ id }),
  verdicts,
  ends: anotherGroup,
})

export const peopleRows: Readonly<Record<string, Row>> = {
  'Query.groups': {
    document: '{ groups { edges { node { id name } } } }',
    verdicts: forPeople,
    otherwise: 'answer',
  },
  'Query.group': {
    document: 'query ($id: ID!) { group(id: $id) { id name } }',
    variables: ({ groupId: id }) => ({ id }),
    verdicts: { ...admins, 'viewer of A': { A: 'answer' } },
  },
  'Mutation.createGroup': {
    document: 'mutation ($input: CreateGroupInput!) { createGroup(input: $input) { id } }',
    variables: { input: { name: 'One more group', role: 'VIEWER' } },
    verdicts: forPeople,
    otherwise: 'answer',
  },
  'Mutation.renameGroup': ofGroup(
    'mutation ($input: RenameGroupInput!) { renameGroup(input: $input) { id } }',
    () => ({ name: 'Another name' }),
  ),
  'Mutation.changeGroupRole': ofGroup(
    'mutation ($input: ChangeGroupRoleInput!) { changeGroupRole(input: $input) { id } }',
    () => ({ role: 'ADMIN' }),
  ),
  'Mutation.deleteGroup': byId('deleteGroup', admins),
  // Members only: an admin who is none has nothing to leave.
  'Mutation.leaveGroup': byId('leaveGroup', { ...forPeople, 'viewer of A': { A: 'answer' } }),
  'Mutation.addGroupMember': ofMembers('addGroupMember', 'userId'),
  'Mutation.removeGroupMember': ofMembers('removeGroupMember', 'userId'),
  'Mutation.addGroupCompany': ofMembers('addGroupCompany', 'companyId'),
  'Mutation.removeGroupCompany': ofMembers('removeGroupCompany', 'companyId'),
  'Mutation.changeMemberRole': {
    document: 'mutation ($input: ChangeMemberRoleInput!) { changeMemberRole(input: $input) { id } }',
    variables: ({ companyId, memberId: userId }) => ({ input: { companyId, userId, role: 'VIEWER' } }),
    // An operator sees who acts for a company, and has no part in it.
    verdicts: {
      ...admins,
      'solution admin': { A: 'FORBIDDEN', B: 'FORBIDDEN' },
      'invitee of A': { A: 'FORBIDDEN' },
    },
    ends: anotherMember,
  },
  'Mutation.removeMember': {
    document: 'mutation ($input: RemoveMemberInput!) { removeMember(input: $input) }',
    variables: ({ companyId, memberId: userId }) => ({ input: { companyId, userId } }),
    // An operator sees who acts for a company, and has no part in it.
    verdicts: {
      ...admins,
      'solution admin': { A: 'FORBIDDEN', B: 'FORBIDDEN' },
      'invitee of A': { A: 'FORBIDDEN' },
    },
    ends: anotherMember,
  },
}
