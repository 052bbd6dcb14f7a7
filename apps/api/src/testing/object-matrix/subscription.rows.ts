import { forPeople, type ObjectRow } from './row.js'

/** As the other rows; `nothing` is silence, and what refuses does so when the socket is to be opened. */
export const subscriptionRows: Readonly<Record<string, ObjectRow>> = {
  'Subscription.authorizationChanged': {
    document: `subscription ($companyId: ID) {
      authorizationChanged(companyId: $companyId) { id status company { id name } }
    }`,
    variables: ({ companyId }) => ({ companyId }),
    verdicts: {
      ...forPeople,
      'viewer of A': { A: 'answer' },
      'admin of A': { A: 'answer' },
      'invitee of A': { A: 'answer' },
      'admin of B': { B: 'answer' },
      'solution admin': { A: 'answer', B: 'answer' },
      // Whatever the key: the door is for pages of people who are signed in.
      'revoked key of A': 'FORBIDDEN',
    },
  },
}
