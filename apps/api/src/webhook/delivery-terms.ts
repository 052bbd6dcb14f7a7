/** How a delivery can end. WITHDRAWN: the client may not know any more, or its endpoint has gone. */
export const deliveryOutcomes = ['DELIVERED', 'GIVEN_UP', 'WITHDRAWN'] as const
export type DeliveryOutcome = (typeof deliveryOutcomes)[number]

/** Why there was no answer with a status, or none that counts. */
export const postFailures = [
  'HOST_NOT_FOUND',
  'ADDRESS_NOT_PUBLIC',
  'CONNECTION_FAILED',
  'TIMED_OUT',
  'REFUSED_BY_RECEIVER',
] as const
export type PostFailure = (typeof postFailures)[number]
