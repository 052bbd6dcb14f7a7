import type { Standing } from '../../graphql/generated/graphql'
import type { MarkKind } from './timeline'

export const words = {
  above: 'Authorization',
  title: (company: string, application: string) => `${company}: ${application}`,
  loading: 'Loading the authorization…',
  missing:
    'There is no such authorization, or it is not among those you may see. A solution admin sees one only once it has been given.',
  toOverview: 'Back to the overview',
  inApplication: (application: string) => `Open ${application}`,
  optIn: (application: string) => `Opt in at ${application}`,
  optInAgain: (application: string) => `Opt in again at ${application}`,
  check: 'Ask UPS.com to renew it now',
  checked: 'UPS.com has renewed the authorization.',
  askAdmin: (company: string) => `Ask an admin of ${company} to do that.`,
  nextRenewal: 'Next renewal',
  refreshUntil: 'Refresh token until',
  since: 'Since',
  vaultKey: 'Token Vault Key',
}

export const stateWords: Record<Standing, { title: string; body: string }> = {
  AUTHORIZED: {
    title: 'It works, and nothing has to be done',
    body: 'The application may act for the company. The hub renews the authorization by itself.',
  },
  REAUTHORIZATION_REQUIRED: {
    title: 'It does not work: opt in again',
    body: 'UPS.com does not honour this authorization any more, so that the application obtains no data for the company. Only a new opt-in at UPS.com helps.',
  },
  REFRESH_PROBLEM: {
    title: 'It works, but was not renewed',
    body: 'UPS.com did not renew the authorization when it was asked. It still stands, and the hub goes on trying by itself; whoever does not want to wait can ask at once.',
  },
  RUNNING_OUT: {
    title: 'It works, but runs out soon',
    body: 'The refresh token was not renewed when it should have been. Ask UPS.com now: if that works, nothing else has to be done.',
  },
  NOT_AUTHORIZED: {
    title: 'It is not authorized',
    body: 'The application cannot act for the company until an admin opts in at UPS.com.',
  },
}

export const timelineWords = {
  title: 'Timeline',
  keys: 'Plus and minus change how much is shown, the arrow keys move, zero shows everything.',
  chart: 'Timeline, drawn to scale. What it shows is in the tables below.',
  summary: (generations: number, gaps: number) =>
    `${generations === 1 ? '1 token set' : `${generations} token sets`}, ${gaps === 0 ? 'no gap' : gaps === 1 ? '1 gap' : `${gaps} gaps`}.`,
  shows: (from: string, to: string) => `Shows ${from} to ${to}.`,
  nearer: 'Zoom in',
  farther: 'Zoom out',
  earlier: 'Earlier',
  later: 'Later',
  all: 'Show all',
  empty: 'Nothing has happened yet: the timeline begins with the first opt-in.',
  newest: (shown: number, all: number) => `Drawn from the newest ${shown} of ${all} token sets.`,
  lanes: { access: 'Access tokens', refresh: 'Refresh token', marks: 'What happened' },
  now: 'now',
  gap: 'Not authorized',
}

export const markWords: Record<MarkKind, string> = {
  'opt-in': 'Opted in',
  'opt-out': 'Opted out',
  refusal: 'UPS refused it',
  failure: 'Something failed',
}

export const historyWords = {
  title: 'Token sets',
  caption: 'Token sets, newest first',
  columns: {
    generation: 'No.',
    cause: 'Why',
    issuedAt: 'Issued',
    expiresAt: 'Access token until',
    refreshExpiresAt: 'Refresh token until',
    supersededAt: 'Replaced or ended',
  },
  current: 'In use',
  over: 'Not honoured any more',
  none: 'No token was ever issued.',
  causes: {
    OPT_IN: 'Opt-in',
    AHEAD_OF_EXPIRY: 'Before it ran out',
    ON_DEMAND: 'Asked for',
    KEEP_ALIVE: 'Kept alive',
    BY_HAND: 'By hand',
  } as Record<string, string>,
}

export const happeningWords = {
  title: 'What happened',
  caption: 'Records of the audit trail, newest first',
  columns: { at: 'When', what: 'What', who: 'Who' },
  none: 'Nothing is recorded that you may see. The trail of a company is for its admins.',
  all: 'All of it in the audit trail',
}

export const handOutWords = {
  title: 'Who took the token',
  caption: 'Tokens handed out, newest first',
  columns: { at: 'When', client: 'API client', generation: 'Token set', address: 'From where' },
  none: 'No API client has taken a token.',
  newest: (shown: number, all: number) => `The newest ${shown} of ${all}.`,
}
