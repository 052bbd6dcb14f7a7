import { defineErrors } from '../errors.js'

export const invitationErrors = defineErrors({
  INVITATION_NOT_FOUND: {
    code: 'NOT_FOUND',
    message:
      'There is no such invitation: it may have been used, withdrawn or too old. Ask for a new one. Nothing has changed.',
  },
  INVITATION_FOR_ANOTHER_ADDRESS: {
    code: 'FORBIDDEN',
    message:
      'This invitation was sent to another mail address than that of your account. Sign in as the person whom it is for. Nothing has changed.',
  },
  INVITATION_ADDRESS_HAS_ACCOUNT: {
    code: 'CONFLICT',
    message: 'There is an account with this mail address already. Sign in and accept the invitation there.',
  },
  INVITATIONS_NOT_YOURS_TO_SEND: {
    code: 'FORBIDDEN',
    message: 'Only an admin of this company can invite people. Nothing has changed.',
  },
  ALREADY_A_MEMBER: {
    code: 'CONFLICT',
    message:
      'Somebody with this mail address acts for this company already. Change the role in the list of users.',
  },
  TOO_MANY_INVITATIONS: {
    code: 'RATE_LIMITED',
    message: 'You have sent a hundred invitations in a day. Please go on tomorrow. Nothing has changed.',
  },
})
