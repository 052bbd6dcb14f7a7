import { computed } from 'vue'
import { graphql } from '../../graphql/generated/gql'
import type { AccountQuery } from '../../graphql/generated/graphql'
import { useAnswer } from '../../graphql/use-answer'
import { useVerb } from '../../graphql/use-verb'
import { refusals } from './words'

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
  const { result, failure, look } = useAnswer(accountQuery)
  const account = computed<Account | null>(() => result.value?.viewer ?? null)
  return {
    account,
    sessions: computed<OwnSession[]>(() => account.value?.sessions?.edges.map(({ node }) => node) ?? []),
    sessionCount: computed(() => account.value?.sessions?.totalCount ?? 0),
    failure,
    look,
  }
}

export const useChangeSignInName = () => useVerb(changeSignInNameMutation, refusals)
export const useChangeDisplayName = () => useVerb(changeDisplayNameMutation, refusals)
export const useChangeEmail = () => useVerb(changeEmailMutation, refusals)
export const useChangePassword = () => useVerb(changePasswordMutation, refusals)
export const useEndSession = () => useVerb(endSessionMutation, refusals)
export const useEndOtherSessions = () => useVerb(endOtherSessionsMutation, refusals)
