import { timingSafeEqual } from 'node:crypto'
import type { Secret } from '@optin-hub/oauth-client'
import { In, IsNull, type EntityManager, type SelectQueryBuilder } from 'typeorm'
import type { ApplicationId } from '../application/applications.js'
import type { Clock } from '../clock.js'
import type { ApiCaller } from '../context.js'
import { newId } from '../db/new-id.js'
import type { Database } from '../db/transaction.js'
import type { KeyedHash } from '../keyed-hash.js'
import { ApiClientGrantEntity } from './api-client-grant.entity.js'
import { ApiClientKeyEntity } from './api-client-key.entity.js'
import { apiClientErrors } from './api-client.errors.js'
import { ApiClientEntity } from './api-client.entity.js'
import { mintApiKey, readApiKey, type ApiKey } from './api-key.js'

/** How long another process may go on believing in a key that was revoked here (S-82). */
const rememberedMs = 1000
const rememberedKeys = 10_000

const nobodysHash = '0'.repeat(64)

interface Surroundings {
  database: Database
  clock: Clock
  hash: KeyedHash
  randomBytes: (size: number) => Buffer
}

/** Which client a key belongs to. Of the key itself only a keyed hash is kept (S-45). */
export class ApiKeyService {
  readonly #remembered = new Map<string, { caller: ApiCaller; readAt: number }>()

  constructor(private readonly on: Surroundings) {}

  /** Answers the key, which nobody can read again afterwards. */
  async mint(manager: EntityManager, clientId: string): Promise<Secret> {
    const key = mintApiKey(this.on.randomBytes)
    const now = this.on.clock()
    await manager.insert(ApiClientKeyEntity, {
      id: newId(now),
      clientId,
      publicId: key.publicId,
      secretHash: this.#hashOf(key),
      createdAt: now,
      revokedAt: null,
    })
    return key.value
  }

  /** One answer for a key that was never given out, mistyped or revoked. */
  async callerOf(text: string): Promise<ApiCaller> {
    const key = readApiKey(text)
    if (!key) throw apiClientErrors.API_KEY_NOT_VALID()
    const secretHash = this.#hashOf(key)
    const now = this.on.clock().getTime()
    const known = this.#remembered.get(secretHash)
    if (known && Math.abs(now - known.readAt) < rememberedMs) return known.caller
    const caller = await this.#find(key.publicId, secretHash)
    if (!caller) throw apiClientErrors.API_KEY_NOT_VALID()
    this.#remember(secretHash, caller, now)
    return caller
  }

  /** As long as the client waited for its token, its key may have been revoked. */
  async requireAlive({ keyId }: ApiCaller): Promise<void> {
    const row = await this.#alive(this.on.database.reader).andWhere('apiKey.id = :keyId', { keyId }).getOne()
    if (!row) throw apiClientErrors.API_KEY_NOT_VALID()
  }

  /** Those of these keys that may take a token of this company and application at this moment. */
  async thatMayTakeTokens(
    manager: EntityManager,
    keyIds: readonly string[],
    of: { companyId: string; applicationId: ApplicationId },
  ): Promise<Set<string>> {
    const keys = await this.#alive(manager)
      .innerJoin(ApiClientGrantEntity, 'granted', 'granted.clientId = apiKey.clientId')
      .andWhere({ id: In([...keyIds]) })
      .andWhere('granted.companyId = :companyId AND granted.applicationId = :applicationId', of)
      .andWhere('granted.mayReadTokens = :may', { may: true })
      .getMany()
    return new Set(keys.map(({ id }) => id))
  }

  async revokeAll(manager: EntityManager, clientId: string): Promise<void> {
    await manager.update(
      ApiClientKeyEntity,
      { clientId, revokedAt: IsNull() },
      { revokedAt: this.on.clock() },
    )
  }

  /** After a revocation has been committed: in this process it holds at once. */
  forget(clientId: string): void {
    for (const [secretHash, { caller }] of this.#remembered) {
      if (caller.clientId === clientId) this.#remembered.delete(secretHash)
    }
  }

  /** Found by its public part, then compared in constant time, also where there is nothing to compare with (S-47). */
  async #find(publicId: string, secretHash: string): Promise<ApiCaller | null> {
    const row = await this.#alive(this.on.database.reader)
      .andWhere('apiKey.publicId = :publicId', { publicId })
      .getOne()
    const isSame = timingSafeEqual(Buffer.from(row?.secretHash ?? nobodysHash), Buffer.from(secretHash))
    return row && isSame ? { clientId: row.clientId, keyId: row.id } : null
  }

  #alive(manager: EntityManager): SelectQueryBuilder<ApiClientKeyEntity> {
    return manager
      .createQueryBuilder(ApiClientKeyEntity, 'apiKey')
      .innerJoin(ApiClientEntity, 'client', 'client.id = apiKey.clientId')
      .where('apiKey.revokedAt IS NULL AND client.revokedAt IS NULL')
  }

  #remember(secretHash: string, caller: ApiCaller, readAt: number): void {
    if (this.#remembered.size >= rememberedKeys) this.#remembered.clear()
    this.#remembered.set(secretHash, { caller, readAt })
  }

  #hashOf(key: ApiKey): string {
    return this.on.hash('api-key', key.value.reveal())
  }
}
