import { forPeople, type ObjectRow, type PlainRow, type Row, type Verdicts } from './row.js'
import type { Target } from './scene.js'

const inApplication = ({ companyId }: Target) => ({ input: { companyId, application: 'RATING' } })

const whoMayLook: Verdicts = {
  ...forPeople,
  'viewer of A': { A: 'answer' },
  'admin of A': { A: 'answer' },
  'admin of B': { B: 'answer' },
  'solution admin': { A: 'answer', B: 'answer' },
  // What an opt-in needs: which company, and how it stands.
  'invitee of A': { A: 'answer' },
}

/** Admins of the company; who only looks is told so. */
const whoMayAct: Verdicts = {
  ...whoMayLook,
  'viewer of A': { A: 'FORBIDDEN' },
  'invitee of A': { A: 'FORBIDDEN' },
}

const notTheOperator: Verdicts = { ...whoMayAct, 'solution admin': { A: 'FORBIDDEN', B: 'FORBIDDEN' } }

const ofAuthorization = (name: string, verdicts: Verdicts, ends?: true): ObjectRow => ({
  document: `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { id } }`,
  variables: inApplication,
  verdicts,
  ...(ends && { ends }),
})

const list: PlainRow = {
  document: '{ companies { edges { node { id name } } } }',
  verdicts: forPeople,
  otherwise: 'answer',
}

export const companyRows: Readonly<Record<string, Row>> = {
  'Query.company': {
    document: 'query ($id: ID!) { company(id: $id) { id name } }',
    variables: ({ companyId: id }) => ({ id }),
    verdicts: whoMayLook,
  },
  'Query.companies': list,
  'Query.figures': {
    document: '{ figures { states { day authorized } runningOut { day count } } }',
    verdicts: forPeople,
    otherwise: 'answer',
  },
  'Query.overview': {
    document: '{ overview { totalCount edges { node { id name } } } }',
    verdicts: forPeople,
    otherwise: 'answer',
  },
  'Query.authorization': {
    document:
      'query ($companyId: ID!) { authorization(companyId: $companyId, application: RATING) { id status vaultKey } }',
    variables: ({ companyId }) => ({ companyId }),
    verdicts: whoMayLook,
  },
  'Mutation.createCompany': {
    document: 'mutation ($input: CreateCompanyInput!) { createCompany(input: $input) { id } }',
    variables: { input: { name: 'One more company', applications: [] } },
    verdicts: forPeople,
    otherwise: 'answer',
  },
  'Mutation.updateCompany': {
    document: 'mutation ($input: UpdateCompanyInput!) { updateCompany(input: $input) { id name } }',
    variables: ({ companyId: id }) => ({ input: { id, accountExecutiveName: 'Robin Ellis' } }),
    verdicts: whoMayAct,
  },
  'Mutation.removeCompany': {
    document: 'mutation ($id: ID!) { removeCompany(id: $id) }',
    variables: ({ companyId: id }) => ({ id }),
    verdicts: whoMayAct,
    ends: true,
  },
  'Mutation.enrolCompany': {
    document: 'mutation ($input: EnrolCompanyInput!) { enrolCompany(input: $input) { id } }',
    variables: inApplication,
    // All are enrolled already, which whoever may enrol is told.
    verdicts: {
      ...whoMayAct,
      'admin of A': { A: 'CONFLICT' },
      'admin of B': { B: 'CONFLICT' },
      'solution admin': { A: 'CONFLICT', B: 'CONFLICT' },
    },
  },
  'Mutation.withdrawCompany': {
    document: 'mutation ($input: WithdrawCompanyInput!) { withdrawCompany(input: $input) }',
    variables: inApplication,
    verdicts: whoMayAct,
    ends: true,
  },
  'Mutation.optOut': ofAuthorization('optOut', notTheOperator, true),
  'Mutation.refreshToken': ofAuthorization('refreshToken', whoMayAct),
  'Mutation.beginOptIn': {
    document: 'mutation ($input: BeginOptInInput!) { beginOptIn(input: $input) { id expiresAt } }',
    variables: ({ companyId }) => ({
      input: { companyId, application: 'RATING', returnTo: 'RATING_COMPANY_MANAGER' },
    }),
    verdicts: { ...notTheOperator, 'invitee of A': { A: 'answer' } },
  },
  'Query.optIn': {
    document: 'query ($id: ID!) { optIn(id: $id) { id outcome company { name } } }',
    variables: ({ visitId: id }) => ({ id }),
    // Who began it, and nobody else of the company either.
    verdicts: { ...forPeople, 'admin of A': { A: 'answer' }, 'admin of B': { B: 'answer' } },
  },
}
