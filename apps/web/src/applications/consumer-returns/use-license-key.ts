import { computed } from 'vue'
import { graphql } from '../../graphql/generated/gql'
import type { CompaniesQuery } from '../../graphql/generated/graphql'
import { useVerb } from '../../graphql/use-verb'
import { useReauthentication } from '../../features/session/use-reauthentication'

export type LicenseKey = NonNullable<CompaniesQuery['companies']['edges'][number]['node']['licenseKey']>

const updateMutation = graphql(`
  mutation UpdateLicenseKey($input: UpdateLicenseKeyInput!) {
    updateLicenseKey(input: $input) {
      id
      licenseKey {
        ...LicenseKeyFields
      }
    }
  }
`)

const removeMutation = graphql(`
  mutation RemoveLicenseKey($companyId: ID!) {
    removeLicenseKey(companyId: $companyId) {
      id
      licenseKey {
        ...LicenseKeyFields
      }
    }
  }
`)

/** Before it takes a key, the hub may want the password once more. What it answers is what every card then shows. */
export function useLicenseKey(companyId: () => string) {
  const updating = useVerb(updateMutation)
  const removing = useVerb(removeMutation)
  const reauthentication = useReauthentication()
  return {
    reauthentication,
    isUpdating: updating.isBusy,
    updateFailure: updating.failure,
    isRemoving: removing.isBusy,
    removeFailure: removing.failure,
    isBusy: computed(() => updating.isBusy.value || removing.isBusy.value),
    update: async (key: string): Promise<boolean> => {
      const input = { companyId: companyId(), key }
      return (await reauthentication.freshly(() => updating.run({ input }), updating.failure)) !== null
    },
    remove: async (): Promise<boolean> => (await removing.run({ companyId: companyId() })) !== null,
  }
}
