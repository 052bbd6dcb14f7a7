import DataLoader from 'dataloader'
import { ApiClientGrantEntity } from '../api-client/api-client-grant.entity.js'
import type { Rights } from '../api-client/scopes.js'
import type { ApplicationId } from '../application/applications.js'
import type { AuthorizationStatus, EndReason } from '../authorization/authorization-state.js'
import { AuthorizationEntity } from '../authorization/authorization.entity.js'
import { timestampTransformer } from '../db/columns.js'
import type { Database } from '../db/transaction.js'
import { TokenSetEntity } from '../vault/token-set.entity.js'

/** So many look-ups share a statement at most. */
const most = 100

/** What is asked by Token Vault Key: times and state, and no sealed value. */
export interface VaultedState {
  id: string
  companyId: string
  vaultKey: string
  application: ApplicationId
  status: AuthorizationStatus
  endReason: EndReason | null
  expiresAt: Date | null
  refreshExpiresAt: Date | null
}

export type GrantedAuthorization = VaultedState & { rights: Rights }

interface Asked {
  clientId: string
  vaultKey: string
}

type Row = Record<keyof VaultedState | 'clientId' | 'mayReadStatus' | 'mayReadTokens', unknown>

const vaultKeyForm = /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/

/** As it is stored; null for what is none. */
export function readVaultKey(text: string): string | null {
  const vaultKey = text.toUpperCase()
  return vaultKeyForm.test(vaultKey) ? vaultKey : null
}

/**
 * Look-ups for API clients. Those that come in the same moment, of whichever requests, are one statement; nothing is
 * remembered, so that each answer is of after it was asked for.
 */
export class GrantedAuthorizations {
  readonly #loader: DataLoader<Asked, GrantedAuthorization | null>

  constructor(private readonly database: Database) {
    this.#loader = new DataLoader((asked) => this.#findAll(asked), {
      cache: false,
      maxBatchSize: most,
      batchScheduleFn: (callback) => setImmediate(callback),
    })
  }

  /** Where a grant names the client, the company and the application. */
  find(clientId: string, text: string): Promise<GrantedAuthorization | null> {
    const vaultKey = readVaultKey(text)
    return vaultKey ? this.#loader.load({ clientId, vaultKey }) : Promise.resolve(null)
  }

  async #findAll(asked: readonly Asked[]): Promise<(GrantedAuthorization | null)[]> {
    const rows = await this.database.reader
      .createQueryBuilder(AuthorizationEntity, 'authorization')
      .innerJoin(
        ApiClientGrantEntity,
        'granted',
        'granted.companyId = authorization.companyId AND granted.applicationId = authorization.applicationId',
      )
      .leftJoin(TokenSetEntity, 'tokens', 'tokens.authorizationId = authorization.id')
      .select('authorization.id', 'id')
      .addSelect('authorization.companyId', 'companyId')
      .addSelect('authorization.mintedVaultKey', 'vaultKey')
      .addSelect('authorization.applicationId', 'application')
      .addSelect('authorization.status', 'status')
      .addSelect('authorization.endReason', 'endReason')
      .addSelect('tokens.expiresAt', 'expiresAt')
      .addSelect('tokens.refreshExpiresAt', 'refreshExpiresAt')
      .addSelect('granted.clientId', 'clientId')
      .addSelect('granted.mayReadStatus', 'mayReadStatus')
      .addSelect('granted.mayReadTokens', 'mayReadTokens')
      .where('authorization.mintedVaultKey IN (:...vaultKeys)', {
        vaultKeys: unique(asked.map(({ vaultKey }) => vaultKey)),
      })
      .andWhere('granted.clientId IN (:...clientIds)', {
        clientIds: unique(asked.map(({ clientId }) => clientId)),
      })
      .getRawMany<Row>()
    const found = new Map(rows.map((row) => [`${String(row.clientId)} ${String(row.vaultKey)}`, row]))
    return asked.map(({ clientId, vaultKey }) => {
      const row = found.get(`${clientId} ${vaultKey}`)
      return row ? stateOf(row) : null
    })
  }
}

const unique = (texts: readonly string[]): string[] => [...new Set(texts)]

function stateOf({ clientId: _client, mayReadStatus, mayReadTokens, ...row }: Row): GrantedAuthorization {
  return {
    ...(row as unknown as VaultedState),
    expiresAt: timestampTransformer.from(row.expiresAt) as Date | null,
    refreshExpiresAt: timestampTransformer.from(row.refreshExpiresAt) as Date | null,
    // SQLite answers 0 and 1.
    rights: { mayReadStatus: Boolean(mayReadStatus), mayReadTokens: Boolean(mayReadTokens) },
  }
}
