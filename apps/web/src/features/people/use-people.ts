import { computed, ref } from 'vue'
import { graphql } from '../../graphql/generated/gql'
import type { PeopleQuery } from '../../graphql/generated/graphql'
import { useList } from '../../graphql/use-list'
import { useOneOf, useVerb } from '../../graphql/use-verb'
import type { Reauthentication } from '../session/use-reauthentication'
import { refusals, type Verb } from './words'

export type Person = PeopleQuery['users']['edges'][number]['node']

const firstPage = 25
const furtherPage = 100

const peopleQuery = graphql(`
  query People($search: String, $first: Int!, $after: String) {
    users(search: $search, first: $first, after: $after) {
      edges {
        node {
          user {
            id
            signInName
            displayName
            isSolutionAdmin
            disabledAt
          }
          email
          lastSignInAt
          sessionCount
          companyCount
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      totalCount
    }
  }
`)

const disableMutation = graphql(`
  mutation DisableUser($id: ID!) {
    disableUser(id: $id) {
      id
      disabledAt
    }
  }
`)

const enableMutation = graphql(`
  mutation EnableUser($id: ID!) {
    enableUser(id: $id) {
      id
      disabledAt
    }
  }
`)

const endSessionsMutation = graphql(`
  mutation EndSessionsOf($id: ID!) {
    endSessionsOf(userId: $id)
  }
`)

const eraseMutation = graphql(`
  mutation EraseUser($id: ID!) {
    eraseUser(id: $id)
  }
`)

/** Everybody who has an account, a page at a time; not asked for by those who are refused it. */
export function usePeople(isMine: () => boolean) {
  const search = ref('')
  const {
    list,
    nodes: people,
    ...rest
  } = useList('users', peopleQuery, {
    variables: () => ({ search: search.value.trim() || null, first: firstPage }),
    options: () => ({ debounce: 200, enabled: isMine() }),
    furtherPage,
  })
  return { ...rest, people, totalCount: computed(() => list.value?.totalCount ?? 0), search }
}

/** What a solution admin does to an account, by one name each; the password may be asked for once more. */
export function usePersonVerbs(freshly: Reauthentication['freshly']) {
  const of = {
    disable: useVerb(disableMutation, refusals),
    enable: useVerb(enableMutation, refusals),
    endSessions: useVerb(endSessionsMutation, refusals),
    erase: useVerb(eraseMutation, refusals),
  }
  return {
    ...useOneOf(of),
    act: async (verb: Verb, id: string): Promise<boolean> => {
      const { run, failure } = of[verb]
      return (await freshly<unknown>(() => run({ id }), failure)) !== null
    },
  }
}
