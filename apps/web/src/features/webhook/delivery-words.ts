import type { Delivery } from './use-deliveries'
import { eventTypeWords } from './words'

export const words = {
  log: 'Deliveries',
  logLabel: (host: string) => `Deliveries to ${host}`,
  loading: 'Loading the deliveries…',
  none: 'Nothing was sent yet. Send a test to see whether it arrives.',
  showMore: 'Show earlier deliveries',
  caption: (host: string) => `What was sent to ${host}`,
  queued: 'Not tried yet; queued',
  attempts: (count: number) => (count === 1 ? 'Tried once' : `Tried ${count} times, last`),
  next: 'Next attempt',

  test: 'Send a test',
  testLabel: (host: string) => `Send a test to ${host}`,
  testing: 'The test is on its way…',
  testArrived: (status: number | null) => `The test arrived: the receiver answered ${status ?? ''}.`,
  testFailed: (why: string) => `The test was not taken. ${why}`,

  again: 'Send again',
  againLabel: (what: string) => `Send again: ${what}`,
  sentAgain: 'It is sent again.',
  onItsWay: 'It is on its way anyway.',

  replay: 'Send events again…',
  replayLabel: (host: string) => `Send events again to ${host}`,
  replayLead:
    'Everything that has happened since then is sent once more, under the same ids: a receiver that has taken an event already passes it over.',
  replayOff: 'Events are sent again once the endpoint is switched on.',
  since: 'Since (in UTC)',
  sinceHint: 'Events are kept for 30 days.',
  sinceMissing: 'Give a day and a time.',
  replayConfirm: 'Send again',
  replayGoOn: 'Go on',
  replayed: (count: number) =>
    count === 0
      ? 'There was nothing to send again: nothing has happened since then, or it is on its way anyway.'
      : count === 1
        ? '1 event is sent again.'
        : `${count} events are sent again.`,
  replayMore: 'There are more than are sent at a time. Go on from where this has ended.',
  cancel: 'Cancel',
}

export const stateWords: Readonly<
  Record<Delivery['state'], { tone: 'on' | 'off' | 'attention'; label: string }>
> = {
  WAITING: { tone: 'off', label: 'Waiting' },
  DELIVERED: { tone: 'on', label: 'Delivered' },
  GIVEN_UP: { tone: 'attention', label: 'Given up' },
  WITHDRAWN: { tone: 'off', label: 'Not sent' },
}

const failureWords: Readonly<Record<NonNullable<Delivery['failure']>, string>> = {
  HOST_NOT_FOUND: 'The name of the host leads nowhere.',
  ADDRESS_NOT_PUBLIC: 'The name of the host leads to an address that is not public.',
  CONNECTION_FAILED: 'No connection, or none that is encrypted and genuine.',
  TIMED_OUT: 'No answer in time.',
  REFUSED_BY_RECEIVER: 'The receiver did not take it.',
}

/** Why the last attempt failed; null where it did not. */
export const whyNot = ({ failure, statusCode }: Delivery): string | null =>
  failure === 'REFUSED_BY_RECEIVER' && statusCode !== null
    ? `The receiver answered ${statusCode}.`
    : failure && failureWords[failure]

export const eventOf = ({ type }: Delivery): string => (type ? eventTypeWords[type] : 'Test')

/** What became of a test. */
export const outcomeOfTest = (test: Delivery): string =>
  test.state === 'DELIVERED' ? words.testArrived(test.statusCode) : words.testFailed(whyNot(test) ?? '')
