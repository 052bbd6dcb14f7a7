import { defineErrors } from '../errors.js'

export const salesOrderErrors = defineErrors({
  ORDERS_OF_NO_COMPANY: { code: 'NOT_FOUND', message: 'There is no such company in Consumer Returns.' },
  ORDERS_NOT_YOURS_TO_IMPORT: {
    code: 'FORBIDDEN',
    message: 'Only an admin of the company itself can import its orders. Nothing was read.',
  },
})
