import type { Sentences } from '../../graphql/error-sentences'
import type { Question } from '../../ui/BaseQuestion.vue'

export const words = {
  title: 'People',
  lead: 'Everybody who can sign in. Whom a company lets act for it is that company’s own affair, and is shown with it.',
  search: 'Find a person',
  searchHint: 'By the beginning of the sign in name, the name or the mail address.',
  loading: 'Loading the people…',
  noneFound: 'Nobody’s sign in name, name or mail address begins like this.',
  notAll: (shown: number, all: number) => `Showing ${shown} of ${all.toLocaleString('en')}.`,
  showMore: 'Show more people',
  notYours: 'Only a solution admin sees the people of the hub.',
  you: '(you)',
  solutionAdmin: 'Solution admin',
  shutOut: 'Shut out',
  neverSignedIn: 'Never signed in',
  lastSignIn: 'Last signed in',
  noEmail: 'no mail address',
  sessions: (count: number) =>
    count === 0 ? 'Not signed in now' : `Signed in now in ${count} ${count === 1 ? 'browser' : 'browsers'}`,
  companies: (count: number) => (count === 1 ? 'Acts for 1 company' : `Acts for ${count} companies`),
  cancel: 'Cancel',
}

export type Verb = 'disable' | 'enable' | 'endSessions' | 'erase'

interface VerbWords {
  short: string
  label: (name: string) => string
  title: string
  question: (name: string) => string
  consequence: string
  done: (name: string) => string
}

export const verbs: Readonly<Record<Verb, VerbWords>> = {
  disable: {
    short: 'Shut out',
    label: (name) => `Shut ${name} out`,
    title: 'Shut a person out',
    question: (name) => `Shall ${name} be signed out everywhere, and not be let in any more?`,
    consequence:
      'It takes effect at once. What this person has authorized stays authorized, and their roles are kept for the day you let them in again.',
    done: (name) => `${name} has been shut out.`,
  },
  enable: {
    short: 'Let in again',
    label: (name) => `Let ${name} in again`,
    title: 'Let a person in again',
    question: (name) => `Shall ${name} be able to sign in again?`,
    consequence: 'With the password and the roles from before.',
    done: (name) => `${name} can sign in again.`,
  },
  endSessions: {
    short: 'End sessions',
    label: (name) => `End all sessions of ${name}`,
    title: 'End all sessions',
    question: (name) => `Shall ${name} be signed out in every browser?`,
    consequence:
      'For a browser that was lost or left open. The person can sign in again; if the password may be known to others, shut them out instead.',
    done: (name) => `All sessions of ${name} have ended.`,
  },
  erase: {
    short: 'Erase',
    label: (name) => `Erase ${name}`,
    title: 'Erase a person',
    question: (name) => `Shall everything about ${name} be erased? There is no way back.`,
    consequence:
      'Name, sign in name, mail address, roles and sessions go. What the person did stays in the audit trail, under a pseudonym, and what they authorized stays authorized.',
    done: (name) => `${name} has been erased.`,
  },
}

export const questionTo = (verb: Verb, name: string): Question => ({
  title: verbs[verb].title,
  question: verbs[verb].question(name),
  consequence: verbs[verb].consequence,
  confirm: verbs[verb].short,
  cancel: words.cancel,
})

export const typing = (signInName: string) => ({
  label: `Type the sign in name, ${signInName}, to go on`,
  text: signInName,
  wrong: 'This is not the sign in name.',
})

/** What there is to do, where the code alone does not say it. */
export const refusals: Sentences = {
  CANNOT_DISABLE_YOURSELF: 'You cannot shut yourself out. Another solution admin can.',
  LAST_SOLUTION_ADMIN_STAYS:
    'This is the last solution admin, without whom nobody could run the hub. Make somebody else one first.',
  USER_NOT_FOUND: 'There is no such person any more.',
  PERSON_NOT_FOUND: 'There is no such person any more.',
}
