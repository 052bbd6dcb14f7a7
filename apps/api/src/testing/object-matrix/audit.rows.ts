import { forPeople, type Row } from './row.js'

export const auditRows: Readonly<Record<string, Row>> = {
  'Query.auditEvents': {
    document:
      'query ($filter: AuditFilterInput) { auditEvents(filter: $filter) { edges { node { id name } } } }',
    // What somebody else did: everybody sees their own deeds.
    variables: ({ companyId }) => ({
      filter: { companyId, names: ['COMPANY_CREATED', 'AUTHORIZATION_OPTED_IN'] },
    }),
    verdicts: {
      ...forPeople,
      'admin of A': { A: 'answer' },
      'admin of B': { B: 'answer' },
      'solution admin': { A: 'answer', B: 'answer' },
    },
  },
}
