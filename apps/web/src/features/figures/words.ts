const number = (count: number) => count.toLocaleString('en')

export const words = {
  title: 'Figures',
  leadOfSolution: 'Of the whole installation, counted every ten minutes. Times are in UTC.',
  lead: 'Of the companies that you act for. Times are in UTC.',
  loading: 'Loading the figures…',
  asTable: 'The same as a table',
  when: 'When',
  empty: 'Nothing was counted yet.',
}

export const figureWords = {
  states: {
    title: 'Authorizations by state, the last 60 days',
    authorized: 'Authorized',
    refused: 'Opt in again',
    waiting: 'Not authorized',
    none: 'Nothing was counted yet: look again in ten minutes.',
    summary: (authorized: number, refused: number) =>
      `Today ${number(authorized)} ${authorized === 1 ? 'stands' : 'stand'}, and ${number(refused)} ${refused === 1 ? 'needs' : 'need'} a new opt-in.`,
  },
  renewals: {
    title: 'Renewals by the hour, the last 48 hours',
    renewed: 'Renewed',
    failed: 'Failed or refused',
    summary: (renewed: number, failed: number) =>
      `${number(renewed)} renewed, ${number(failed)} failed or refused.`,
  },
  runningOut: {
    title: 'Refresh tokens that run out, the next 60 days',
    count: 'Run out unless renewed',
    summary: (soon: number, all: number) =>
      `${number(soon)} within 14 days, ${number(all)} within 60. The hub renews each half-way, long before.`,
  },
}
