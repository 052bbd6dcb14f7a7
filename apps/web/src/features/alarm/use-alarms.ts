import { computed } from 'vue'
import { graphql } from '../../graphql/generated/gql'
import { useAnswer } from '../../graphql/use-answer'
import { usePolling } from '../../ui/use-polling'

const pollMs = 60_000

const alarmsQuery = graphql(`
  query Alarms {
    alarms {
      id
      kind
      application
      raisedAt
    }
    applications {
      id
      name
    }
  }
`)

/** What is wrong at present; for solution admins only. Where the hub does not answer, the page itself says so. */
export function useAlarms() {
  const { result, look } = useAnswer(alarmsQuery, {}, { fetchPolicy: 'network-only' })
  usePolling(look, pollMs)
  const nameOf = (id: string | null | undefined) =>
    result.value?.applications.find((one) => one.id === id)?.name ?? ''
  return {
    alarms: computed(() =>
      (result.value?.alarms ?? []).map(({ application, ...alarm }) => ({
        ...alarm,
        application: nameOf(application),
      })),
    ),
  }
}
