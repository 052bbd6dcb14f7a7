import { defineErrors } from '../errors.js'

export const refreshErrors = defineErrors({
  REFRESH_NOT_YOURS_TO_ASK: {
    code: 'FORBIDDEN',
    message: 'Only an admin can check an authorization with UPS.com.',
  },
  REFRESH_NEEDS_AUTHORIZATION: {
    code: 'REAUTHORIZATION_REQUIRED',
    message: 'There is nothing to check: this company is not authorized in this application at the moment.',
  },
  AUTHORIZATION_NOT_GIVEN: {
    code: 'CONFLICT',
    message:
      'This company has not authorized this application, so there is no token. An admin of the company can opt in.',
  },
  AUTHORIZATION_NEEDED_ANEW: {
    code: 'REAUTHORIZATION_REQUIRED',
    message: 'UPS does not renew this authorization any more. An admin of the company has to opt in again.',
  },
  TOO_MANY_ARE_WAITING: {
    code: 'UPS_UNAVAILABLE',
    message: 'Too many callers are waiting for UPS.com already. Ask again in a second.',
  },
  STORED_TOKENS_UNREADABLE: {
    code: 'INTERNAL',
    message: 'The tokens that are kept for this company cannot be read. The operator has to look into it.',
  },
  UPS_HAS_NO_ANSWER: {
    code: 'UPS_UNAVAILABLE',
    message:
      'The last token has expired and UPS.com gives no new one at the moment. The authorization still stands.',
  },
})
