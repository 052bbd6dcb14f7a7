import { useQuery } from '@vue/apollo-composable'
import { computed } from 'vue'
import { toFailure } from '../../graphql/error-sentences'
import { graphql } from '../../graphql/generated/gql'
import type { AccountQuery } from '../../graphql/generated/graphql'
import { useVerb } from '../../graphql/use-verb'

export type Account = NonNullable<AccountQuery['viewer']>
export type OwnSession = NonNullable<Account['sessions']>['edges'][number]['node']

const accountQuery = graphql(`
  query Account {
    viewer {
      id
      signInName
      displayName
      email
      sessions(first: 50) {
        totalCount
        edges {
          node {
            id
            createdAt
            lastSeenAt
            address
            isCurrent
          }
        }
      }
    }
  }
`)

const changeSignInNameMutation = graphql(`
  mutation ChangeSignInName($input: ChangeSignInNameInput!) {
    changeSignInName(input: $input) {
      id
      signInName
    }
  }
`)

const changeDisplayNameMutation = graphql(`
  mutation ChangeDisplayName($input: ChangeDisplayNameInput!) {
    changeDisplayName(input: $input) {
      id
      displayName
    }
  }
`)

const changeEmailMutation = graphql(`
  mutation ChangeEmail($input: ChangeEmailInput!) {
    changeEmail(input: $input)
  }
`)

const changePasswordMutation = graphql(`
  mutation ChangePassword($input: ChangePasswordInput!) {
    changePassword(input: $input)
  }
`)

const endSessionMutation = graphql(`
  mutation EndSession($id: ID!) {
    endSession(id: $id)
  }
`)

const endOtherSessionsMutation = graphql(`
  mutation EndOtherSessions {
    endOtherSessions
  }
`)

export function useAccount() {
  const { result, error, refetch } = useQuery(accountQuery, null, { fetchPolicy: 'cache-and-network' })
  const account = computed<Account | null>(() => result.value?.viewer ?? null)
  return {
    account,
    sessions: computed<OwnSession[]>(() => account.value?.sessions?.edges.map(({ node }) => node) ?? []),
    sessionCount: computed(() => account.value?.sessions?.totalCount ?? 0),
    failure: computed(() => (error.value ? toFailure(error.value) : null)),
    /** The failure, if any, is shown where the query is. */
    look: () => refetch()?.catch(() => undefined),
  }
}

export const useChangeSignInName = () => useVerb(changeSignInNameMutation)
export const useChangeDisplayName = () => useVerb(changeDisplayNameMutation)
export const useChangeEmail = () => useVerb(changeEmailMutation)
export const useChangePassword = () => useVerb(changePasswordMutation)
export const useEndSession = () => useVerb(endSessionMutation)
export const useEndOtherSessions = () => useVerb(endOtherSessionsMutation)
