import { computed, ref, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { textOf } from '../../address-query'
import { graphql } from '../../graphql/generated/gql'
import type { SalesOrdersQuery, SalesOrderSort } from '../../graphql/generated/graphql'
import { useAnswer } from '../../graphql/use-answer'

export type SalesOrder = SalesOrdersQuery['salesOrders']['edges'][number]['node']

const pageSize = 25
const usualSort = 'ORDER_DATE_DESC' satisfies SalesOrderSort

const salesOrdersQuery = graphql(`
  query SalesOrders($companyId: ID!, $search: String, $sort: SalesOrderSort!, $first: Int!, $after: String) {
    salesOrders(companyId: $companyId, search: $search, sort: $sort, first: $first, after: $after) {
      edges {
        node {
          id
          orderNumber
          email
          contactName
          companyName
          country
          orderedAt
          addedAt
          trackingNumber
          sku
          description
          orderQuantity
          quantityReturned
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

/** What rows can be sorted by, under the key of its column. */
const sortNames = { orderNumber: 'ORDER_NUMBER', orderedAt: 'ORDER_DATE', addedAt: 'DATE_ADDED' } as const
type SortKey = keyof typeof sortNames
const isSortKey = (key: string): key is SortKey => Object.hasOwn(sortNames, key)

/** Search, order and page are what the address says, so that a list can be sent to somebody, and Back goes back. */
export function useSalesOrders(companyId: () => string) {
  const route = useRoute()
  const router = useRouter()
  const chosen = (name: 'search' | 'sort' | 'after') => textOf(route.query, name)
  const search = computed(() => chosen('search').trim())
  const sort = computed<SalesOrderSort>(() => {
    const names = Object.values(sortNames).flatMap((name) => [`${name}_ASC`, `${name}_DESC`] as const)
    return names.find((name) => name === chosen('sort')) ?? usualSort
  })
  const { result, failure, loading } = useAnswer(
    salesOrdersQuery,
    () => ({
      companyId: companyId(),
      search: search.value || null,
      sort: sort.value,
      first: pageSize,
      after: chosen('after') || null,
    }),
    // What was imported meanwhile is what one comes to see.
    { fetchPolicy: 'cache-and-network', keepPreviousResult: false },
  )
  const page = computed(() => result.value?.salesOrders)
  const typed = ref(search.value)
  watch(search, (now) => (typed.value = now))

  function show(changes: Partial<Record<'search' | 'sort' | 'after', string>>) {
    const { search: _, sort: __, after: ___, ...rest } = route.query
    const kept = { search: search.value, sort: chosen('sort'), ...changes }
    const said = Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== ''))
    return router.push({ query: { ...rest, ...said } })
  }

  return {
    /** What stands in the field, until it is searched for. */
    typed,
    search,
    orders: computed<SalesOrder[]>(() => page.value?.edges.map(({ node }) => node) ?? []),
    totalCount: computed(() => page.value?.totalCount ?? 0),
    isLoading: computed(() => loading.value && !page.value),
    failure,
    sortedBy: (key: string): 'ascending' | 'descending' | 'none' | undefined => {
      if (!isSortKey(key)) return undefined
      if (!sort.value.startsWith(sortNames[key])) return 'none'
      return sort.value.endsWith('_ASC') ? 'ascending' : 'descending'
    },
    /** The newest first and the first number first; once more, the other way round. */
    sortBy(key: string) {
      if (!isSortKey(key)) return
      const [usual, other] = key === 'orderNumber' ? ['_ASC', '_DESC'] : ['_DESC', '_ASC']
      const name = sortNames[key]
      void show({ sort: sort.value === `${name}${usual}` ? `${name}${other}` : `${name}${usual}` })
    },
    searchNow: () => show({ search: typed.value.trim() }),
    viewAll() {
      typed.value = ''
      return show({ search: '', sort: '' })
    },
    isLater: computed(() => chosen('after') !== ''),
    hasMore: computed(() => page.value?.pageInfo.hasNextPage ?? false),
    showFirst: () => show({}),
    showNext: () => show({ after: page.value?.pageInfo.endCursor ?? '' }),
  }
}
