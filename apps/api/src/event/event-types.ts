/** What third-party applications are told of an authorization, by the names that stand on the wire. Pure. */
export const eventTypes = [
  'authorization.opted_in',
  'authorization.at_risk',
  'authorization.reauthorization_required',
  'authorization.recovered',
  'authorization.opted_out',
] as const
export type EventType = (typeof eventTypes)[number]
