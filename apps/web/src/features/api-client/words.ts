import type { Sentences } from '../../graphql/error-sentences'
import type { ApiClientScope } from '../../graphql/generated/graphql'
import type { Question } from '../../ui/BaseQuestion.vue'
import type { ShownOnce } from '../../ui/BaseSecretDialog.vue'

export const words = {
  title: 'API clients',
  lead: 'Third-party applications that ask the hub with a key of their own. Each company decides what they may do for it, and can take that back at any time.',
  notYours: 'API clients are for the admins of a company.',
  loading: 'Loading the API clients…',
  none: 'This company lets no API client do anything.',
  showMore: 'Show more API clients',
  cancel: 'Cancel',

  active: 'Active',
  paused: 'Paused',
  revoked: 'Revoked',
  created: 'Created',
  grants: 'What this company lets it do',
  withdrawn: 'Nothing any more.',
  keys: 'Keys',
  keyName: (publicId: string) => `oih_${publicId}_…`,
  neverUsed: 'Never used',
  lastUsed: 'Last used',
  expires: 'Works until',
  ended: 'Ended',
  noExpiry: 'Does not expire',
  from: 'Accepted from',
  anywhere: 'any network address',
  webhooks: 'Webhooks: be told of what happens',
  webhooksLabel: (name: string) => `Webhooks of ${name}: be told of what happens`,
  others:
    'Other companies rely on this API client too, so that you can change only what your own lets it do.',

  create: 'Create an API client',
  createConfirm: 'Create',
  name: 'Name',
  nameHint: 'Of the third-party application, so that everybody knows it again.',
  nameMissing: 'Give the API client a name.',
  rights: 'What it may do',
  rightsMissing: 'Choose at least one of these.',
  tokensNotYours: 'Taking tokens is for an admin of the company itself to allow.',
  applications: 'In which applications',
  expiry: 'Its key works',
  expiryChoices: [
    { days: 0, label: 'until it is revoked' },
    { days: 30, label: 'for 30 days' },
    { days: 90, label: 'for 90 days' },
    { days: 365, label: 'for a year' },
  ],
  addresses: 'Network addresses from which it may ask',
  addressesHint:
    'One a line: 192.0.2.7, 192.0.2.0/24 or 2001:db8::/32. Empty: from anywhere. Who has the key, but not the address, gets nothing.',

  rotate: 'New key',
  rotateLabel: (name: string) => `New key for ${name}`,
  rotateLead: 'The former key goes on for as long as the third party needs to change over.',
  overlap: 'The former key works',
  overlapChoices: [
    { seconds: 0, label: 'no longer: it ends at once' },
    { seconds: 3600, label: 'for one more hour' },
    { seconds: 24 * 3600, label: 'for one more day' },
    { seconds: 7 * 24 * 3600, label: 'for 7 more days' },
    { seconds: 30 * 24 * 3600, label: 'for 30 more days' },
  ],
  rotateConfirm: 'Make a new key',

  grant: 'Let it do more',
  grantLabel: (name: string) => `Let ${name} do more`,
  grantConfirm: 'Let it',
  addressesLabel: (name: string) => `Change from where ${name} may ask`,
  addressesChange: 'Change addresses',
  save: 'Save',
  resume: 'Resume',
  resumeLabel: (name: string) => `Resume ${name}`,
  resumed: (name: string) => `${name} may take tokens again.`,
  granted: (name: string) => `${name} may do more now.`,
  saved: (name: string) => `The addresses of ${name} were changed.`,
}

export const keyWords = (name: string): ShownOnce => ({
  title: 'The key, this once',
  lead: `Copy it now and hand it to ${name} by a safe way: the hub keeps no copy and cannot show it again.`,
  label: 'API key',
  copy: 'Copy the key',
  copied: 'The key has been copied.',
  notCopied: 'The browser would not copy it. Select the key and copy it by hand.',
  close: 'Close',
})

interface ScopeWords {
  short: string
  says: string
}

export const scopeWords: Readonly<Record<ApiClientScope, ScopeWords>> = {
  STATUS_READ: {
    short: 'See how it stands',
    says: 'Learns whether the authorization stands, why it ended, and when its tokens expire. Gets no token.',
  },
  TOKEN_READ: {
    short: 'Take access tokens',
    says: 'Gets access tokens, with which it can act at UPS in the name of the company until they expire. Each one is recorded.',
  },
}

export type Removal = 'pause' | 'revoke' | 'revokeKey' | 'withdraw'

interface QuestionWords {
  short: string
  label: (what: string) => string
  title: (what: string) => string
  question: string
  done: (what: string) => string
}

/** What is asked before something is taken away. */
export const questions: Readonly<Record<Removal, QuestionWords>> = {
  pause: {
    short: 'Pause',
    label: (name) => `Pause ${name}`,
    title: (name) => `Pause ${name}?`,
    question:
      'It gets no tokens until it is resumed, and still sees how authorizations stand. No authorization ends; tokens that it holds already work until they expire.',
    done: (name) => `${name} is paused.`,
  },
  revoke: {
    short: 'Revoke',
    label: (name) => `Revoke ${name}`,
    title: (name) => `Revoke ${name}?`,
    question:
      'All its keys end at once, for every company, and it cannot be brought back. No authorization ends; tokens that it holds already work until they expire.',
    done: (name) => `${name} was revoked.`,
  },
  revokeKey: {
    short: 'Revoke',
    label: (key) => `Revoke the key ${key}`,
    title: (key) => `Revoke the key ${key}?`,
    question: 'Whoever uses this key is refused from now on. Other keys of the API client go on working.',
    done: (key) => `The key ${key} was revoked.`,
  },
  withdraw: {
    short: 'Withdraw',
    label: (application) => `Withdraw what it may do in ${application}`,
    title: (application) => `Withdraw what it may do in ${application}?`,
    question:
      'It can do nothing for this company in this application any more. Tokens that it holds already work until they expire.',
    done: (application) => `Withdrawn in ${application}.`,
  },
}

export const questionAbout = (removal: Removal, what: string): Question => ({
  title: questions[removal].title(what),
  question: questions[removal].question,
  confirm: questions[removal].short,
  cancel: words.cancel,
})

/** Sentences for what the hub refuses, where its code alone would say too little. */
export const refusals: Sentences = {
  ADDRESS_RANGE_NOT_VALID:
    'One of the lines is no network address and no range such as 192.0.2.0/24. Nothing has changed.',
  API_CLIENT_HAS_TWO_KEYS:
    'Two keys of it work at the moment. Revoke one of them, or wait until the former one has ended.',
  API_CLIENT_OF_AN_OPERATOR:
    'A solution admin has seen a key of this API client, and solution admins never get tokens. Create one of your own for tokens.',
  API_CLIENT_NOT_YOURS_TO_REVOKE:
    'Other companies rely on this API client. You can withdraw what your own company lets it do.',
  API_CLIENT_REVOKED: 'This API client has been revoked. Create another one.',
}
