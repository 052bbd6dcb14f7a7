import type { Question } from '../../ui/BaseQuestion.vue'

/** Labels of the guide, to the letter. */
export const verbatim = {
  home: 'Home',
  exports: 'Exports',
  admin: 'Admin',
  users: 'Users',
  groups: 'Groups',
  tokenManager: 'Token Manager',
  authorize: 'Authorize',
  tokenHistory: 'Token History',
  tokenCreated: 'Token Created',
  tokenExpires: 'Token Expires',
  refreshCreated: 'Refresh Created',
  refreshExpires: 'Refresh Expires',
  itemsPerPage: 'Items per page',
  range: (range: { first: number; last: number; total: number }) =>
    `${range.first} - ${range.last} of ${range.total}`,
  clear: 'Clear',
}

export const words = {
  application: 'UPS® Intelligent Data Management',
  homeTitle: 'Intelligent Data Management',
  menu: 'Data Management',
  toAdmin: 'Go to Admin to authorize',
  places: 'What you find here',
  exportsSay: 'the history of authorizations and tokens, as files',
  usersSay: 'the people who may act for the company, and new ones to invite',
  groupsSay: 'sets of people who are given companies together',
  adminSays: 'the Token Manager: authorize, see the tokens, dissolve the authorization',
  unreachable: 'UPS.com cannot be reached at present. The authorization stands, and the hub goes on trying.',
  generated: 'A token has been generated',
  inPlace: (company: string) =>
    `${company} has authorized this application, and a token is held in the vault.`,
  notInPlace: (company: string) => `${company} has not authorized this application.`,
  lapsed: (company: string) => `The authorization of ${company} has to be given anew.`,
  historyLoading: 'Loading the tokens…',
  historyEmpty: 'No token has been created yet.',
  historyNote: 'The most recent first; all times in UTC, your local time below.',
  previous: 'Previous page',
  next: 'Next page',
}

export const endQuestion = (company: string): Question => ({
  title: verbatim.clear,
  question: `Dissolve the authorization of ${company} for Intelligent Data Management?`,
  consequence: 'It takes effect at once: no data is retrieved on behalf of this company any more.',
  confirm: verbatim.clear,
  cancel: 'Cancel',
})
