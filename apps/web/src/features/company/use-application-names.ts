import { computed } from 'vue'
import { graphql } from '../../graphql/generated/gql'
import { useAnswer } from '../../graphql/use-answer'

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
  const { result } = useAnswer(applicationNamesQuery)
  return computed<Record<string, string>>(() =>
    Object.fromEntries((result.value?.applications ?? []).map(({ id, name }) => [id, name])),
  )
}
