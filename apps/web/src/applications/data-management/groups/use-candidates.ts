import { computed, ref } from 'vue'
import { graphql } from '../../../graphql/generated/gql'
import { useAnswer } from '../../../graphql/use-answer'

const most = 25

const candidatesQuery = graphql(`
  query GroupCandidates($id: ID!, $search: String, $first: Int!, $people: Boolean!) {
    group(id: $id) {
      id
      peopleToAdd(search: $search, first: $first) @include(if: $people) {
        edges {
          node {
            id
            displayName
            signInName
          }
        }
        totalCount
      }
      companiesToAdd(search: $search, first: $first) @skip(if: $people) {
        edges {
          node {
            id
            name
          }
        }
        totalCount
      }
    }
  }
`)

/** A person or a company. */
export interface Candidate {
  id: string
  name: string
  signInName: string | null
}
export type Kind = 'people' | 'companies'

/** Whom or what one may put into a group, by how a name begins; not asked for before it is wanted. */
export function useCandidates(wanted: () => { groupId: string; kind: Kind } | null) {
  const search = ref('')
  const { result, isLoading, failure, look } = useAnswer(
    candidatesQuery,
    () => ({
      id: wanted()?.groupId ?? '',
      search: search.value.trim() || null,
      first: most,
      people: wanted()?.kind === 'people',
    }),
    () => ({ debounce: 200, enabled: wanted() !== null, fetchPolicy: 'network-only' as const }),
  )
  // The answer for the group before stays in `result` until the next one is there.
  const group = computed(() => (result.value?.group?.id === wanted()?.groupId ? result.value?.group : null))
  return {
    search,
    candidates: computed<Candidate[]>(() => [
      ...(group.value?.peopleToAdd?.edges ?? []).map(({ node: { id, displayName, signInName } }) => ({
        id,
        name: displayName,
        signInName,
      })),
      ...(group.value?.companiesToAdd?.edges ?? []).map(({ node }) => ({ ...node, signInName: null })),
    ]),
    totalCount: computed(() => (group.value?.peopleToAdd ?? group.value?.companiesToAdd)?.totalCount ?? 0),
    isLoading,
    isLoaded: computed(() => Boolean(group.value)),
    failure,
    look,
  }
}
