import type { Reauthentication } from '../../../features/session/use-reauthentication'
import { useSession } from '../../../features/session/use-session'
import { graphql } from '../../../graphql/generated/gql'
import type { GroupFieldsFragment } from '../../../graphql/generated/graphql'
import { useList } from '../../../graphql/use-list'
import { useOneOf, useVerb } from '../../../graphql/use-verb'

export type Group = GroupFieldsFragment
export type Role = 'VIEWER' | 'ADMIN'

// With all its people and companies a group is a long entry: more of them at once would be refused.
const page = 10

graphql(`
  fragment GroupFields on Group {
    id
    name
    role
    isManageable
    members(first: 100) {
      edges {
        node {
          id
          displayName
          signInName
        }
      }
    }
    companies(first: 100) {
      edges {
        node {
          id
          name
        }
      }
    }
  }
`)

const groupsQuery = graphql(`
  query Groups($first: Int!, $after: String) {
    groups(first: $first, after: $after) {
      edges {
        node {
          ...GroupFields
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)

const createMutation = graphql(`
  mutation CreateGroup($input: CreateGroupInput!) {
    createGroup(input: $input) {
      id
    }
  }
`)

// The role first: where the hub refuses that, it does not come to the name.
const changeMutation = graphql(`
  mutation ChangeGroup($rename: RenameGroupInput!, $role: ChangeGroupRoleInput!) {
    changeGroupRole(input: $role) {
      id
    }
    renameGroup(input: $rename) {
      id
    }
  }
`)

const deleteMutation = graphql(`
  mutation DeleteGroup($id: ID!) {
    deleteGroup(id: $id)
  }
`)

const leaveMutation = graphql(`
  mutation LeaveGroup($id: ID!) {
    leaveGroup(id: $id)
  }
`)

const addMemberMutation = graphql(`
  mutation AddGroupMember($input: GroupMemberInput!) {
    addGroupMember(input: $input) {
      id
    }
  }
`)

const removeMemberMutation = graphql(`
  mutation RemoveGroupMember($input: GroupMemberInput!) {
    removeGroupMember(input: $input) {
      id
    }
  }
`)

const addCompanyMutation = graphql(`
  mutation AddGroupCompany($input: GroupCompanyInput!) {
    addGroupCompany(input: $input) {
      id
    }
  }
`)

const removeCompanyMutation = graphql(`
  mutation RemoveGroupCompany($input: GroupCompanyInput!) {
    removeGroupCompany(input: $input) {
      id
    }
  }
`)

/**
 * The groups that concern the viewer, and the verbs on them. After each the list and one's own rights are read again. Before
 * it gives anybody a right, the hub may want the password once more: `freshly` asks for it.
 */
export function useGroups(freshly: Reauthentication['freshly']) {
  const session = useSession()
  const { nodes: groups, look, ...list } = useList('groups', groupsQuery, { variables: { first: page } })

  const verbs = {
    create: useVerb(createMutation),
    change: useVerb(changeMutation),
    delete: useVerb(deleteMutation),
    leave: useVerb(leaveMutation),
    addMember: useVerb(addMemberMutation),
    removeMember: useVerb(removeMemberMutation),
    addCompany: useVerb(addCompanyMutation),
    removeCompany: useVerb(removeCompanyMutation),
  }
  const { isBusy, failure: verbFailure, forget: forgetFailures } = useOneOf(verbs)

  async function done(answer: Promise<unknown>): Promise<boolean> {
    const isDone = (await answer) !== null
    await session.refresh()
    await look()
    return isDone
  }

  return {
    ...list,
    groups,
    isBusy,
    verbFailure,
    forgetFailures,
    create: (name: string, role: Role) => done(verbs.create.run({ input: { name, role } })),
    change: (id: string, name: string, role: Role) =>
      done(
        freshly(() => verbs.change.run({ rename: { id, name }, role: { id, role } }), verbs.change.failure),
      ),
    delete: (id: string) => done(verbs.delete.run({ id })),
    leave: (id: string) => done(verbs.leave.run({ id })),
    addMember: (groupId: string, userId: string) =>
      done(freshly(() => verbs.addMember.run({ input: { groupId, userId } }), verbs.addMember.failure)),
    removeMember: (groupId: string, userId: string) =>
      done(verbs.removeMember.run({ input: { groupId, userId } })),
    addCompany: (groupId: string, companyId: string) =>
      done(freshly(() => verbs.addCompany.run({ input: { groupId, companyId } }), verbs.addCompany.failure)),
    removeCompany: (groupId: string, companyId: string) =>
      done(verbs.removeCompany.run({ input: { groupId, companyId } })),
  }
}
