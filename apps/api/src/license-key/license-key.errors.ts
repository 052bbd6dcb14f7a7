import { defineErrors } from '../errors.js'

export const licenseKeyErrors = defineErrors({
  LICENSE_KEY_OF_NO_COMPANY: {
    code: 'NOT_FOUND',
    message: 'There is no such company in Consumer Returns.',
  },
  LICENSE_KEY_NOT_YOURS_TO_CHANGE: {
    code: 'FORBIDDEN',
    message: 'Only an admin of the company itself can change its license key. Nothing has changed.',
  },
  LICENSE_KEY_NOT_CONFIGURED: {
    code: 'CONFLICT',
    message: 'No license key is configured, so that there is none to remove. Nothing has changed.',
  },
})
