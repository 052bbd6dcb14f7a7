/** Every event of the trail, one list. Details hold ids, codes and times only, never a name, token or free text. */
export const auditEventNames = [
  'session.began',
  'session.refused',
  'session.ended',
  'company.created',
  'company.updated',
  'company.removed',
  'company.enrolled',
  'company.withdrew',
  'authorization.begun',
  'authorization.opted_in',
  'authorization.opt_in_failed',
  'authorization.opt_in_voided',
  'authorization.opted_out',
  'authorization.refreshed',
  'authorization.invalidated',
  'authorization.refresh_failed',
  'callback.refused',
] as const
export type AuditEventName = (typeof auditEventNames)[number]
