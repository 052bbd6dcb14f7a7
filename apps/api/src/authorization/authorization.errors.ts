import { defineErrors } from '../errors.js'

export const authorizationErrors = defineErrors({
  AUTHORIZATION_NOT_FOUND: {
    code: 'NOT_FOUND',
    message: 'There is no such company, or it is not enrolled in this application.',
  },
  AUTHORIZATION_NOT_YOURS_TO_BEGIN: {
    code: 'FORBIDDEN',
    message:
      'Only an admin of this company, or whom an admin has asked to, can authorize an application for it. Nothing has changed.',
  },
  AUTHORIZATION_NOT_YOURS_TO_END: {
    code: 'FORBIDDEN',
    message: 'Only an admin of this company can end its authorization. Nothing has changed.',
  },
  TOKEN_HISTORY_NOT_YOURS_TO_SEE: {
    code: 'FORBIDDEN',
    message: 'Only who acts for this company can see its token history.',
  },
  RETURN_PAGE_OF_ANOTHER_APPLICATION: {
    code: 'BAD_USER_INPUT',
    message: 'The page to return to belongs to another application.',
  },
  UPS_UNREACHABLE: {
    code: 'UPS_UNAVAILABLE',
    message:
      'UPS.com cannot be reached at the moment, so nothing was started. What is authorized stays authorized; please try again in a few minutes.',
  },
  COMPANY_ALREADY_ENROLLED: {
    code: 'CONFLICT',
    message: 'This company is enrolled in this application already.',
  },
  COMPANY_NOT_YOURS_TO_ENROL: {
    code: 'FORBIDDEN',
    message: 'Only an admin of this company can enrol or withdraw it. Nothing has changed.',
  },
})
