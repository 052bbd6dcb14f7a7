import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { textOf, withOne } from '../../address-query'
import { graphql } from '../../graphql/generated/gql'
import type { WebhookClientsQuery } from '../../graphql/generated/graphql'
import { useList } from '../../graphql/use-list'

export type WebhookClient = NonNullable<WebhookClientsQuery['apiClients']>['edges'][number]['node']

const pageSize = 100

const webhookClientsQuery = graphql(`
  query WebhookClients($companyId: ID!, $first: Int!, $after: String) {
    apiClients(companyId: $companyId, first: $first, after: $after) {
      edges {
        node {
          id
          name
          revokedAt
          isYoursToManage
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)

/** The API clients of a company that can be told of events, and the one that the address names, else the first. */
export function useWebhookClients(companyId: () => string | null) {
  const route = useRoute()
  const router = useRouter()
  const { nodes, ...rest } = useList('apiClients', webhookClientsQuery, {
    variables: () => ({ companyId: companyId() ?? '', first: pageSize }),
    options: () => ({ enabled: companyId() !== null }),
  })
  const clients = computed<WebhookClient[]>(() => nodes.value.filter(({ revokedAt }) => revokedAt === null))
  const chosen = computed(() => {
    const named = textOf(route.query, 'client')
    return clients.value.find(({ id }) => id === named) ?? clients.value[0] ?? null
  })
  const choose = (id: string) => router.replace({ query: withOne(route.query, 'client', id) })
  return { ...rest, clients, chosen, choose }
}
