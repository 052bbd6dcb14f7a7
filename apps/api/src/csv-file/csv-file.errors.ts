import { defineErrors } from '../errors.js'

export const csvFileErrors = defineErrors({
  IMPORT_UNDER_WAY: {
    code: 'RATE_LIMITED',
    message: 'Another import is under way. Nothing was read; try again when it is done.',
  },
})
