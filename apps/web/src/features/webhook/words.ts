import type { Sentences } from '../../graphql/error-sentences'
import type { Question } from '../../ui/BaseQuestion.vue'
import type { ShownOnce } from '../../ui/BaseSecretDialog.vue'
import type { Endpoint, EventType } from './use-webhook-endpoints'

export const words = {
  title: 'Webhooks',
  lead: 'The hub tells a third-party application what happens to authorizations, at an address of its own, so that it need not ask. Each message is signed; no message holds a token.',
  notYours: 'Webhooks are for the admins of a company.',
  loadingClients: 'Loading the API clients…',
  noClients:
    'Webhooks belong to an API client, and this company lets none do anything. Create one first: it decides of which applications it may be told.',
  toClients: 'Go to the API clients',
  client: 'API client',
  loading: 'Loading the endpoints…',
  none: (client: string) => `${client} is told of nothing yet. Add the address at which it takes events.`,
  noneNotYours: (client: string) => `${client} is told of nothing.`,
  others: (client: string) =>
    `Other companies rely on ${client} too: only who manages it for all of them can add endpoints or change them.`,
  atLimit: 'This API client has as many endpoints as it may. Remove one before you add another.',
  cancel: 'Cancel',
  save: 'Save',

  add: 'Add an endpoint',
  addConfirm: 'Add',
  url: 'Address',
  urlHint: 'Begins with https:// and can be reached from the internet. Events are posted there.',
  urlHintInRehearsal:
    'In this rehearsal http:// and addresses of this machine will do as well, as http://127.0.0.1:8080/events.',
  urlMissing: 'Give the address at which events are taken.',
  events: 'Of which events it is told',
  allEvents: 'Of all, also of kinds that are new',
  someEvents: 'Only of these',
  eventsMissing: 'Choose at least one of these.',
  change: 'Change',
  changeLabel: (host: string) => `Change ${host}`,
  changed: (host: string) => `The endpoint at ${host} was changed.`,
  resume: 'Switch on',
  resumeLabel: (host: string) => `Switch on ${host}`,
  resumed: (host: string) =>
    `Events are sent to ${host} again. What happened meanwhile can be sent again from its deliveries.`,

  told: 'Told of',
  ofAll: 'All events',
  secret: 'Secret',
  secretEnds: (lastFour: string) => `ends in ${lastFour}, made`,
  formerUntil: 'The one before signs as well until',
  lastDelivered: 'Last took an event',
  neverDelivered: 'Has taken no event yet',
  failingSince: 'Takes nothing since',
}

export const secretWords = (host: string): ShownOnce => ({
  title: 'The secret, this once',
  lead: `Whoever receives events at ${host} verifies with it that they come from the hub. Copy it now: it cannot be shown again.`,
  label: 'Secret',
  copy: 'Copy the secret',
  copied: 'The secret has been copied.',
  notCopied: 'The browser would not copy it. Select the secret and copy it by hand.',
  close: 'Close',
})

export const stateWords: Readonly<
  Record<Endpoint['state'], { tone: 'on' | 'off' | 'attention'; label: string }>
> = {
  ENABLED: { tone: 'on', label: 'On' },
  PAUSED: { tone: 'off', label: 'Paused' },
  DISABLED: { tone: 'attention', label: 'Disabled by the hub' },
}

export const disabledWords: Readonly<Record<NonNullable<Endpoint['disabledReason']>, string>> = {
  GONE: 'The receiver answered that it is gone (410), and is sent nothing any more. Switch it on once it is back, or remove it.',
  FAILING:
    'The receiver has taken nothing for about three days, and is sent nothing any more. Put it right, send it a test, and switch it on.',
}

export const eventTypeWords: Readonly<Record<EventType, string>> = {
  AUTHORIZATION_OPTED_IN: 'Opted in',
  AUTHORIZATION_AT_RISK: 'At risk',
  AUTHORIZATION_REAUTHORIZATION_REQUIRED: 'Has to opt in again',
  AUTHORIZATION_RECOVERED: 'Recovered',
  AUTHORIZATION_OPTED_OUT: 'Opted out',
}

export const eventTypeHints: Readonly<Record<EventType, string>> = {
  AUTHORIZATION_OPTED_IN: 'A company has given its authorization, or given it anew.',
  AUTHORIZATION_AT_RISK: 'It ends soon unless something is done.',
  AUTHORIZATION_REAUTHORIZATION_REQUIRED: 'UPS does not honour it any more.',
  AUTHORIZATION_RECOVERED: 'It works again without a new opt-in.',
  AUTHORIZATION_OPTED_OUT: 'The company has ended it.',
}

export type Asked = 'pause' | 'rotate' | 'remove'

interface QuestionWords {
  short: string
  label: (host: string) => string
  title: (host: string) => string
  question: string
  done: (host: string) => string
}

export const questions: Readonly<Record<Asked, QuestionWords>> = {
  pause: {
    short: 'Pause',
    label: (host) => `Pause ${host}`,
    title: (host) => `Pause ${host}?`,
    question:
      'It is sent nothing until it is switched on. What happens meanwhile is kept for 30 days and can be sent again.',
    done: (host) => `${host} is paused.`,
  },
  rotate: {
    short: 'New secret',
    label: (host) => `New secret for ${host}`,
    title: (host) => `Make a new secret for ${host}?`,
    question:
      'Messages are signed with both secrets for 24 hours, so that the receiver can change over. After that the former one is worth nothing.',
    done: (host) => `${host} has a new secret.`,
  },
  remove: {
    short: 'Remove',
    label: (host) => `Remove ${host}`,
    title: (host) => `Remove ${host}?`,
    question: 'It is sent nothing any more, and its deliveries are removed with it. This cannot be undone.',
    done: (host) => `${host} was removed.`,
  },
}

export const questionAbout = (asked: Asked, host: string): Question => ({
  title: questions[asked].title(host),
  question: questions[asked].question,
  confirm: questions[asked].short,
  cancel: words.cancel,
})

/** Sentences for what the hub refuses, where its code alone would say too little. */
export const refusals: Sentences = {
  WEBHOOK_URL_NOT_VALID:
    'Give an address that begins with https:// and names a public host, without a user name and without #.',
  WEBHOOK_HOST_NOT_PUBLIC:
    'The host of this address cannot be found, or cannot be reached from the internet. Nothing has changed.',
  WEBHOOK_ENDPOINTS_AT_LIMIT: words.atLimit,
  WEBHOOK_TESTED_JUST_NOW: 'A test was sent just now. Wait ten seconds before the next one.',
  WEBHOOK_ENDPOINT_IS_OFF: 'This endpoint is paused or disabled. Switch it on before events are sent again.',
  WEBHOOK_DELIVERY_NOT_FOUND:
    'The hub does not keep this delivery any more. Send everything again from a time on.',
  API_CLIENT_NOT_YOURS_TO_MANAGE:
    'Other companies rely on this API client too. Only who manages it for all of them can change its endpoints.',
  API_CLIENT_REVOKED: 'This API client has been revoked, and is told of nothing any more.',
}
