import { computed, ref, watch } from 'vue'
import { graphql } from '../../graphql/generated/gql'
import { useAnswer } from '../../graphql/use-answer'

const tokenHistoryQuery = graphql(`
  query TokenHistory($companyId: ID!, $first: Int!, $after: String) {
    authorization(companyId: $companyId, application: DATA_MANAGEMENT) {
      id
      tokenHistory(first: $first, after: $after) {
        edges {
          node {
            id
            issuedAt
            expiresAt
            refreshIssuedAt
            refreshExpiresAt
          }
        }
        pageInfo {
          endCursor
        }
        totalCount
      }
    }
  }
`)

/** The token sets of one company, newest first, a page at a time. */
export function useTokenHistory(of: () => { companyId: string; generation: number }) {
  const pageSize = ref(10)
  /** Behind which cursor each page up to the present one begins. */
  const afters = ref<(string | null)[]>([null])
  const { result, isLoading, failure, look, loading } = useAnswer(tokenHistoryQuery, () => ({
    companyId: of().companyId,
    first: pageSize.value,
    after: afters.value.at(-1) ?? null,
  }))
  const history = computed(() => result.value?.authorization?.tokenHistory ?? null)
  /** Lags behind `afters` until the rows are there: the cursor of the next page is known only then. */
  const page = ref(0)
  watch(loading, (isLoading) => !isLoading && (page.value = afters.value.length - 1))
  const isTurning = () => page.value !== afters.value.length - 1
  const toFirstPage = () => (afters.value = [null])

  function next() {
    if (!isTurning()) afters.value.push(history.value?.pageInfo.endCursor ?? null)
  }

  function previous() {
    if (!isTurning()) afters.value.pop()
  }

  watch([() => of().companyId, pageSize], toFirstPage)
  watch(
    () => of().generation,
    async () => {
      toFirstPage()
      await look()
    },
  )
  return {
    isLoading,
    rows: computed(() => history.value?.edges.map((edge) => edge.node) ?? []),
    total: computed(() => history.value?.totalCount ?? 0),
    page,
    pageSize,
    next,
    previous,
    failure,
  }
}
