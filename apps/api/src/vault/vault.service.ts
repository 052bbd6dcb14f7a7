import type { Secret, TokenSet } from '@optin-hub/oauth-client'
import { In, IsNull, LessThan, type EntityManager } from 'typeorm'
import type { ApplicationId } from '../application/applications.js'
import { checkPageSize, countLimit, toConnection, type Connection, type PageRequest } from '../connection.js'
import type { Cursors } from '../cursor.js'
import { newId } from '../db/new-id.js'
import type { Database } from '../db/transaction.js'
import type { SealContext, Sealer } from '../seal.js'
import { TokenHistoryEntity, type TokenCause } from './token-history.entity.js'
import { TokenSetEntity } from './token-set.entity.js'

/** Whose tokens these are; part of what each sealed value is bound to (S-39). */
export interface TokenOwner {
  authorizationId: string
  companyId: string
  applicationId: ApplicationId
}

export interface NewTokens {
  tokens: TokenSet
  generation: number
  cause: TokenCause
}

/** A pair as it is stored; also what a spill file holds. */
export interface SealedTokens {
  row: Readonly<TokenSetEntity>
  cause: TokenCause
}

/** The shortest refresh lifetime that UPS has been seen to give; used only where an answer names none. */
const assumedRefreshLifetimeMs = 604_799_000

/** Generations of an export that are in memory at once. */
const historyBatch = 500

/** Tokens at rest, and nothing else. What changes them works in the caller's transaction. */
export class VaultService {
  constructor(
    private readonly database: Database,
    private readonly sealer: Sealer,
    private readonly cursors: Cursors,
  ) {}

  /** Seals a fresh pair as the row that it will be, so that it can be put aside safely should the database refuse it. */
  seal(owner: TokenOwner, fresh: NewTokens, previous: TokenSetEntity | null): SealedTokens {
    const { tokens, generation, cause } = fresh
    return {
      cause,
      row: {
        authorizationId: owner.authorizationId,
        generation,
        keyId: this.sealer.currentKeyId,
        accessToken: this.sealer.seal(tokens.accessToken, bind(owner, generation, 'accessToken')),
        refreshToken: this.sealer.seal(tokens.refreshToken, bind(owner, generation, 'refreshToken')),
        issuedAt: tokens.issuedAt,
        expiresAt: tokens.expiresAt,
        refreshIssuedAt:
          tokens.refreshTokenRotated || !previous ? tokens.refreshIssuedAt : previous.refreshIssuedAt,
        refreshExpiresAt: refreshExpiresAt(tokens, previous),
        refreshCount: tokens.refreshCount ?? (cause === 'OPT_IN' ? 0 : (previous?.refreshCount ?? 0) + 1),
      },
    }
  }

  /** Takes the place of the pair before: its sealed values are gone, its times stay in the history. */
  async put(manager: EntityManager, { row, cause }: SealedTokens): Promise<void> {
    const { authorizationId, generation, issuedAt, expiresAt, refreshIssuedAt, refreshExpiresAt } = row
    await manager.upsert(TokenSetEntity, row, ['authorizationId'])
    await this.#supersede(manager, authorizationId, issuedAt)
    await manager.insert(TokenHistoryEntity, {
      id: newId(issuedAt),
      authorizationId,
      generation,
      issuedAt,
      expiresAt,
      refreshIssuedAt,
      refreshExpiresAt,
      cause,
      supersededAt: null,
    })
  }

  /** Seals one row anew under the current key; false where a newer generation took its place meanwhile. */
  async reseal(manager: EntityManager, owner: TokenOwner, row: TokenSetEntity): Promise<boolean> {
    const { affected } = await manager.update(
      TokenSetEntity,
      { authorizationId: row.authorizationId, generation: row.generation },
      this.sealAnew(owner, row),
    )
    return affected === 1
  }

