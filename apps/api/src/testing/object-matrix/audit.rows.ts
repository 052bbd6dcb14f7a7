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
  // People are the operator's, wherever they belong.
  'Mutation.eraseUser': {
    document: 'mutation ($id: ID!) { eraseUser(id: $id) }',
    variables: ({ memberId: id }) => ({ id }),
    verdicts: { ...forPeople, 'solution admin': { A: 'answer', B: 'answer', C: 'answer' } },
    ends: true,
  },
  // Everybody here has just created a company, and nobody leaves one without an admin; what would answer has tests of its own.
  'Mutation.eraseMyAccount': {
    document: 'mutation { eraseMyAccount }',
    verdicts: forPeople,
    otherwise: 'CONFLICT',
  },
}
