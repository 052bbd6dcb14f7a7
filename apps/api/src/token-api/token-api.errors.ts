import { defineErrors } from '../errors.js'

export const tokenApiErrors = defineErrors({
  VAULT_KEY_UNKNOWN: { code: 'NOT_FOUND', message: 'There is no such Token Vault Key.' },
  SCOPE_STATUS_READ_MISSING: {
    code: 'FORBIDDEN',
    message: 'The company lets this API client take tokens, but not read the status.',
  },
  SCOPE_TOKEN_READ_MISSING: {
    code: 'FORBIDDEN',
    message: 'The company lets this API client read the status, but not take tokens.',
  },
  MINIMUM_OUT_OF_RANGE: {
    code: 'BAD_USER_INPUT',
    message: 'The minimum life of a token is a whole number of seconds from 1 to 600.',
  },
  TOKEN_CHANGED_MEANWHILE: {
    code: 'CONFLICT',
    message: 'This authorization changes as often as it is asked for. Please ask again.',
  },
})
