import type { Row, Verdicts } from './row.js'

const noKeys: Verdicts = {
  'key of A for status': 'FORBIDDEN',
  'key of A for tokens': 'FORBIDDEN',
  'key of B': 'FORBIDDEN',
  'revoked key of A': 'UNAUTHENTICATED',
}

export const sessionRows: Readonly<Record<string, Row>> = {
  'Query.viewer': {
    document: '{ viewer { id signInName } }',
    // Nobody is signed in where a key asks.
    verdicts: {
      anonymous: 'nothing',
      'key of A for status': 'nothing',
      'key of A for tokens': 'nothing',
      'key of B': 'nothing',
      'revoked key of A': 'UNAUTHENTICATED',
    },
    otherwise: 'answer',
  },
  'Mutation.signIn': {
    document: 'mutation ($input: SignInInput!) { signIn(input: $input) { id } }',
    variables: { input: { signInName: 'nobody.at.all', password: 'wrong' } },
    verdicts: noKeys,
    otherwise: 'UNAUTHENTICATED',
  },
  'Mutation.signOut': {
    document: 'mutation { signOut }',
    verdicts: noKeys,
    otherwise: 'answer',
  },
  'Query.upsEnvironment': {
    document: '{ upsEnvironment }',
    verdicts: { 'revoked key of A': 'UNAUTHENTICATED' },
    otherwise: 'answer',
  },
  'Query.applications': {
    document: '{ applications { id name slug } }',
    verdicts: { 'revoked key of A': 'UNAUTHENTICATED' },
    otherwise: 'answer',
  },
  'Query.application': {
    document: '{ application(id: RATING) { id name slug } }',
    verdicts: { 'revoked key of A': 'UNAUTHENTICATED' },
    otherwise: 'answer',
  },
  'Query.frequentlyAskedQuestions': {
    document: '{ frequentlyAskedQuestions(application: RATING) { question answer } }',
    verdicts: { 'revoked key of A': 'UNAUTHENTICATED' },
    otherwise: 'answer',
  },
}
