import { defineErrors } from '../errors.js'

export const sessionErrors = defineErrors({
  SIGN_IN_REFUSED: {
    code: 'UNAUTHENTICATED',
    message: 'The sign in name or the password is not right.',
  },
})
