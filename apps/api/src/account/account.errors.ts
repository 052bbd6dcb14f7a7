import { defineErrors } from '../errors.js'

export const accountErrors = defineErrors({
  LINK_NOT_VALID: {
    code: 'NOT_FOUND',
    message: 'This link has been used already or is too old. Please ask for a new one.',
  },
  SIGN_IN_NAME_TAKEN: {
    code: 'CONFLICT',
    message: 'Somebody else has this sign in name. Please choose another one. Nothing has changed.',
  },
  MAIL_ADDRESS_TAKEN: {
    code: 'CONFLICT',
    message: 'Another account has this mail address by now. Nothing has changed.',
  },
  TOO_MANY_REQUESTS: {
    code: 'RATE_LIMITED',
    message: 'Too many requests came from your network. Please try again in a quarter of an hour.',
  },
  SET_UP_REFUSED: {
    code: 'FORBIDDEN',
    message:
      'This is not the set-up code of the last start, or the hub has been set up already. Nothing has changed.',
  },
  USER_NOT_FOUND: { code: 'NOT_FOUND', message: 'There is no such person.' },
  CANNOT_DISABLE_YOURSELF: {
    code: 'CONFLICT',
    message: 'You cannot shut yourself out. Another solution admin can. Nothing has changed.',
  },
})
