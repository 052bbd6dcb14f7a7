import { computed } from 'vue'
import { graphql } from '../../graphql/generated/gql'
import type { ApiClientsQuery } from '../../graphql/generated/graphql'
import { useList } from '../../graphql/use-list'
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
  const { nodes, ...rest } = useList('apiClients', apiClientsQuery, {
    variables: () => ({ companyId: companyId() ?? '', first: pageSize }),
    options: () => ({ enabled: companyId() !== null }),
  })

  const clientOf = (wire: Wire): ApiClient => ({
    ...wire,
    grants: wire.grants.filter(({ company }) => company.id === companyId()),
    keys: wire.keys.map((key) => ({
      ...key,
      isAlive: key.revokedAt === null && (key.expiresAt === null || new Date(key.expiresAt) > now()),
    })),
  })

  return { ...rest, clients: computed(() => nodes.value.map(clientOf)) }
}
