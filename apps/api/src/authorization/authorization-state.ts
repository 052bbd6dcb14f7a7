/** The life of an authorization as a table: which move leads from where to where. Pure. */
export const authorizationStatuses = ['NOT_AUTHORIZED', 'AUTHORIZED', 'REAUTHORIZATION_REQUIRED'] as const
export type AuthorizationStatus = (typeof authorizationStatuses)[number]

export const endReasons = [
  'OPTED_OUT',
  'REFUSED_BY_UPS',
  'REFRESH_TOKEN_EXPIRED',
  'LOST_IN_ROTATION',
  'WITHDRAWN',
  'COMPANY_REMOVED',
] as const
export type EndReason = (typeof endReasons)[number]

/** Why UPS would not renew: the grant is over, and only a person can give a new one. */
export type InvalidReason = Extract<
  EndReason,
  'REFUSED_BY_UPS' | 'REFRESH_TOKEN_EXPIRED' | 'LOST_IN_ROTATION'
>

export const authorizationMoves = {
  optIn: {
    NOT_AUTHORIZED: 'AUTHORIZED',
    AUTHORIZED: 'AUTHORIZED',
    REAUTHORIZATION_REQUIRED: 'AUTHORIZED',
  },
  refresh: { AUTHORIZED: 'AUTHORIZED' },
  invalidate: { AUTHORIZED: 'REAUTHORIZATION_REQUIRED' },
  end: {
    NOT_AUTHORIZED: 'NOT_AUTHORIZED',
    AUTHORIZED: 'NOT_AUTHORIZED',
    REAUTHORIZATION_REQUIRED: 'NOT_AUTHORIZED',
  },
} as const satisfies Record<string, Partial<Record<AuthorizationStatus, AuthorizationStatus>>>

export type AuthorizationMove = keyof typeof authorizationMoves

/** Where the move leads, or null where it is not allowed. */
export function statusAfter(move: AuthorizationMove, from: AuthorizationStatus): AuthorizationStatus | null {
  const targets: Partial<Record<AuthorizationStatus, AuthorizationStatus>> = authorizationMoves[move]
  return targets[from] ?? null
}

/** The ruling on visibility speaks of *authenticated* companies: those that hold or held a consent not ended by them. */
export const authenticatedStatuses: readonly AuthorizationStatus[] = [
  'AUTHORIZED',
  'REAUTHORIZATION_REQUIRED',
]
