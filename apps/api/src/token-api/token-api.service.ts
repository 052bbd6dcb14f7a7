import type { Secret } from '@optin-hub/oauth-client'
import type { ApiKeyService } from '../api-client/api-key.service.js'
import { apiClientErrors } from '../api-client/api-client.errors.js'
import type { RequestQuotas } from '../api-client/request-quotas.js'
import type { Clock } from '../clock.js'
import { requireApiCaller, type ApiCaller, type RequestContext } from '../context.js'
import type { RefreshProblem } from '../refresh/refresh-problem.js'
import type { RefreshService } from '../refresh/refresh.service.js'
import type { GrantedAuthorization, GrantedAuthorizations, VaultedState } from './granted-authorizations.js'
import type { HandOutService } from './hand-out.service.js'
import { tokenApiErrors } from './token-api.errors.js'
import type { TokenStatus } from './token-api.type.js'
import type { VisibleAuthorizations } from './visible-authorizations.js'

interface Surroundings {
  clock: Clock
  apiKeys: ApiKeyService
  granted: GrantedAuthorizations
  visible: VisibleAuthorizations
  handOuts: HandOutService
  quotas: RequestQuotas
  refreshes: Pick<RefreshService, 'freshToken'>
}

export interface HandedOut {
  accessToken: Secret
  expiresAt: Date
  stale: boolean
  refreshProblem: RefreshProblem | null
}

/** How often the state may change under a hand-out before we say so: each time is a refresh, an opt-in or an opt-out. */
const largestTries = 4

/** What third-party applications ask by Token Vault Key: one service under GraphQL and `/v1`. */
export class TokenApiService {
  constructor(private readonly on: Surroundings) {}

  /** Null for a key that is unknown, malformed or another company's. People ask by their session, for what they may see. */
  async status(context: RequestContext, vaultKey: string): Promise<TokenStatus | null> {
    const [status = null] = await this.statuses(context, [vaultKey])
    if (status instanceof Error) throw status
    return status
  }

  /** In the order of the keys. One that may not be told is an error in its place, which spares the others. */
  async statuses(
    context: RequestContext,
    vaultKeys: readonly string[],
  ): Promise<(TokenStatus | Error | null)[]> {
    const { apiCaller } = context
    if (!apiCaller) {
      const found = await this.on.visible.find(context, vaultKeys)
      return found.map((state) => state && this.#statusOf(state))
    }
    this.#count(context, apiCaller, vaultKeys.length)
    const found = await Promise.all(vaultKeys.map((key) => this.on.granted.find(apiCaller.clientId, key)))
    for (const [companyId, cost] of perCompany(found)) this.on.quotas.take('company', companyId, cost)
    return found.map((state) => {
      if (!state) return null
      return state.rights.mayReadStatus ? this.#statusOf(state) : tokenApiErrors.SCOPE_STATUS_READ_MISSING()
    })
  }

  /** Never without a record of it that is committed, and never for a session: an API key is needed (S-75, S-166). */
  async issue(context: RequestContext, vaultKey: string, minimumSeconds: number): Promise<HandedOut> {
    const caller = requireApiCaller(context)
    this.#count(context, caller, 1)
    for (let tried = 1; tried <= largestTries; tried++) {
      const found = await this.on.granted.find(caller.clientId, vaultKey)
      if (!found) throw tokenApiErrors.VAULT_KEY_UNKNOWN()
      if (!found.rights.mayReadTokens) throw tokenApiErrors.SCOPE_TOKEN_READ_MISSING()
      if (caller.isPaused) throw apiClientErrors.API_CLIENT_PAUSED()
      if (tried === 1) this.on.quotas.take('company', found.companyId)
      const fresh = await this.on.refreshes.freshToken(found.id, minimumSeconds)
      const { address, requestId } = context
      const handOut = { caller, generation: fresh.generation, address, requestId }
      if (await this.on.handOuts.record(found.id, handOut)) {
        const { accessToken, expiresAt, stale, refreshProblem } = fresh
        return { accessToken, expiresAt, stale, refreshProblem }
      }
      await this.on.apiKeys.requireAlive(caller)
    }
    throw tokenApiErrors.TOKEN_CHANGED_MEANWHILE()
  }

  /** The request itself has counted as one: what one document asks beyond that counts as well, whatever its form. */
  #count(context: RequestContext, { clientId }: ApiCaller, cost: number): void {
    const prepaid = context.memo('prepaid', () => ({ left: 1 }))
    const due = cost - prepaid.left
    prepaid.left = 0
    if (due > 0) this.on.quotas.take('client', clientId, due)
  }

  #statusOf({ vaultKey, application, status, endReason, ...tokens }: VaultedState): TokenStatus {
    const active = status === 'AUTHORIZED'
    return {
      vaultKey,
      application,
      status,
      active,
      expiresAt: active ? tokens.expiresAt : null,
      refreshExpiresAt: active ? tokens.refreshExpiresAt : null,
      reauthorizationRequired: status === 'REAUTHORIZATION_REQUIRED',
      endReason,
      checkedAt: this.on.clock(),
    }
  }
}

function perCompany(found: readonly (GrantedAuthorization | null)[]): Map<string, number> {
  const costs = new Map<string, number>()
  for (const state of found) if (state) costs.set(state.companyId, (costs.get(state.companyId) ?? 0) + 1)
  return costs
}
