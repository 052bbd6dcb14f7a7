import { defineErrors } from '../errors.js'

export const apiClientErrors = defineErrors({
  API_KEY_NOT_VALID: {
    code: 'UNAUTHENTICATED',
    message: 'This is not the key of an API client, or it has been revoked.',
  },
  API_KEY_WITH_SESSION: {
    code: 'BAD_USER_INPUT',
    message: 'A request carries either the session of a person or the key of an API client, never both.',
  },
  API_CLIENT_NOT_FOUND: { code: 'NOT_FOUND', message: 'There is no such API client.' },
  API_CLIENT_GRANT_NOT_FOUND: {
    code: 'NOT_FOUND',
    message: 'This company lets no such API client do anything.',
  },
  GRANT_NOT_YOURS_TO_WITHDRAW: {
    code: 'FORBIDDEN',
    message: 'Only an admin can withdraw what a company lets an API client do. Nothing has changed.',
  },
  API_CLIENTS_NOT_YOURS_TO_SEE: {
    code: 'FORBIDDEN',
    message: 'Only an admin of this company can see its API clients.',
  },
  STATUS_READ_NOT_YOURS_TO_GIVE: {
    code: 'FORBIDDEN',
    message: 'Only an admin can let an API client read the status of a company. Nothing has changed.',
  },
  TOKEN_READ_NOT_YOURS_TO_GIVE: {
    code: 'FORBIDDEN',
    message:
      'Only an admin of the company itself can let an API client take its tokens. Nothing has changed.',
  },
  API_CLIENT_NOT_YOURS_TO_REVOKE: {
    code: 'FORBIDDEN',
    message:
      'Other companies rely on this API client. You can withdraw what your own company lets it do. Nothing has changed.',
  },
})
