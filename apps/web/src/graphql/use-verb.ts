import type { TypedDocumentNode } from '@apollo/client/core'
import { useMutation } from '@vue/apollo-composable'
import { ref } from 'vue'
import { type Failure, toFailure } from './error-sentences'

/** A mutation as a page needs it: is it under way, what did it answer, why did it fail. */
export function useVerb<Result, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Result, Variables>,
) {
  const { mutate, loading: isBusy } = useMutation(document, { throws: 'always' })
  const failure = ref<Failure | null>(null)

  async function run(variables: Variables): Promise<Result | null> {
    failure.value = null
    try {
      const answer = await mutate(variables)
      return answer?.data ?? null
    } catch (error) {
      failure.value = toFailure(error)
      return null
    }
  }

  return { run, isBusy, failure }
}
