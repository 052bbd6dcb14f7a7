import { computed, ref, watch } from 'vue'
import { type LocationQuery, useRoute, useRouter } from 'vue-router'
import { textOf, withOne } from '../../address-query'
import { graphql } from '../../graphql/generated/gql'
import type { ApplicationId, OverviewQuery, Standing } from '../../graphql/generated/graphql'
import { useAnswer } from '../../graphql/use-answer'
import { useAuthorizationChanges } from '../authorization/use-authorization-changes'
import { standingWords } from './words'

export type OverviewCompany = OverviewQuery['overview']['edges'][number]['node']
export type OverviewAuthorization = OverviewCompany['authorizations'][number]
export type OverviewApplication = OverviewQuery['applications'][number]
export type { Standing }

const pageSize = 25
const searchAfterMs = 250

const overviewQuery = graphql(`
  query Overview(
    $application: ApplicationId
    $standing: Standing
    $search: String
    $first: Int!
    $after: String
  ) {
    overview(application: $application, standing: $standing, search: $search, first: $first, after: $after) {
      edges {
        node {
          id
          name
          authorizations(application: $application) {
            id
            standing
            application {
              id
            }
            tokens {
              refreshExpiresAt
            }
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      totalCount
      notYetAuthorizedCount
      standings {
        standing
        count
      }
    }
    applications {
      id
      name
      slug
    }
  }
`)

type FilterName = 'application' | 'standing' | 'search'

/** The address is the truth: what is looked for can be sent to somebody, and Back goes back. */
export function useOverview() {
  const route = useRoute()
  const router = useRouter()
  const chosen = (name: FilterName | 'after'): string => textOf(route.query, name)
  const { result, failure, look, loading } = useAnswer(overviewQuery, () => ({
    ...filterOf(route.query),
    first: pageSize,
    after: chosen('after') || null,
  }))
  useAuthorizationChanges(look)

  const page = computed(() => result.value?.overview)
  return {
    companies: computed<OverviewCompany[]>(() => page.value?.edges.map(({ node }) => node) ?? []),
    applications: computed<OverviewApplication[]>(() => result.value?.applications ?? []),
    totalCount: computed(() => page.value?.totalCount ?? 0),
    notYetAuthorizedCount: computed(() => page.value?.notYetAuthorizedCount ?? 0),
    counts: computed(() => page.value?.standings ?? []),
    isLoading: computed(() => loading.value && !page.value),
    isLoaded: computed(() => page.value !== undefined),
    failure,
    chosen,
    isFiltered: computed(() => Object.keys(route.query).length > 0),
    linkTo: (name: FilterName | 'after', value: string) => ({ query: withOne(route.query, name, value) }),
    choose: (name: FilterName, value: string) => router.push({ query: withOne(route.query, name, value) }),
    search: useSearchInAddress(),
    hasMore: computed(() => page.value?.pageInfo.hasNextPage ?? false),
    endCursor: computed(() => page.value?.pageInfo.endCursor ?? ''),
  }
}

/** What is being typed becomes part of the address after a moment, without an entry of its own for each letter. */
function useSearchInAddress() {
  const route = useRoute()
  const router = useRouter()
  const search = ref(textOf(route.query, 'search'))
  watch(
    () => textOf(route.query, 'search'),
    (now) => {
      if (now !== search.value.trim()) search.value = now
    },
  )
  watch(search, (typed, _before, onCleanup) => {
    if (typed.trim() === textOf(route.query, 'search')) return
    const wait = setTimeout(
      () => void router.replace({ query: withOne(route.query, 'search', typed.trim()) }),
      searchAfterMs,
    )
    onCleanup(() => clearTimeout(wait))
  })
  return search
}

/** What the address holds and the hub would not understand is left out: somebody has mistyped it. */
function filterOf(query: LocationQuery) {
  const application = textOf(query, 'application')
  const standing = textOf(query, 'standing')
  return {
    application: /^[A-Z_]+$/.test(application) ? (application as ApplicationId) : null,
    standing: Object.hasOwn(standingWords, standing) ? (standing as Standing) : null,
    search: textOf(query, 'search') || null,
  }
}
