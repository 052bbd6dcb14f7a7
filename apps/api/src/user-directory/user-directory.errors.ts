import { defineErrors } from '../errors.js'

export const userDirectoryErrors = defineErrors({
  PEOPLE_NOT_YOURS_TO_SEE: {
    code: 'FORBIDDEN',
    message: 'Only a solution admin sees the people of the hub. Who acts for a company is listed with it.',
  },
})
