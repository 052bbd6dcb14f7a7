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
  REFRESH_UNDER_WAY: {
    code: 'CONFLICT',
    message: 'This authorization is being checked right now. Please look again in a moment.',
  },
})
