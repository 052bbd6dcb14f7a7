import { computed } from 'vue'
import { type LocationQuery, useRoute, useRouter } from 'vue-router'
import { textOf, withOne } from '../../address-query'
import { graphql } from '../../graphql/generated/gql'
import type {
  ApplicationId,
  AuditEventName,
  AuditEventsQuery,
  AuditFilterInput,
  AuditResult,
} from '../../graphql/generated/graphql'
import { useAnswer } from '../../graphql/use-answer'
import { eventWords } from './event-words'
import { resultWords } from './words'

export type AuditRecord = AuditEventsQuery['auditEvents']['edges'][number]['node']

const pageSize = 25

const auditEventsQuery = graphql(`
  query AuditEvents($filter: AuditFilterInput!, $first: Int!, $after: String) {
    auditEvents(filter: $filter, first: $first, after: $after) {
      edges {
        node {
          id
          at
          name
          result
          actor {
            id
            displayName
          }
          apiClient {
            id
            name
          }
          company {
            id
            name
          }
          application
          address
          requestId
          details {
            name
            value
          }
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

/** What may stand in the address, which is the truth; a page can be sent to somebody, and Back goes back. */
export const filterNames = ['company', 'application', 'person', 'event', 'result', 'from', 'to'] as const
export type FilterName = (typeof filterNames)[number]

export function useAuditTrail() {
  const route = useRoute()
  const router = useRouter()
  const chosen = (name: FilterName | 'after'): string => textOf(route.query, name)
  const filter = computed(() => filterOf(route.query))
  const { result, failure, loading } = useAnswer(
    auditEventsQuery,
    () => ({ filter: filter.value, first: pageSize, after: chosen('after') || null }),
    // What happened meanwhile is what one comes to see.
    { fetchPolicy: 'cache-and-network' },
  )
  const page = computed(() => result.value?.auditEvents)

  return {
    records: computed<AuditRecord[]>(() => page.value?.edges.map(({ node }) => node) ?? []),
    totalCount: computed(() => page.value?.totalCount ?? 0),
    isLoading: computed(() => loading.value && !page.value),
    failure,
    chosen,
    choose: (name: FilterName, value: string) => router.push({ query: withOne(route.query, name, value) }),
    clear: () => router.push({ query: {} }),
    isFiltered: computed(() => filterNames.some((name) => chosen(name) !== '')),
    isOlder: computed(() => chosen('after') !== ''),
    hasOlder: computed(() => page.value?.pageInfo.hasNextPage ?? false),
    showOlder: () =>
      router.push({ query: { ...route.query, after: page.value?.pageInfo.endCursor ?? undefined } }),
    showNewest: () => router.push({ query: withOne(route.query, 'after', '') }),
    fileOf: (format: 'csv' | 'json') => `/exports/audit.${format}?${fileQueryOf(filter.value).toString()}`,
  }
}

/** What the address holds and the hub would not understand is left out: somebody has mistyped it. */
function filterOf(query: LocationQuery): AuditFilterInput {
  const event = textOf(query, 'event')
  const result = textOf(query, 'result')
  const application = textOf(query, 'application')
  return {
    companyId: textOf(query, 'company') || null,
    actorId: textOf(query, 'person') || null,
    application: /^[A-Z_]+$/.test(application) ? (application as ApplicationId) : null,
    names: Object.hasOwn(eventWords, event) ? [event as AuditEventName] : null,
    result: Object.hasOwn(resultWords, result) ? (result as AuditResult) : null,
    from: dayOf(textOf(query, 'from'), 0),
    to: dayOf(textOf(query, 'to'), 1),
  }
}

/** The beginning of a day in UTC, as the times of the list are; the last day is meant whole. */
function dayOf(day: string, daysLater: number): string | null {
  const moment = Date.parse(`${day}T00:00:00.000Z`)
  return Number.isNaN(moment) ? null : new Date(moment + daysLater * 24 * 3600_000).toISOString()
}

function fileQueryOf({ names, ...filter }: AuditFilterInput): URLSearchParams {
  const entries = Object.entries({ ...filter, names: names?.[0] })
  return new URLSearchParams(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}
