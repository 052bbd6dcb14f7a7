import { useQuery } from '@vue/apollo-composable'
import { computed, ref } from 'vue'
import { type LocationQueryRaw, useRoute, useRouter } from 'vue-router'
import { toFailure } from '../../graphql/error-sentences'
import { graphql } from '../../graphql/generated/gql'
import type { ApplicationId, CompaniesQuery } from '../../graphql/generated/graphql'
import { useShownAuthorizations } from '../authorization/use-authorization-changes'

export type Company = CompaniesQuery['companies']['edges'][number]['node']

const firstPage = 25
const furtherPage = 100

graphql(`
  fragment LicenseKeyFields on LicenseKey {
    lastFour
    setAt
    setBy {
      id
      displayName
    }
  }
`)

const companiesQuery = graphql(`
  query Companies(
    $application: ApplicationId
    $search: String
    $first: Int!
    $after: String
    $withLicenseKey: Boolean!
  ) {
    companies(application: $application, search: $search, first: $first, after: $after) {
      edges {
        node {
          id
          name
          accountExecutive {
            name
            contact
          }
          licenseKey @include(if: $withLicenseKey) {
            ...LicenseKeyFields
          }
          authorizations(application: $application) {
            ...AuthorizationFields
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      totalCount
      notYetAuthorizedCount
    }
  }
`)

/** The companies that the viewer may see, in one application or in all, with their authorizations. */
export function useCompanies(application?: ApplicationId) {
  const search = ref('')
  const { result, loading, error, refetch, fetchMore } = useQuery(
    companiesQuery,
    () => ({
      application: application ?? null,
      search: search.value.trim() || null,
      first: firstPage,
      // One application's own affair.
      withLicenseKey: application === 'CONSUMER_RETURNS',
    }),
    { debounce: 200 },
  )
  const companies = computed(() => result.value?.companies.edges.map((edge) => edge.node) ?? [])
  const isLoadingMore = ref(false)

  // A list that was lengthened by hand stays as it is: asked again, it would be one page long.
  const askAgain = () => (companies.value.length > firstPage ? undefined : refetch())
  useShownAuthorizations(askAgain)

  async function showMore() {
    const { endCursor = null } = result.value?.companies.pageInfo ?? {}
    if (isLoadingMore.value || endCursor === null) return
    isLoadingMore.value = true
    const variables = { first: furtherPage, after: endCursor }
    await fetchMore({ variables, updateQuery: lengthened })?.catch(shownAsFailure)
    isLoadingMore.value = false
  }

  return {
    companies,
    totalCount: computed(() => result.value?.companies.totalCount ?? 0),
    notYetAuthorizedCount: computed(() => result.value?.companies.notYetAuthorizedCount ?? 0),
    isLoading: computed(() => loading.value && !result.value),
    isLoaded: computed(() => result.value !== undefined),
    failure: computed(() => (error.value ? toFailure(error.value) : null)),
    search,
    hasMore: computed(() => result.value?.companies.pageInfo.hasNextPage ?? false),
    isLoadingMore,
    showMore,
  }
}

function lengthened(
  before: CompaniesQuery,
  { fetchMoreResult: further }: { fetchMoreResult?: CompaniesQuery },
): CompaniesQuery {
  if (!further) return before
  const edges = [...before.companies.edges, ...further.companies.edges]
  return { ...further, companies: { ...further.companies, edges } }
}

/**
 * `?company=` in the address is the truth; nothing else remembers a choice. Who has one company only is not asked
 * to choose it.
 */
export function useCompanySelection(application?: ApplicationId) {
  const list = useCompanies(application)
  const route = useRoute()
  const router = useRouter()

  const onlyId = computed(() => {
    const [only, ...others] = list.companies.value
    return others.length === 0 && list.search.value === '' ? (only?.id ?? null) : null
  })
  const selectedId = computed<string | null>({
    get: () => (typeof route.query['company'] === 'string' ? route.query['company'] : onlyId.value),
    set: (id) => void router.push({ query: withCompany(route.query, id) }),
  })
  return { ...list, selectedId }
}

function withCompany(query: LocationQueryRaw, id: string | null): LocationQueryRaw {
  const { company: _, ...rest } = query
  return id === null ? rest : { ...rest, company: id }
}

/** `useQuery` reports it in `error`; the next tick tries again. */
function shownAsFailure() {}
