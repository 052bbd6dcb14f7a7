import { defineErrors } from '../errors.js'

export const sessionErrors = defineErrors({
  SIGN_IN_REFUSED: {
    code: 'UNAUTHENTICATED',
    message: 'The sign in name or the password is not right.',
  },
  PASSWORD_NOT_RIGHT: {
    code: 'FORBIDDEN',
    message: 'This is not your password. You are still signed in, and nothing has changed.',
  },
  SESSION_NOT_FOUND: { code: 'NOT_FOUND', message: 'You have no such session. It may have ended already.' },
  TOO_MANY_PASSWORDS_AT_ONCE: {
    code: 'RATE_LIMITED',
    message: 'Too many people are signing in at this moment. Please try again in a minute.',
  },
  PASSWORD_TOO_SHORT: {
    code: 'BAD_USER_INPUT',
    message: 'A password needs at least 8 characters. Please choose a longer one.',
  },
  PASSWORD_TOO_COMMON: {
    code: 'BAD_USER_INPUT',
    message: 'This password is on the lists that attackers try first. Please choose another one.',
  },
  PASSWORD_TOO_PERSONAL: {
    code: 'BAD_USER_INPUT',
    message:
      'This password is little more than your name, your mail address or the name of the hub. Please choose another one.',
  },
})
