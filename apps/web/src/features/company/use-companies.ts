import { computed, ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { textOf, withOne } from '../../address-query'
import { graphql } from '../../graphql/generated/gql'
import type { ApplicationId, CompaniesQuery } from '../../graphql/generated/graphql'
import { useList } from '../../graphql/use-list'
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
  const {
    list,
    nodes: companies,
    look,
    ...rest
  } = useList('companies', companiesQuery, {
    variables: () => ({
      application: application ?? null,
      search: search.value.trim() || null,
      first: firstPage,
      // One application's own affair.
      withLicenseKey: application === 'CONSUMER_RETURNS',
    }),
    options: () => ({ debounce: 200 }),
    furtherPage,
  })

  // A list that was lengthened by hand stays as it is: asked again, it would be one page long.
  useShownAuthorizations(() => companies.value.length <= firstPage && look())

  return {
    ...rest,
    companies,
    totalCount: computed(() => list.value?.totalCount ?? 0),
    notYetAuthorizedCount: computed(() => list.value?.notYetAuthorizedCount ?? 0),
    search,
  }
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
    get: () => textOf(route.query, 'company') || onlyId.value,
    set: (id) => void router.push({ query: withOne(route.query, 'company', id ?? '') }),
  })
  return { ...list, selectedId }
}
