import type { OperationVariables, TypedDocumentNode } from '@apollo/client/core'
import { useQuery, type UseQueryOptions } from '@vue/apollo-composable'
import { computed } from 'vue'
import { toldAsFailure } from './ask-again'
import { toFailure } from './error-sentences'

type Given<T> = T | (() => T)

/** A query as a page needs it: its answer, whether the first one is under way, why it failed. */
export function useAnswer<Result, Variables extends OperationVariables>(
  document: TypedDocumentNode<Result, Variables>,
  variables: Given<Variables> = {} as Variables,
  options: Given<UseQueryOptions<Result, Variables>> = {},
) {
  const { result, loading, error, refetch, fetchMore } = useQuery(document, variables, options)
  return {
    result,
    loading,
    isLoading: computed(() => loading.value && !result.value),
    failure: computed(() => (error.value ? toFailure(error.value) : null)),
    /** Asks again, and is done when the answer is there; should it fail, `failure` tells. */
    look: async (): Promise<void> => {
      await refetch()?.catch(toldAsFailure)
    },
    fetchMore,
  }
}
