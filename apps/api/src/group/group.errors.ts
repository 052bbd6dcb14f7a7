import { defineErrors } from '../errors.js'

export const groupErrors = defineErrors({
  GROUP_NOT_FOUND: { code: 'NOT_FOUND', message: 'There is no such group.' },
  GROUP_NOT_YOURS_TO_CHANGE: {
    code: 'FORBIDDEN',
    message:
      'Only an admin of all companies of a group can change it. You can still take your own company out of it. Nothing has changed.',
  },
  COMPANY_NOT_YOURS_TO_GROUP: {
    code: 'FORBIDDEN',
    message: 'Only an admin of a company can put it into a group or take it out. Nothing has changed.',
  },
  GROUP_FULL: {
    code: 'CONFLICT',
    message: 'A group holds at most 500 people and 500 companies. Begin another one. Nothing has changed.',
  },
  GROUP_MEMBER_NOT_FOUND: {
    code: 'NOT_FOUND',
    message:
      'There is no such person among the members of your companies. Invite the person to a company first.',
  },
})
