import type { OperationVariables, TypedDocumentNode } from '@apollo/client/core'
import type { UseQueryOptions } from '@vue/apollo-composable'
import { computed, ref } from 'vue'
import { toldAsFailure } from './ask-again'
import { useAnswer } from './use-answer'

interface Connection {
  edges: { node: unknown }[]
  pageInfo: { hasNextPage: boolean; endCursor?: string | null }
}
type WithList<Name extends string> = { [name in Name]?: Connection | null }
type NodeOf<List> = List extends { edges: { node: infer Node }[] } ? Node : never

interface Asking<Result, Variables extends OperationVariables> {
  variables: Variables | (() => Variables)
  options?: () => UseQueryOptions<Result, Variables>
  /** How many a press brings in addition, where that is more than were there at first. */
  furtherPage?: number
}

/** A list that grows by a press. `name` is the field of the answer that it stands in. */
export function useList<
  Name extends string,
  Result extends WithList<Name>,
  Variables extends OperationVariables,
>(name: Name, document: TypedDocumentNode<Result, Variables>, asking: Asking<Result, Variables>) {
  const { variables, options = () => ({}), furtherPage } = asking
  const { result, isLoading, failure, look, fetchMore } = useAnswer(document, variables, options)
  const list = computed(() => result.value?.[name])
  const isLoadingMore = ref(false)

  function lengthened(before: Result, { fetchMoreResult: further }: { fetchMoreResult: Result }): Result {
    const [first, more] = [before[name], further[name]]
    if (!first || !more) return before
    return { ...further, [name]: { ...more, edges: [...first.edges, ...more.edges] } }
  }

  async function showMore() {
    const after = list.value?.pageInfo.endCursor ?? null
    if (isLoadingMore.value || after === null) return
    isLoadingMore.value = true
    const further = { after, ...(furtherPage && { first: furtherPage }) } as unknown as Variables
    await fetchMore({ variables: further, updateQuery: lengthened as never })?.catch(toldAsFailure)
    isLoadingMore.value = false
  }

  return {
    list,
    nodes: computed(
      () => (list.value?.edges.map(({ node }) => node) ?? []) as NodeOf<NonNullable<Result[Name]>>[],
    ),
    isLoading,
    isLoaded: computed(() => Boolean(list.value)),
    failure,
    look,
    hasMore: computed(() => list.value?.pageInfo.hasNextPage ?? false),
    isLoadingMore,
    showMore,
  }
}
