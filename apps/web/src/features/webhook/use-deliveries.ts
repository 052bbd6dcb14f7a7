import { computed, ref } from 'vue'
import { graphql } from '../../graphql/generated/gql'
import type { ReplayEventsInput, WebhookDeliveriesQuery } from '../../graphql/generated/graphql'
import { useList } from '../../graphql/use-list'
import { useOneOf, useVerb } from '../../graphql/use-verb'
import { usePolling } from '../../ui/use-polling'
import { refusals } from './words'

export type Delivery = NonNullable<WebhookDeliveriesQuery['webhookDeliveries']>['edges'][number]['node']

const pageSize = 10
const furtherPage = 50
const lookAgainMs = 5_000
/** Somebody waits for a test. */
const lookForTestMs = 1_000
/** By then it has had its answer, or is far down the log. */
const mostLooksForTest = 60

graphql(`
  fragment WebhookDeliveryFields on WebhookDelivery {
    id
    type
    isTest
    company {
      id
      name
    }
    application
    state
    createdAt
    attempts
    lastAttemptAt
    statusCode
    failure
    nextAttemptAt
  }
`)

const webhookDeliveriesQuery = graphql(`
  query WebhookDeliveries($webhookEndpointId: ID!, $first: Int!, $after: String) {
    webhookDeliveries(webhookEndpointId: $webhookEndpointId, first: $first, after: $after) {
      edges {
        node {
          ...WebhookDeliveryFields
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)

const sendTestMutation = graphql(`
  mutation SendTestEvent($webhookEndpointId: ID!) {
    sendTestEvent(webhookEndpointId: $webhookEndpointId) {
      ...WebhookDeliveryFields
    }
  }
`)

const replayMutation = graphql(`
  mutation ReplayEvents($input: ReplayEventsInput!) {
    replayEvents(input: $input) {
      count
      hasMore
      upTo
    }
  }
`)

/** What was sent to one endpoint: asked for once the log is open or a test is under way. */
export function useDeliveries(webhookEndpointId: string) {
  const isOpen = ref(false)
  const testId = ref<string | null>(null)
  const of = { sendTest: useVerb(sendTestMutation, refusals), replay: useVerb(replayMutation, refusals) }
  const { nodes: deliveries, ...list } = useList('webhookDeliveries', webhookDeliveriesQuery, {
    variables: { webhookEndpointId, first: pageSize },
    options: () => ({ enabled: isOpen.value || testId.value !== null, fetchPolicy: 'cache-and-network' }),
    furtherPage,
  })
  const test = computed(() => deliveries.value.find(({ id }) => id === testId.value) ?? null)
  const isTesting = computed(
    () => testId.value !== null && (test.value === null || test.value.state === 'WAITING'),
  )
  let looks = 0
  usePolling(lookForTest, lookForTestMs)
  // Whoever reads further down is not thrown back to the top.
  usePolling(() => isOpen.value && deliveries.value.length <= pageSize && list.look(), lookAgainMs)

  async function lookForTest(): Promise<void> {
    if (!isTesting.value) return
    if (++looks > mostLooksForTest) testId.value = null
    else await list.look()
  }

  async function sendTest(): Promise<void> {
    looks = 0
    const sent = await of.sendTest.run({ webhookEndpointId })
    testId.value = sent?.sendTestEvent.id ?? null
  }

  async function replay(from: Omit<ReplayEventsInput, 'webhookEndpointId'>) {
    const sent = await of.replay.run({ input: { webhookEndpointId, ...from } })
    if (sent && isOpen.value) await list.look()
    return sent?.replayEvents ?? null
  }

  return {
    isOpen,
    deliveries,
    isLoading: list.isLoading,
    isLoaded: list.isLoaded,
    loadFailure: list.failure,
    hasMore: list.hasMore,
    isLoadingMore: list.isLoadingMore,
    showMore: list.showMore,
    test,
    isTesting,
    sendTest,
    replay,
    ...useOneOf(of),
  }
}
