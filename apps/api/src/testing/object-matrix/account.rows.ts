import { demoPassword } from '../../demo.seed.js'
import { forPeople, type ObjectRow, type PlainRow, type Row, type Verdict, type Verdicts } from './row.js'

const noKeys: Verdicts = { ...forPeople }
delete noKeys.anonymous

const worthlessToken = 'A'.repeat(43)
const password = 'a song that nobody sings'
const person = { signInName: 'newcomer', displayName: 'New Comer', email: 'newcomer@example.com', password }

const withInput = (name: string, type: string, input: object) => ({
  document: `mutation ($input: ${type}!) { ${name}(input: $input)${name === 'changeSignInName' ? ' { id }' : ''} }`,
  variables: { input },
})

/** For whoever comes, signed in or not, but not for keys. */
const forAnybody = (name: string, type: string, input: object) => ({
  otherwise: (otherwise: Verdict): PlainRow => ({
    ...withInput(name, type, input),
    verdicts: noKeys,
    otherwise,
  }),
})

const forOneself = (name: string, type: string, input: object) => ({
  otherwise: (otherwise: Verdict, verdicts: Verdicts = {}): PlainRow => ({
    ...withInput(name, type, input),
    verdicts: { ...forPeople, ...verdicts },
    otherwise,
  }),
})

/** People are the operator's, wherever they belong. */
const ofPerson = (name: string): ObjectRow => ({
  document: `mutation ($id: ID!) { ${name}(id: $id) { id } }`,
  variables: ({ memberId: id }) => ({ id }),
  verdicts: { ...forPeople, 'solution admin': { A: 'answer', B: 'answer', C: 'answer' } },
})

export const accountRows: Readonly<Record<string, Row>> = {
  'Mutation.signUp': forAnybody('signUp', 'SignUpInput', person).otherwise('answer'),
  'Mutation.confirmSignUp': forAnybody('confirmSignUp', 'LinkTokenInput', {
    token: worthlessToken,
  }).otherwise('nothing'),
  'Mutation.requestPasswordReset': forAnybody('requestPasswordReset', 'RequestPasswordResetInput', {
    email: person.email,
  }).otherwise('answer'),
  'Mutation.resetPassword': forAnybody('resetPassword', 'ResetPasswordInput', {
    token: worthlessToken,
    password,
  }).otherwise('nothing'),
  'Mutation.confirmEmail': forAnybody('confirmEmail', 'LinkTokenInput', { token: worthlessToken }).otherwise(
    'nothing',
  ),
  'Mutation.setUp': forAnybody('setUp', 'SetUpInput', { ...person, code: '0'.repeat(32) }).otherwise(
    'FORBIDDEN',
  ),
  'Mutation.reauthenticate': forOneself('reauthenticate', 'ReauthenticateInput', {
    password: demoPassword,
    // Who joined by a letter has chosen another.
  }).otherwise('answer', { 'invitee of A': 'FORBIDDEN' }),
  // What would answer has tests of its own: it would lock the callers of this matrix out.
  'Mutation.changePassword': forOneself('changePassword', 'ChangePasswordInput', {
    password: 'password1',
  }).otherwise('BAD_USER_INPUT'),
  'Mutation.changeSignInName': forOneself('changeSignInName', 'ChangeSignInNameInput', {
    signInName: 'demo.admin',
  }).otherwise('CONFLICT', { 'admin of B': 'answer' }),
  'Mutation.changeDisplayName': {
    ...withInput('changeDisplayName', 'ChangeDisplayNameInput', { displayName: 'Another Name' }),
    document:
      'mutation ($input: ChangeDisplayNameInput!) { changeDisplayName(input: $input) { displayName } }',
    verdicts: forPeople,
    otherwise: 'answer',
  },
  'Mutation.changeEmail': forOneself('changeEmail', 'ChangeEmailInput', { email: person.email }).otherwise(
    'answer',
  ),
  'Mutation.changeNoticePreferences': {
    document:
      'mutation ($input: ChangeNoticePreferencesInput!) { changeNoticePreferences(input: $input) { ended } }',
    variables: { input: { expiring: true, ended: true } },
    verdicts: forPeople,
    otherwise: 'answer',
  },
  'Mutation.endSession': {
    document: 'mutation { endSession(id: "another person’s or none") }',
    verdicts: forPeople,
    otherwise: 'nothing',
  },
  'Mutation.endOtherSessions': {
    document: 'mutation { endOtherSessions }',
    verdicts: forPeople,
    otherwise: 'answer',
  },
  'Query.alarms': {
    document: '{ alarms { id } }',
    verdicts: { ...forPeople, 'solution admin': 'answer' },
    otherwise: 'FORBIDDEN',
  },
  'Query.users': {
    document: '{ users { edges { node { user { id } email } } } }',
    verdicts: { ...forPeople, 'solution admin': 'answer' },
    otherwise: 'FORBIDDEN',
  },
  'Mutation.disableUser': ofPerson('disableUser'),
  'Mutation.enableUser': ofPerson('enableUser'),
  'Mutation.endSessionsOf': {
    ...ofPerson('endSessionsOf'),
    document: 'mutation ($userId: ID!) { endSessionsOf(userId: $userId) }',
    variables: ({ memberId: userId }) => ({ userId }),
  },
}
