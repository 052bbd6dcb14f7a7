import type { TypedDocumentNode } from '@apollo/client/core'
import { useMutation } from '@vue/apollo-composable'
import { computed, type Ref, ref } from 'vue'
import { type Failure, type Sentences, toFailure } from './error-sentences'

/** A mutation as a page needs it: is it under way, what did it answer, why did it fail, in the page's own words. */
export function useVerb<Result, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Result, Variables>,
  refusals: Sentences = {},
) {
  const { mutate, loading: isBusy } = useMutation(document, { throws: 'always' })
  const failure = ref<Failure | null>(null)

  async function run(variables: Variables): Promise<Result | null> {
    failure.value = null
    try {
      const answer = await mutate(variables)
      return answer?.data ?? null
    } catch (error) {
      failure.value = toFailure(error, refusals)
      return null
    }
  }

  return { run, isBusy, failure }
}

interface Verb {
  isBusy: Ref<boolean>
  failure: Ref<Failure | null>
}

/** What a page shows of several verbs of which one is done at a time. */
export function useOneOf(verbs: Readonly<Record<string, Verb>>) {
  const all = Object.values(verbs)
  return {
    isBusy: computed(() => all.some(({ isBusy }) => isBusy.value)),
    failure: computed(() => all.find(({ failure }) => failure.value)?.failure.value ?? null),
    forget: () => all.forEach(({ failure }) => (failure.value = null)),
  }
}
