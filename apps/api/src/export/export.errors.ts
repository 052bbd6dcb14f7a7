import { defineErrors } from '../errors.js'

export const exportErrors = defineErrors({
  EXPORT_COMPANY_NOT_FOUND: {
    code: 'NOT_FOUND',
    message: 'There is no such company, or its audit trail is not yours to read.',
  },
  HISTORY_COMPANY_NOT_FOUND: {
    code: 'NOT_FOUND',
    message: 'There is no such company, or it is not yours to see, or it does not use this application.',
  },
  HISTORY_FILTER_NOT_VALID: {
    code: 'BAD_USER_INPUT',
    message:
      'Say which company by companyId, and by application which of its five, or leave that out for all.',
  },
  EXPORT_FILTER_NOT_VALID: {
    code: 'BAD_USER_INPUT',
    message:
      'A filter cannot be read. There are companyId, application, actorId, names (separated by commas), result, from and to.',
  },
})
