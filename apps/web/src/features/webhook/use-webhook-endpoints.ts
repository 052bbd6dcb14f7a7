import { graphql } from '../../graphql/generated/gql'
import type { WebhookEndpointsQuery } from '../../graphql/generated/graphql'
import { useList } from '../../graphql/use-list'
import { usePolling } from '../../ui/use-polling'

export type Endpoint = NonNullable<WebhookEndpointsQuery['webhookEndpoints']>['edges'][number]['node']
export type EventType = NonNullable<Endpoint['eventTypes']>[number]

/** More than a client may have. */
const pageSize = 10
const lookAgainMs = 5_000

graphql(`
  fragment WebhookEndpointFields on WebhookEndpoint {
    id
    host
    url
    eventTypes
    state
    disabledReason
    createdAt
    secretLastFour
    secretSetAt
    formerSecretUntil
    failingSince
    lastDeliveredAt
    isYoursToManage
  }
`)

const webhookEndpointsQuery = graphql(`
  query WebhookEndpoints($apiClientId: ID!, $first: Int!, $after: String) {
    webhookEndpoints(apiClientId: $apiClientId, first: $first, after: $after) {
      edges {
        node {
          ...WebhookEndpointFields
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)

/** Where one API client is told of events; asked again and again, since receivers fail on their own. */
export function useWebhookEndpoints(apiClientId: () => string) {
  const { nodes: endpoints, ...rest } = useList('webhookEndpoints', webhookEndpointsQuery, {
    variables: () => ({ apiClientId: apiClientId(), first: pageSize }),
  })
  usePolling(rest.look, lookAgainMs)
  return { ...rest, endpoints }
}
