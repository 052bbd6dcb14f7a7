import { computed } from 'vue'
import { graphql } from '../../graphql/generated/gql'
import type { CreateCompanyInput } from '../../graphql/generated/graphql'
import { useAnswer } from '../../graphql/use-answer'
import { useVerb } from '../../graphql/use-verb'
import { useSession } from '../session/use-session'

export type ApplicationId = NonNullable<CreateCompanyInput['applications']>[number]

const applicationNamesQuery = graphql(`
  query ApplicationNames {
    applications {
      id
      name
    }
  }
`)

const createMutation = graphql(`
  mutation CreateCompany($input: CreateCompanyInput!) {
    createCompany(input: $input) {
      id
      name
    }
  }
`)

export function useCreateCompany() {
  const session = useSession()
  const { result } = useAnswer(applicationNamesQuery)
  const { run, isBusy, failure } = useVerb(createMutation)
  return {
    applications: computed(() => result.value?.applications ?? []),
    isBusy,
    failure,
    /** The new company; null where it failed. Who creates one is its admin, which the session learns of. */
    async create(input: CreateCompanyInput) {
      const answer = await run({ input })
      if (answer) await session.refresh()
      return answer?.createCompany ?? null
    },
  }
}
