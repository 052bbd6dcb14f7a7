import { defineErrors } from '../errors.js'

export const apiClientErrors = defineErrors({
  API_KEY_NOT_VALID: {
    code: 'UNAUTHENTICATED',
    message: 'This is not the key of an API client, or it has expired or been revoked.',
  },
  API_KEY_NOT_FROM_HERE: {
    code: 'FORBIDDEN',
    message:
      'This API client may not be used from your network address. An admin can change from where it may.',
  },
  API_CLIENT_PAUSED: {
    code: 'FORBIDDEN',
    message: 'This API client has been paused by an admin and takes no tokens until it is resumed.',
  },
  API_CLIENT_ASKS_TOO_OFTEN: {
    code: 'RATE_LIMITED',
    message: 'This API client has asked as often as it may for now. Please wait as long as Retry-After says.',
  },
  COMPANY_ASKED_ABOUT_TOO_OFTEN: {
    code: 'RATE_LIMITED',
    message:
      'The API clients of this company have asked about it as often as they may for now. Please wait as long as Retry-After says.',
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
  API_CLIENT_NOT_YOURS_TO_MANAGE: {
    code: 'FORBIDDEN',
    message:
      'Only who may give everything that this API client can do may do this. You can withdraw what your own company lets it do. Nothing has changed.',
  },
  API_CLIENT_OF_AN_OPERATOR: {
    code: 'CONFLICT',
    message:
      'A solution admin has seen a key of this API client, and solution admins never get tokens. Create one of your own for tokens. Nothing has changed.',
  },
  API_CLIENT_REVOKED: {
    code: 'CONFLICT',
    message: 'This API client has been revoked for good. Create another one. Nothing has changed.',
  },
  API_CLIENT_HAS_TWO_KEYS: {
    code: 'CONFLICT',
    message:
      'This API client has two keys that work. Revoke one of them, or wait until one has expired. Nothing has changed.',
  },
  ADDRESS_RANGE_NOT_VALID: {
    code: 'BAD_USER_INPUT',
    message:
      'Please give network addresses or ranges such as 192.0.2.7, 192.0.2.0/24 or 2001:db8::/32. Nothing has changed.',
  },
  KEY_EXPIRY_NOT_AHEAD: {
    code: 'BAD_USER_INPUT',
    message: 'A key can only expire in the future. Nothing has changed.',
  },
  API_CLIENT_NOT_YOURS_TO_REVOKE: {
    code: 'FORBIDDEN',
    message:
      'Other companies rely on this API client. You can withdraw what your own company lets it do. Nothing has changed.',
  },
})
