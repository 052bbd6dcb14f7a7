export type ApplicationId =
  'CONSUMER_RETURNS' | 'REVERSE_LOGISTICS' | 'PICKUP_MANAGER' | 'DATA_MANAGEMENT' | 'RATING'

/** What `GET /v1/tokens/<vaultKey>` answers. Times are ISO 8601 in UTC, with milliseconds. */
export interface TokenStatus {
  vaultKey: string
  application: ApplicationId
  status: 'NOT_AUTHORIZED' | 'AUTHORIZED' | 'REAUTHORIZATION_REQUIRED'
  /** Access tokens can be had. */
  active: boolean
  expiresAt: string | null
  refreshExpiresAt: string | null
  /** Only a person of the company can make it active again. */
  reauthorizationRequired: boolean
  endReason: string | null
  checkedAt: string
}

/** Why the hub could not renew a token that is still good. */
export interface RefreshProblem {
  since: string
  attempts: number
  code: string
  message: string
  nextAttemptAt: string | null
}

/** What `GET /v1/tokens/<vaultKey>/access-token` answers. */
export interface AccessToken {
  /** For `Authorization: Bearer …` to UPS. Keep it out of logs. */
  accessToken: string
  tokenType: 'Bearer'
  expiresAt: string
  /** It has less life left than was asked for: see `refreshProblem`. */
  stale: boolean
  refreshProblem: RefreshProblem | null
}
