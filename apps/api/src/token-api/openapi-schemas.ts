import { applicationIds } from '../application/applications.js'
import { authorizationStatuses, endReasons } from '../authorization/authorization-state.js'
import { errorCodes } from '../errors.js'
import { eventTypes } from '../event/event-types.js'

const time = { type: 'string', format: 'date-time' }
const timeOrNone = { type: ['string', 'null'], format: 'date-time' }

/** Every field is always there: what has no value is null. */
const object = (description: string, properties: Record<string, object>) => ({
  type: 'object',
  description,
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
})

const tokenStatus = object('Whether an authorization stands, and its times.', {
  vaultKey: { type: 'string', format: 'uuid', description: 'In capitals.' },
  application: { enum: applicationIds },
  status: { enum: authorizationStatuses },
  active: { type: 'boolean', description: 'The authorization stands: access tokens can be had.' },
  expiresAt: {
    ...timeOrNone,
    description: 'When the current access token expires, which the hub renews by itself; null unless active.',
  },
  refreshExpiresAt: {
    ...timeOrNone,
    description: 'Until when the authorization can be renewed without a person; null unless active.',
  },
  reauthorizationRequired: {
    type: 'boolean',
    description: 'Only a person of the company can make it active again.',
  },
  endReason: { enum: [...endReasons, null], description: 'Why it ended last; null if it never has.' },
  checkedAt: { ...time, description: 'Now. No part of what the ETag stands for.' },
})

const refreshProblem = {
  ...object('Why the tokens could not be renewed; the authorization still stands.', {
    since: time,
    attempts: { type: 'integer', minimum: 0 },
    code: { type: 'string' },
    message: { type: 'string', description: 'For people.' },
    nextAttemptAt: { ...time, description: 'When the hub asks UPS.com again by itself.' },
  }),
  type: ['object', 'null'],
}

const accessToken = object('An access token of UPS. Each one handed out is recorded.', {
  accessToken: { type: 'string', description: 'A secret. Send it to UPS only.' },
  tokenType: { const: 'Bearer' },
  expiresAt: time,
  stale: { type: 'boolean', description: 'It has less life left than was asked for: see refreshProblem.' },
  refreshProblem: { $ref: '#/components/schemas/RefreshProblem' },
})

const eventData = object('An authorization as it stood from then on.', {
  companyId: { type: 'string', description: 'The company, by the id that the hub has for it.' },
  application: { enum: applicationIds },
  vaultKey: { type: 'string', format: 'uuid', description: 'The Token Vault Key, in capitals.' },
  status: { enum: authorizationStatuses },
  generation: { type: 'integer', minimum: 0, description: 'Of its tokens: the higher of two is the later.' },
  endReason: { enum: [...endReasons, null], description: 'Why it ended; null while it stood.' },
  refreshExpiresAt: {
    ...timeOrNone,
    description: 'Until when it could be renewed without a person; null once it had ended.',
  },
})

const event = object('A change of an authorization, as webhooks tell it.', {
  id: { type: 'string', description: 'The webhook-id, the same however often the event is told.' },
  type: { enum: eventTypes },
  timestamp: { ...time, description: 'When it happened.' },
  data: { $ref: '#/components/schemas/EventData' },
})

const events = object('Events, the oldest first.', {
  events: { type: 'array', items: { $ref: '#/components/schemas/Event' } },
  next: { type: 'string', description: 'To go on from, also where nothing has come.' },
  more: { type: 'boolean', description: 'There are more already.' },
})

const problem = {
  type: 'object',
  description: 'RFC 9457, with the members that errors of the GraphQL API have.',
  properties: {
    title: { type: 'string', description: 'The words of the status.' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'For people: what happened and what to do.' },
    message: { type: 'string', description: 'The same as detail.' },
    code: { enum: errorCodes, description: 'A closed list: programs decide by it.' },
    reason: { type: 'string', description: 'What happened exactly. New ones may come.' },
    requestId: { type: 'string', description: 'Quote it when you ask for help.' },
    details: { type: 'object', description: 'Plain values that belong to the reason.' },
  },
  required: ['title', 'status', 'detail', 'message', 'code', 'requestId'],
  additionalProperties: false,
}

export const openApiSchemas = {
  TokenStatus: tokenStatus,
  AccessToken: accessToken,
  Event: event,
  EventData: eventData,
  Events: events,
  RefreshProblem: refreshProblem,
  Problem: problem,
}
