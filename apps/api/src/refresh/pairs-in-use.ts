import DataLoader from 'dataloader'
import { In } from 'typeorm'
import { AuthorizationEntity } from '../authorization/authorization.entity.js'
import type { Database } from '../db/transaction.js'
import { TokenSetEntity } from '../vault/token-set.entity.js'

const most = 100

/** An authorization as it is, and its pair if it has one. */
interface Seen {
  authorization: AuthorizationEntity | null
  tokens: TokenSetEntity | null
}

/**
 * Reads for those who want a token. Those that come in the same moment share two statements; nothing is remembered, so
 * that each answer is of after it was asked for.
 */
export class PairsInUse {
  readonly #loader: DataLoader<string, Seen>

  constructor(private readonly database: Database) {
    this.#loader = new DataLoader((ids) => this.#findAll([...ids]), {
      cache: false,
      maxBatchSize: most,
      batchScheduleFn: (callback) => setImmediate(callback),
    })
  }

  find(authorizationId: string): Promise<Seen> {
    return this.#loader.load(authorizationId)
  }

  /** The state first: a pair that is newer than it does no harm, and one that has gone since is seen to be missing. */
  async #findAll(ids: string[]): Promise<Seen[]> {
    const wanted = In([...new Set(ids)])
    const authorizations = await this.database.reader.findBy(AuthorizationEntity, { id: wanted })
    const tokens = await this.database.reader.findBy(TokenSetEntity, { authorizationId: wanted })
    const byId = new Map(authorizations.map((row) => [row.id, row]))
    const byAuthorization = new Map(tokens.map((row) => [row.authorizationId, row]))
    return ids.map((id) => ({
      authorization: byId.get(id) ?? null,
      tokens: byAuthorization.get(id) ?? null,
    }))
  }
}
