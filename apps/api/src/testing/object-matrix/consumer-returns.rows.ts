import { setLicenseKey } from '../license-key.js'
import { forPeople, type Row, type Verdicts } from './row.js'
import { adminOf } from './scene.js'

/** Members of a company that is enrolled in Consumer Returns; nobody else, since none has authorized that. */
const onlyItsAdmin: Verdicts = {
  ...forPeople,
  'viewer of A': { A: 'FORBIDDEN' },
  'admin of A': { A: 'answer' },
  'admin of B': { B: 'answer' },
}

export const consumerReturnsRows: Readonly<Record<string, Row>> = {
  'Query.salesOrders': {
    document: 'query ($companyId: ID!) { salesOrders(companyId: $companyId) { edges { node { id } } } }',
    variables: ({ companyId }) => ({ companyId }),
    verdicts: { ...onlyItsAdmin, 'viewer of A': { A: 'answer' } },
  },
  'Mutation.updateLicenseKey': {
    document: 'mutation ($input: UpdateLicenseKeyInput!) { updateLicenseKey(input: $input) { id } }',
    variables: ({ companyId }) => ({ input: { companyId, key: 'A-KEY-OF-UPS-0001' } }),
    verdicts: onlyItsAdmin,
  },
  'Mutation.removeLicenseKey': {
    document: 'mutation ($companyId: ID!) { removeLicenseKey(companyId: $companyId) { id } }',
    variables: ({ companyId }) => ({ companyId }),
    verdicts: onlyItsAdmin,
    ends: async (scene, owner) => {
      const target = scene.targets[owner]
      await setLicenseKey(scene.browserOf(adminOf[owner]), target.companyId)
      return target
    },
  },
}
