import type { Sentences } from '../../graphql/error-sentences'

export const words = {
  title: 'Your invitation',
  loading: 'Looking at the invitation…',
  toAct: (by: string, company: string, role: string) =>
    `${by} invites you to act for ${company} as ${role === 'ADMIN' ? 'an admin' : 'a viewer'}.`,
  toAuthorize: (by: string, company: string, application: string) =>
    `${by} asks you to authorize ${application} for ${company}, with the UPS.com login that you hold for it. You will see no more of the company than that takes.`,
  forWhom: (email: string) => `It is for ${email}, and nobody else.`,
  until: 'It can be accepted until',
  gone: 'This invitation cannot be used. It may have been accepted already, been withdrawn or be older than seven days. Ask whoever invited you for a new one.',
  noLink: 'Open the link in the letter again: what it carries has been lost on the way.',
  accept: 'Accept',
  signedInAs: (name: string) => `You are signed in as ${name}.`,
  wrongPerson: (email: string) =>
    `Your account has another mail address than ${email}. Sign out, then accept as the person whom it is for.`,
  signOut: 'Sign out',
  signIn: 'Sign in to accept',
  hasAccount: 'There is an account with this mail address. Sign in with it to accept.',
  newTitle: 'Make your account',
  newLead: 'You need no further letter: this link has proven your mail address.',
  join: 'Make the account and accept',
  nameMissing: 'Enter a sign in name of at least 3 characters.',
  displayName: 'Your name',
  displayNameHint: 'How others see you.',
  displayNameMissing: 'Enter your name.',
  password: 'Password',
  passwordHint: 'At least 8 characters; a long sentence is best.',
  passwordShort: 'Enter at least 8 characters.',
  signInName: 'Sign in name',
  signInNameHint: 'Letters, digits and . _ - + @',
}

export const refusals: Sentences = {
  SIGN_IN_NAME_TAKEN: 'Somebody else has this sign in name. Choose another one.',
  PASSWORD_TOO_SHORT: 'This password is too short. Choose one of at least 8 characters.',
  PASSWORD_TOO_COMMON: 'This password is on the lists that attackers try first. Choose another one.',
  PASSWORD_TOO_PERSONAL: 'This password is little more than a name. Choose another one.',
  INVITATION_ADDRESS_HAS_ACCOUNT:
    'There is an account with this mail address by now. Sign in with it to accept.',
}
