import type { Standing } from '../../graphql/generated/graphql'

/** The hub counts no further. */
const countLimit = 10_000
const number = (count: number) =>
  count < countLimit ? count.toLocaleString('en') : `${countLimit.toLocaleString('en')} or more`

export const words = {
  title: 'Overview',
  lead: 'Which companies have authorized which applications, and what needs a hand. The hub renews what is authorized by itself.',
  loading: 'Loading the overview…',
  caption: 'Companies and their authorizations',
  company: 'Company',
  search: 'Find a company by name',
  application: 'Application',
  allApplications: 'All five',
  standing: 'Show only',
  everything: 'Everything',
  calm: 'Nothing needs a hand: every authorization stands, and the hub renews it by itself.',
  count: (count: number) => (count === 1 ? '1 company' : `${number(count)} companies`),
  shown: (shown: number, total: number) => `Showing ${shown} of ${number(total)}.`,
  noneFound: 'No company fits.',
  showAll: 'Show all companies',
  noneAuthorized: (waiting: number) =>
    `${waiting === 1 ? '1 company has' : `${number(waiting)} companies have`} not authorized yet. A solution admin sees a company here once it has.`,
  next: 'Next companies',
  first: 'Back to the first',
  notInUse: 'Not in use',
  notVisible: 'Not authorized or not in use',
  open: (company: string, application: string) => `${company}, ${application}`,
  /** `UPS® Intelligent Rating` in a column that has room for `Rating`. */
  short: (application: string) => application.replace(/^UPS® Intelligent /, ''),
  daysLeft: (days: number) =>
    days < 1 ? 'less than a day left' : days === 1 ? '1 day left' : `${days} days left`,
}

export const standingWords: Record<Standing, string> = {
  REAUTHORIZATION_REQUIRED: 'Opt in again',
  REFRESH_PROBLEM: 'Renewal fails',
  RUNNING_OUT: 'Runs out soon',
  AUTHORIZED: 'Authorized',
  NOT_AUTHORIZED: 'Not authorized',
}

export const standingTones = {
  REAUTHORIZATION_REQUIRED: 'attention',
  REFRESH_PROBLEM: 'attention',
  RUNNING_OUT: 'attention',
  AUTHORIZED: 'on',
  NOT_AUTHORIZED: 'off',
} as const satisfies Record<Standing, string>
