import { defineErrors } from '../errors.js'

export const userErrors = defineErrors({
  MEMBER_NOT_FOUND: {
    code: 'NOT_FOUND',
    message:
      'This person has no role of their own in this company. What a group gives is changed in the group.',
  },
  MEMBERS_NOT_YOURS_TO_CHANGE: {
    code: 'FORBIDDEN',
    message: 'Only an admin of this company can decide who acts for it. Nothing has changed.',
  },
  LAST_ADMIN_STAYS: {
    code: 'CONFLICT',
    message:
      'A company needs an admin of its own, and this is the last one. Make somebody else an admin first. Nothing has changed.',
  },
})
