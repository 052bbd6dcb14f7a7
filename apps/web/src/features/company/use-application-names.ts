import { useQuery } from '@vue/apollo-composable'
import { computed } from 'vue'
import { graphql } from '../../graphql/generated/gql'

const applicationNamesQuery = graphql(`
  query ApplicationNames {
    applications {
      id
      name
    }
  }
`)

/** As the hub names them: a feature knows none of the five by itself. */
export function useApplicationNames() {
  const { result } = useQuery(applicationNamesQuery)
  return computed<Record<string, string>>(() =>
    Object.fromEntries((result.value?.applications ?? []).map(({ id, name }) => [id, name])),
  )
}
