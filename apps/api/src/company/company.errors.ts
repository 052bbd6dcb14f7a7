import { defineErrors } from '../errors.js'

export const companyErrors = defineErrors({
  COMPANY_NOT_FOUND: { code: 'NOT_FOUND', message: 'There is no such company.' },
  COMPANY_NOT_YOURS_TO_CHANGE: {
    code: 'FORBIDDEN',
    message: 'Only an admin of this company can do that. Nothing has changed.',
  },
})
