import { computed, reactive, ref, type UnwrapNestedRefs } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { graphql } from '../../graphql/generated/gql'
import type { OptInOutcome } from '../../graphql/generated/graphql'
import { useAnswer } from '../../graphql/use-answer'

export type { OptInOutcome }
export type Outcome = UnwrapNestedRefs<ReturnType<typeof outcomeInAddress>>

const optInQuery = graphql(`
  query OptIn($id: ID!) {
    optIn(id: $id) {
      id
      outcome
      at
      company {
        id
        name
      }
      application {
        id
        name
      }
      nextApplication {
        id
        name
        slug
      }
    }
  }
`)

/** How the visit to UPS.com ended that the address names. Read once: after a reload it is no news any more. */
export function useOptInOutcome(): Outcome {
  return reactive(outcomeInAddress())
}

function outcomeInAddress() {
  const route = useRoute()
  const router = useRouter()
  const id = ref(typeof route.query['opt-in'] === 'string' ? route.query['opt-in'] : null)
  if (route.query['opt-in'] !== undefined) {
    const { 'opt-in': _, ...query } = route.query
    void router.replace({ query })
  }
  const { result, failure } = useAnswer(
    optInQuery,
    () => ({ id: id.value ?? '' }),
    () => ({ enabled: id.value !== null }),
  )
  return {
    optIn: computed(() => (id.value === null ? null : (result.value?.optIn ?? null))),
    failure,
    dismiss: () => (id.value = null),
  }
}
