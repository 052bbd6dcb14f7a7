export const words = {
  lead: (company: string) =>
    `Files of what has happened at ${company}, the newest first. Times are in UTC; a token itself is in none of them.`,
  which: 'History of',
  all: 'All that the company uses',
  authorizations: 'Authorization history',
  authorizationsLead: 'When an authorization was begun, given, refused and ended, by whom, and why.',
  tokens: 'Token history',
  tokensLead: 'When each access token and refresh token was created and until when it was valid.',
  file: (name: string, format: string) => `${name} as ${format}`,
  formats: { csv: 'CSV', json: 'JSON' },
  recorded: 'Who downloads a file is on record in the audit trail.',
  notYours:
    'You were invited to authorize, and do not see the history. An admin of the company can give you a role.',
}
