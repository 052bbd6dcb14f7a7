import { newId } from '../db/new-id.js'
import type { AuthorizationEventEntity } from '../event/authorization-event.entity.js'
import type { WebhookDeliveryEntity } from './webhook-delivery.entity.js'

export const testEventType = 'webhook.test'

/** Due at once. Without an event it is a test. */
export function deliveryOf(
  endpointId: string,
  event: AuthorizationEventEntity | null,
  now: Date,
): WebhookDeliveryEntity {
  const id = newId(now)
  return {
    id,
    endpointId,
    eventId: event?.id ?? id,
    position: event?.position ?? null,
    type: event?.type ?? testEventType,
    isTest: event === null,
    companyId: event?.companyId ?? null,
    applicationId: event?.applicationId ?? null,
    authorizationId: event?.authorizationId ?? null,
    createdAt: now,
    attempts: 0,
    dueAt: now,
    claimedUntil: null,
    lastTriedAt: null,
    statusCode: null,
    failure: null,
    outcome: null,
  }
}
