import { defineErrors } from '../errors.js'

export const erasureErrors = defineErrors({
  PERSON_NOT_FOUND: { code: 'NOT_FOUND', message: 'There is no such person.' },
  LAST_SOLUTION_ADMIN_STAYS: {
    code: 'CONFLICT',
    message:
      'This is the last solution admin, without whom nobody could run the hub. Make somebody else one first. Nothing has changed.',
  },
  COMPANY_NEEDS_AN_ADMIN: {
    code: 'CONFLICT',
    message:
      'You are the last admin of a company. Make somebody else an admin of it, or remove it, first. Nothing has changed.',
  },
})
