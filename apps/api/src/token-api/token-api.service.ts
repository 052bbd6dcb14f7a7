import type { Secret } from '@optin-hub/oauth-client'
import type { SelectQueryBuilder } from 'typeorm'
import { ApiClientGrantEntity } from '../api-client/api-client-grant.entity.js'
import type { ApiKeyService } from '../api-client/api-key.service.js'
import { AuthorizationEntity } from '../authorization/authorization.entity.js'
import { isVisible } from '../authorization/visible-companies.js'
import type { Clock } from '../clock.js'
import { requireApiCaller, requireViewer, type ApiCaller, type RequestContext } from '../context.js'
import type { Database } from '../db/transaction.js'
import { can } from '../permissions.js'
import type { RefreshProblem } from '../refresh/refresh-problem.js'
import type { RefreshService } from '../refresh/refresh.service.js'
import { TokenSetEntity } from '../vault/token-set.entity.js'
import type { HandOutService } from './hand-out.service.js'
import { tokenApiErrors } from './token-api.errors.js'
import type { TokenStatus } from './token-api.type.js'

interface Surroundings {
  database: Database
  clock: Clock
  apiKeys: ApiKeyService
  handOuts: HandOutService
  refreshes: Pick<RefreshService, 'freshToken'>
}

export interface HandedOut {
  accessToken: Secret
  expiresAt: Date
  stale: boolean
  refreshProblem: RefreshProblem | null
}

/** An authorization with its times, and what the API client may do with it. */
type Found = AuthorizationEntity & {
  tokens: Pick<TokenSetEntity, 'expiresAt' | 'refreshExpiresAt'> | null
  grant?: Pick<ApiClientGrantEntity, 'mayReadStatus' | 'mayReadTokens'>
}

/** How often the state may change under a hand-out before we say so: each time is a refresh, an opt-in or an opt-out. */
const largestTries = 4

const vaultKeyForm = /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/

/** What third-party applications ask by Token Vault Key: one service under GraphQL and `/v1`. */
export class TokenApiService {
  constructor(private readonly on: Surroundings) {}

  /** Null for a key that is unknown, malformed or another company's. People ask by their session, for what they may see. */
  async status(context: RequestContext, vaultKey: string): Promise<TokenStatus | null> {
    const found = context.apiCaller
      ? await this.#findGranted(context.apiCaller, vaultKey)
      : await this.#findVisible(context, vaultKey)
    if (!found) return null
    if (found.grant?.mayReadStatus === false) throw tokenApiErrors.SCOPE_STATUS_READ_MISSING()
    const { applicationId: application, status, endReason } = found
    const tokens = status === 'AUTHORIZED' ? found.tokens : null
    return {
      vaultKey: found.mintedVaultKey ?? vaultKey,
      application,
      status,
      active: status === 'AUTHORIZED',
      expiresAt: tokens?.expiresAt ?? null,
      refreshExpiresAt: tokens?.refreshExpiresAt ?? null,
      reauthorizationRequired: status === 'REAUTHORIZATION_REQUIRED',
      endReason,
      checkedAt: this.on.clock(),
    }
  }

  /** Never without a record of it that is committed, and never for a session: an API key is needed (S-75, S-166). */
  async issue(context: RequestContext, vaultKey: string, minimumSeconds: number): Promise<HandedOut> {
    const caller = requireApiCaller(context)
    for (let tried = 1; tried <= largestTries; tried++) {
      const found = await this.#findGranted(caller, vaultKey)
      if (!found) throw tokenApiErrors.VAULT_KEY_UNKNOWN()
      if (!found.grant?.mayReadTokens) throw tokenApiErrors.SCOPE_TOKEN_READ_MISSING()
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

  /** Where a grant names the client, the company and the application; one statement, however often it is asked. */
  #findGranted({ clientId }: ApiCaller, vaultKey: string): Promise<Found | null> {
    const query = this.#byVaultKey(vaultKey)?.innerJoinAndMapOne(
      'authorization.grant',
      ApiClientGrantEntity,
      'granted',
      'granted.clientId = :clientId AND granted.companyId = authorization.companyId AND granted.applicationId = authorization.applicationId',
      { clientId },
    )
    return query?.getOne() ?? Promise.resolve(null)
  }

  async #findVisible(context: RequestContext, vaultKey: string): Promise<Found | null> {
    const viewer = requireViewer(context)
    const found = (await this.#byVaultKey(vaultKey)?.getOne()) ?? null
    // Who may only authorize sees that page, and no times by key.
    const mayAsk = found && can(viewer, 'authorization.view', found.companyId) && isVisible(viewer, found)
    return mayAsk ? found : null
  }

  /** No sealed value is read where only times are asked for. */
  #byVaultKey(text: string): SelectQueryBuilder<Found> | null {
    const vaultKey = text.toUpperCase()
    if (!vaultKeyForm.test(vaultKey)) return null
    return this.on.database.reader
      .createQueryBuilder(AuthorizationEntity as new () => Found, 'authorization')
      .leftJoinAndMapOne(
        'authorization.tokens',
        TokenSetEntity,
        'tokens',
        'tokens.authorizationId = authorization.id',
      )
      .select(['authorization', 'tokens.authorizationId', 'tokens.expiresAt', 'tokens.refreshExpiresAt'])
      .where('authorization.mintedVaultKey = :vaultKey', { vaultKey })
  }
}
