import { defineErrors } from '../errors.js'

export const webhookErrors = defineErrors({
  WEBHOOK_ENDPOINT_NOT_FOUND: { code: 'NOT_FOUND', message: 'There is no such webhook endpoint.' },
  WEBHOOK_DELIVERY_NOT_FOUND: { code: 'NOT_FOUND', message: 'There is no such delivery.' },
  WEBHOOK_URL_NOT_VALID: {
    code: 'BAD_USER_INPUT',
    message:
      'Please give an address that begins with https:// and names a public host, without a user name and without #. Nothing has changed.',
  },
  // One answer for a name that is unknown and for one that leads inside, so that nobody can ask for inner names.
  WEBHOOK_HOST_NOT_PUBLIC: {
    code: 'BAD_USER_INPUT',
    message:
      'The host of this address cannot be found, or is not reachable from the internet. Nothing has changed.',
  },
  WEBHOOK_ENDPOINTS_AT_LIMIT: {
    code: 'CONFLICT',
    message:
      'This API client has as many webhook endpoints as it may. Remove one first. Nothing has changed.',
  },
  WEBHOOK_TESTED_JUST_NOW: {
    code: 'RATE_LIMITED',
    message: 'A test was sent to this endpoint just now. Please wait ten seconds.',
  },
  WEBHOOK_ENDPOINT_IS_OFF: {
    code: 'CONFLICT',
    message: 'This endpoint is paused or disabled. Switch it on before events are sent again.',
  },
  REPLAY_FROM_ONE_PLACE: {
    code: 'BAD_USER_INPUT',
    message: 'Please say what to send again: one delivery, the events since a time, or those after a cursor.',
  },
  EVENTS_NEED_STATUS_READ: {
    code: 'FORBIDDEN',
    message: 'No company lets this API client read the status of an authorization (STATUS_READ).',
  },
  EVENTS_NO_LONGER_KEPT: {
    code: 'CONFLICT',
    message:
      'Events after this cursor have been cleared away, since it is over 30 days old. Read the status of each authorization, then begin without a cursor.',
  },
})
