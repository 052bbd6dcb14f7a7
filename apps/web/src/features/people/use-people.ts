import { useQuery } from '@vue/apollo-composable'
import { computed, ref } from 'vue'
import { type Failure, toFailure } from '../../graphql/error-sentences'
import { graphql } from '../../graphql/generated/gql'
import type { PeopleQuery } from '../../graphql/generated/graphql'
import { useVerb } from '../../graphql/use-verb'
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
  const { result, loading, error, refetch, fetchMore } = useQuery(
    peopleQuery,
    () => ({ search: search.value.trim() || null, first: firstPage }),
    () => ({ debounce: 200, fetchPolicy: 'cache-and-network' as const, enabled: isMine() }),
  )
  const isLoadingMore = ref(false)

  async function showMore() {
    const after = result.value?.users.pageInfo.endCursor ?? null
    if (isLoadingMore.value || after === null) return
    isLoadingMore.value = true
    const variables = { first: furtherPage, after }
    await fetchMore({ variables, updateQuery: lengthened })?.catch(shownAsFailure)
    isLoadingMore.value = false
  }

  return {
    people: computed(() => result.value?.users.edges.map(({ node }) => node) ?? []),
    totalCount: computed(() => result.value?.users.totalCount ?? 0),
    isLoading: computed(() => loading.value && !result.value),
    failure: computed(() => (error.value ? toFailure(error.value) : null)),
    search,
    hasMore: computed(() => result.value?.users.pageInfo.hasNextPage ?? false),
    isLoadingMore,
    showMore,
    look: () => refetch()?.catch(shownAsFailure),
  }
}

/** What a solution admin does to an account, by one name each; the password may be asked for once more. */
export function usePersonVerbs(freshly: Reauthentication['freshly']) {
  const of = {
    disable: useVerb(disableMutation),
    enable: useVerb(enableMutation),
    endSessions: useVerb(endSessionsMutation),
    erase: useVerb(eraseMutation),
  }
  const all = Object.values(of)
  return {
    isBusy: computed(() => all.some(({ isBusy }) => isBusy.value)),
    failure: computed(() => explained(all.find(({ failure }) => failure.value)?.failure.value ?? null)),
    forget: () => all.forEach(({ failure }) => (failure.value = null)),
    act: async (verb: Verb, id: string): Promise<boolean> => {
      const { run, failure } = of[verb]
      return (await freshly<unknown>(() => run({ id }), failure)) !== null
    },
  }
}

const explained = (failure: Failure | null): Failure | null =>
  failure && { ...failure, sentence: refusals[failure.reason ?? ''] ?? failure.sentence }

function lengthened(
  before: PeopleQuery,
  { fetchMoreResult: further }: { fetchMoreResult?: PeopleQuery },
): PeopleQuery {
  if (!further) return before
  return { ...further, users: { ...further.users, edges: [...before.users.edges, ...further.users.edges] } }
}

/** `useQuery` reports it in `error`. */
function shownAsFailure() {}
