import { computed } from 'vue'
import { graphql } from '../../graphql/generated/gql'
import type { ApplicationId, CompanyDetailsQuery } from '../../graphql/generated/graphql'
import { useAnswer } from '../../graphql/use-answer'
import { useVerb } from '../../graphql/use-verb'

export type CompanyDetails = NonNullable<CompanyDetailsQuery['company']>

export interface Place {
  application: CompanyDetailsQuery['applications'][number]
  /** null where it is not enrolled, or where the viewer may not see that it is. */
  status: CompanyDetails['authorizations'][number]['status'] | null
}

graphql(`
  fragment CompanyParticulars on Company {
    id
    name
    accountExecutive {
      name
      contact
    }
  }
`)

const detailsQuery = graphql(`
  query CompanyDetails($id: ID!) {
    company(id: $id) {
      ...CompanyParticulars
      authorizations {
        id
        status
        application {
          id
        }
      }
    }
    applications {
      id
      name
    }
  }
`)

const updateMutation = graphql(`
  mutation UpdateCompany($input: UpdateCompanyInput!) {
    updateCompany(input: $input) {
      ...CompanyParticulars
    }
  }
`)

const enrolMutation = graphql(`
  mutation EnrolCompany($input: EnrolCompanyInput!) {
    enrolCompany(input: $input) {
      id
    }
  }
`)

const withdrawMutation = graphql(`
  mutation WithdrawCompany($input: WithdrawCompanyInput!) {
    withdrawCompany(input: $input)
  }
`)

const removeMutation = graphql(`
  mutation RemoveCompany($id: ID!) {
    removeCompany(id: $id)
  }
`)

/** One company with what can be done to it; each verb answers whether it worked. */
export function useCompany(id: () => string) {
  const { result, isLoading, failure, look } = useAnswer(detailsQuery, () => ({ id: id() }))
  const update = useVerb(updateMutation)
  const enrol = useVerb(enrolMutation)
  const withdraw = useVerb(withdrawMutation)
  const remove = useVerb(removeMutation)

  const company = computed(() => result.value?.company ?? null)
  return {
    company,
    places: computed<Place[]>(() =>
      (result.value?.applications ?? []).map((application) => ({
        application,
        status:
          company.value?.authorizations.find((one) => one.application.id === application.id)?.status ?? null,
      })),
    ),
    isLoading,
    isAbsent: computed(() => result.value?.company === null),
    failure,
    update: {
      ...update,
      run: async (changes: { name: string; accountExecutiveName: string; accountExecutiveContact: string }) =>
        (await update.run({ input: { id: id(), ...changes } })) !== null,
    },
    enrol: {
      ...enrol,
      run: async (application: ApplicationId) => {
        const answer = await enrol.run({ input: { companyId: id(), application } })
        await look()
        return answer !== null
      },
    },
    withdraw: {
      ...withdraw,
      run: async (application: ApplicationId) => {
        const answer = await withdraw.run({ input: { companyId: id(), application } })
        await look()
        return answer !== null
      },
    },
    remove: { ...remove, run: async () => (await remove.run({ id: id() })) !== null },
  }
}
