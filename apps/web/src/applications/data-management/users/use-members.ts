import { computed, ref, watch } from 'vue'
import { graphql } from '../../../graphql/generated/gql'
import type { ApplicationId, CompanyMembersQuery } from '../../../graphql/generated/graphql'
import { useAnswer } from '../../../graphql/use-answer'
import { useVerb } from '../../../graphql/use-verb'
import { refusals } from './words'
import type { Reauthentication } from '../../../features/session/use-reauthentication'
import { useSession } from '../../../features/session/use-session'

type Company = NonNullable<CompanyMembersQuery['company']>
export type { ApplicationId }
export type Member = Company['members']['edges'][number]['node']
export type Invitation = Company['invitations']['edges'][number]['node']

const firstPage = 25
const longestPage = 100

const membersQuery = graphql(`
  query CompanyMembers($companyId: ID!, $first: Int!) {
    company(id: $companyId) {
      id
      name
      authorizations {
        id
        application {
          id
          name
        }
      }
      members(first: $first) {
        edges {
          node {
            user {
              id
              displayName
              signInName
            }
            role
            directRole
            email
            groups {
              id
              name
            }
          }
        }
        totalCount
      }
      invitations(first: 100) {
        edges {
          node {
            id
            email
            role
            application {
              id
              name
            }
            expiresAt
            acceptedBy {
              id
              displayName
            }
          }
        }
      }
    }
  }
`)

const changeRoleMutation = graphql(`
  mutation ChangeMemberRole($input: ChangeMemberRoleInput!) {
    changeMemberRole(input: $input) {
      id
    }
  }
`)

const removeMutation = graphql(`
  mutation RemoveMember($input: RemoveMemberInput!) {
    removeMember(input: $input)
  }
`)

const inviteMutation = graphql(`
  mutation InviteUser($input: InviteUserInput!) {
    inviteUser(input: $input) {
      id
    }
  }
`)

const inviteToAuthorizeMutation = graphql(`
  mutation InviteToAuthorize($input: InviteToAuthorizeInput!) {
    inviteToAuthorize(input: $input) {
      id
    }
  }
`)

const withdrawMutation = graphql(`
  mutation WithdrawInvitation($id: ID!) {
    withdrawInvitation(id: $id)
  }
`)

/**
 * Who may act for one company, and who is invited to. Before it gives anybody a right, the hub may want the password once
 * more: `freshly` asks for it.
 */
export function useMembers(companyId: () => string | null, freshly: Reauthentication['freshly']) {
  const session = useSession()
  const first = ref(firstPage)
  watch(companyId, () => (first.value = firstPage))
  const { result, failure, look, loading } = useAnswer(
    membersQuery,
    () => ({ companyId: companyId() ?? '', first: first.value }),
    () => ({ enabled: companyId() !== null }),
  )
  // The answer for the company before stays in `result` until the next one is there.
  const company = computed(() => (result.value?.company?.id === companyId() ? result.value?.company : null))
  const members = computed(() => company.value?.members.edges.map(({ node }) => node) ?? [])

  const changing = useVerb(changeRoleMutation, refusals)
  const removing = useVerb(removeMutation, refusals)
  const inviting = useVerb(inviteMutation, refusals)
  const asking = useVerb(inviteToAuthorizeMutation, refusals)
  const withdrawing = useVerb(withdrawMutation)

  /** One's own rights may have changed with it. */
  async function done(answer: unknown): Promise<boolean> {
    await session.refresh()
    await look()
    return answer !== null
  }

  return {
    company,
    members,
    invitations: computed(() => company.value?.invitations.edges.map(({ node }) => node) ?? []),
    hasMore: computed(
      () => (company.value?.members.totalCount ?? 0) > members.value.length && first.value < longestPage,
    ),
    showMore: () => (first.value = longestPage),
    isLoading: computed(() => loading.value && !company.value),
    failure,
    forgetFailures() {
      for (const verb of [changing, removing, inviting, asking, withdrawing]) verb.failure.value = null
    },
    changing,
    changeRole: async (userId: string, role: 'VIEWER' | 'ADMIN') => {
      const input = { companyId: companyId() ?? '', userId, role }
      return done(await freshly(() => changing.run({ input }), changing.failure))
    },
    removing,
    remove: async (userId: string) =>
      done(await removing.run({ input: { companyId: companyId() ?? '', userId } })),
    inviting,
    invite: async (email: string, role: 'VIEWER' | 'ADMIN') => {
      const input = { companyId: companyId() ?? '', email, role }
      return done(await freshly(() => inviting.run({ input }), inviting.failure))
    },
    asking,
    ask: async (email: string, application: ApplicationId) => {
      const input = { companyId: companyId() ?? '', email, application }
      return done(await freshly(() => asking.run({ input }), asking.failure))
    },
    withdrawing,
    withdraw: async (id: string) => done(await withdrawing.run({ id })),
  }
}
