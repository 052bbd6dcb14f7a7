import { defineErrors } from '../errors.js'

export const alarmErrors = defineErrors({
  ALARMS_NOT_YOURS_TO_SEE: {
    code: 'FORBIDDEN',
    message: 'Only a solution admin sees the alarms of the hub.',
  },
})