  /** The same values under the current key. */
  sealAnew(
    owner: TokenOwner,
    row: Readonly<TokenSetEntity>,
  ): Pick<TokenSetEntity, 'keyId' | 'accessToken' | 'refreshToken'> {
    const again = (column: 'accessToken' | 'refreshToken') => {
      const context = bind(owner, row.generation, column)
      return this.sealer.seal(this.sealer.open(row[column], context), context)
    }
    return {
      keyId: this.sealer.currentKeyId,
      accessToken: again('accessToken'),
      refreshToken: again('refreshToken'),
    }
  }

  find(manager: EntityManager, authorizationId: string): Promise<TokenSetEntity | null> {
    return manager.findOneBy(TokenSetEntity, { authorizationId })
  }

  findMany(authorizationIds: readonly string[]): Promise<TokenSetEntity[]> {
    return this.database.reader.findBy(TokenSetEntity, { authorizationId: In([...authorizationIds]) })
  }

  /** The generations of one authorization, newest first. */
  async history(authorizationId: string, page: PageRequest): Promise<Connection<TokenHistoryEntity>> {
    const scope = `token_history ${authorizationId}`
    const before = page.after === null ? null : Number(this.cursors.open(scope, page.after)[0])
    const rows = await this.#generations(authorizationId, before, checkPageSize(page.first) + 1)
    return toConnection(rows, page, ({ generation }) => this.cursors.seal(scope, [generation]))
  }

  /** All of them, a batch at a time: however many, memory stays the same. */
  async *wholeHistory(authorizationId: string): AsyncGenerator<TokenHistoryEntity> {
    for (let before: number | null = null; ;) {
      const rows: TokenHistoryEntity[] = await this.#generations(authorizationId, before, historyBatch)
      yield* rows
      const last = rows.at(-1)
      if (!last || rows.length < historyBatch) return
      before = last.generation
    }
  }

  async countHistory(authorizationId: string): Promise<number> {
    const some = await this.database.reader.find(TokenHistoryEntity, {
      select: { id: true },
      where: { authorizationId },
      take: countLimit,
    })
    return some.length
  }

  openAccessToken(owner: TokenOwner, row: TokenSetEntity): Secret {
    return this.sealer.open(row.accessToken, bind(owner, row.generation, 'accessToken'))
  }

  openRefreshToken(owner: TokenOwner, row: TokenSetEntity): Secret {
    return this.sealer.open(row.refreshToken, bind(owner, row.generation, 'refreshToken'))
  }

  /** Destroys the pair. Answers until when UPS may still honour the access token, or null if none was held. */
  async forget(manager: EntityManager, authorizationId: string, at: Date): Promise<Date | null> {
    const row = await this.find(manager, authorizationId)
    if (!row) return null
    await manager.delete(TokenSetEntity, { authorizationId })
    await this.#supersede(manager, authorizationId, at)
    return row.expiresAt
  }

  #generations(authorizationId: string, before: number | null, count: number): Promise<TokenHistoryEntity[]> {
    return this.database.reader.find(TokenHistoryEntity, {
      where: { authorizationId, ...(before !== null && { generation: LessThan(before) }) },
      order: { generation: 'DESC' },
      take: count,
    })
  }

  async #supersede(manager: EntityManager, authorizationId: string, at: Date): Promise<void> {
    await manager.update(
      TokenHistoryEntity,
      { authorizationId, supersededAt: IsNull() },
      { supersededAt: at },
    )
  }
}

function refreshExpiresAt(tokens: TokenSet, previous: TokenSetEntity | null): Date {
  if (tokens.refreshExpiresAt) return tokens.refreshExpiresAt
  if (!tokens.refreshTokenRotated && previous) return previous.refreshExpiresAt
  return new Date(tokens.refreshIssuedAt.getTime() + assumedRefreshLifetimeMs)
}

function bind(owner: TokenOwner, generation: number, column: string): SealContext {
  return {
    table: 'token_sets',
    rowId: owner.authorizationId,
    column,
    companyId: owner.companyId,
    application: owner.applicationId,
    generation,
  }
}
