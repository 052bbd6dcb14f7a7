import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { textOf } from '../../address-query'

/** The company that the address names, or the first of those that can be chosen. */
export function useChosenCompany(first: () => string | null) {
  const route = useRoute()
  const router = useRouter()
  return computed<string | null>({
    get: () => textOf(route.query, 'company') || first(),
    set: (company) => void router.replace({ query: company ? { company } : {} }),
  })
}
