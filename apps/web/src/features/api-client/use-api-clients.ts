import { useQuery } from '@vue/apollo-composable'
import { computed, ref } from 'vue'
import { toFailure } from '../../graphql/error-sentences'
import { graphql } from '../../graphql/generated/gql'
import type { ApiClientsQuery } from '../../graphql/generated/graphql'
import { useClock } from '../../ui/clock'

type Wire = NonNullable<ApiClientsQuery['apiClients']>['edges'][number]['node']
export type ApplicationId = Wire['grants'][number]['application']
export type ApiClientScope = Wire['grants'][number]['scopes'][number]
export type Key = Wire['keys'][number] & { isAlive: boolean }
export type ApiClient = Omit<Wire, 'keys'> & { keys: readonly Key[] }

const pageSize = 25

graphql(`
  fragment ApiClientFields on ApiClient {
    id
    name
    createdAt
    pausedAt
    revokedAt
    addresses
    isYoursToManage
    keys {
      id
      publicId
      createdAt
      expiresAt
      lastUsedAt
      revokedAt
    }
    grants {
      company {
        id
      }
      application
      scopes
    }
  }
`)

const apiClientsQuery = graphql(`
  query ApiClients($companyId: ID!, $first: Int!, $after: String) {
    apiClients(companyId: $companyId, first: $first, after: $after) {
      edges {
        node {
          ...ApiClientFields
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)

/** The clients that one company lets do something, each with what this company lets it; not asked for without a company. */
export function useApiClients(companyId: () => string | null) {
  const now = useClock()
  const { result, loading, error, refetch, fetchMore } = useQuery(
    apiClientsQuery,
    () => ({ companyId: companyId() ?? '', first: pageSize }),
    () => ({ fetchPolicy: 'cache-and-network' as const, enabled: companyId() !== null }),
  )
  const isLoadingMore = ref(false)

  async function showMore() {
    const after = result.value?.apiClients?.pageInfo.endCursor ?? null
    if (isLoadingMore.value || after === null) return
    isLoadingMore.value = true
    await fetchMore({ variables: { after }, updateQuery: lengthened })?.catch(shownAsFailure)
    isLoadingMore.value = false
  }

  const clientOf = (wire: Wire): ApiClient => ({
    ...wire,
    grants: wire.grants.filter(({ company }) => company.id === companyId()),
    keys: wire.keys.map((key) => ({
      ...key,
      isAlive: key.revokedAt === null && (key.expiresAt === null || new Date(key.expiresAt) > now()),
    })),
  })

  return {
    clients: computed(() => result.value?.apiClients?.edges.map(({ node }) => clientOf(node)) ?? []),
    isLoading: computed(() => loading.value && !result.value),
    isLoaded: computed(() => Boolean(result.value?.apiClients)),
    failure: computed(() => (error.value ? toFailure(error.value) : null)),
    hasMore: computed(() => result.value?.apiClients?.pageInfo.hasNextPage ?? false),
    isLoadingMore,
    showMore,
    look: () => refetch()?.catch(shownAsFailure),
  }
}

function lengthened(
  before: ApiClientsQuery,
  { fetchMoreResult: further }: { fetchMoreResult?: ApiClientsQuery },
): ApiClientsQuery {
  if (!further?.apiClients || !before.apiClients) return before
  const edges = [...before.apiClients.edges, ...further.apiClients.edges]
  return { ...further, apiClients: { ...further.apiClients, edges } }
}

/** `useQuery` reports it in `error`. */
function shownAsFailure() {}
