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
import { addressesWithin } from './address-range.js'
import { ApiClientKeyEntity, isAlive } from './api-client-key.entity.js'
import { apiClientErrors } from './api-client.errors.js'
import { ApiClientEntity } from './api-client.entity.js'
import { mintApiKey, readApiKey, type ApiKey } from './api-key.js'
import type { KeyUses } from './key-uses.js'

/** How long another process may go on believing in a key that was revoked here (S-82). */
const rememberedMs = 1000
const rememberedKeys = 10_000

const nobodysHash = '0'.repeat(64)

interface Surroundings {
  database: Database
  clock: Clock
  hash: KeyedHash
  randomBytes: (size: number) => Buffer
  keyUses: KeyUses
}

type KeyOfClient = ApiClientKeyEntity & { client: ApiClientEntity }

/** A token of this company and application, by this key. */
interface Taking {
  keyId: string
  companyId: string
  applicationId: ApplicationId
}

interface KnownKey {
  caller: ApiCaller
  expiresAt: Date | null
  /** null: from anywhere. */
  isWithin: ((address: string) => boolean) | null
  readAt: number
}

/** Which client a key belongs to. Of the key itself only a keyed hash is kept (S-45). */
export class ApiKeyService {
  readonly #remembered = new Map<string, KnownKey>()

  constructor(private readonly on: Surroundings) {}

  /** Answers the key, which nobody can read again afterwards. */
  async mint(
    manager: EntityManager,
    clientId: string,
    expiresAt: Date | null,
  ): Promise<{ id: string; key: Secret }> {
    const key = mintApiKey(this.on.randomBytes)
    const now = this.on.clock()
    if (expiresAt && expiresAt <= now) throw apiClientErrors.KEY_EXPIRY_NOT_AHEAD()
    const id = newId(now)
    await manager.insert(ApiClientKeyEntity, {
      id,
      clientId,
      publicId: key.publicId,
      secretHash: this.#hashOf(key),
      createdAt: now,
      revokedAt: null,
      expiresAt,
      lastUsedAt: null,
    })
    return { id, key: key.value }
  }

  /** One answer for a key that was never given out, mistyped, expired or revoked. */
  async callerOf(text: string, address: string): Promise<ApiCaller> {
    const key = readApiKey(text)
    if (!key) throw apiClientErrors.API_KEY_NOT_VALID()
    const secretHash = this.#hashOf(key)
    const now = this.on.clock()
    const remembered = this.#remembered.get(secretHash)
    const isRecent = remembered && Math.abs(now.getTime() - remembered.readAt) < rememberedMs
    const known = isRecent ? remembered : await this.#find(key.publicId, secretHash)
    if (!known || !isAlive({ revokedAt: null, expiresAt: known.expiresAt }, now))
      throw apiClientErrors.API_KEY_NOT_VALID()
    if (!isRecent) this.#remember(secretHash, known)
    if (known.isWithin?.(address) === false) throw apiClientErrors.API_KEY_NOT_FROM_HERE()
    this.on.keyUses.note(known.caller.keyId)
    return known.caller
  }

  /** As long as the client waited for its token, its key may have been revoked. */
  async requireAlive({ keyId }: ApiCaller): Promise<void> {
    const row = await this.#alive(this.on.database.reader).andWhere('apiKey.id = :keyId', { keyId }).getOne()
    if (!row) throw apiClientErrors.API_KEY_NOT_VALID()
    if (row.client.pausedAt) throw apiClientErrors.API_CLIENT_PAUSED()
  }

  /** Which of these keys may take a token of its company and application at this moment. */
  async thatMayTakeTokens(
    manager: EntityManager,
    takings: readonly Taking[],
  ): Promise<(of: Taking) => boolean> {
    const keyIds = takings.map(({ keyId }) => keyId)
    const companyIds = takings.map(({ companyId }) => companyId)
    const rows = await this.#alive(manager)
      .andWhere('client.pausedAt IS NULL')
      .innerJoin(ApiClientGrantEntity, 'granted', 'granted.clientId = apiKey.clientId')
      .andWhere({ id: In([...new Set(keyIds)]) })
      .andWhere('granted.companyId IN (:...companyIds)', { companyIds: [...new Set(companyIds)] })
      .andWhere('granted.mayReadTokens = :may', { may: true })
      .select('apiKey.id', 'keyId')
      .addSelect('granted.companyId', 'companyId')
      .addSelect('granted.applicationId', 'applicationId')
      .getRawMany<Taking>()
    const nameOf = ({ keyId, companyId, applicationId }: Taking) => `${keyId} ${companyId} ${applicationId}`
    const able = new Set(rows.map(nameOf))
    return (of) => able.has(nameOf(of))
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
  async #find(publicId: string, secretHash: string): Promise<KnownKey | null> {
    const readAt = this.on.clock().getTime()
    const row = await this.#alive(this.on.database.reader)
      .andWhere('apiKey.publicId = :publicId', { publicId })
      .getOne()
    const isSame = timingSafeEqual(Buffer.from(row?.secretHash ?? nobodysHash), Buffer.from(secretHash))
    if (!row || !isSame) return null
    const { clientId, id: keyId, expiresAt, client } = row
    const isWithin = client.addresses && addressesWithin(client.addresses)
    return { caller: { clientId, keyId, isPaused: client.pausedAt !== null }, expiresAt, isWithin, readAt }
  }

  #alive(manager: EntityManager): SelectQueryBuilder<KeyOfClient> {
    return manager
      .createQueryBuilder(ApiClientKeyEntity as new () => KeyOfClient, 'apiKey')
      .innerJoinAndMapOne('apiKey.client', ApiClientEntity, 'client', 'client.id = apiKey.clientId')
      .where('apiKey.revokedAt IS NULL AND client.revokedAt IS NULL')
      .andWhere('(apiKey.expiresAt IS NULL OR apiKey.expiresAt > :now)', { now: this.on.clock().getTime() })
  }

  #remember(secretHash: string, known: KnownKey): void {
    if (this.#remembered.size >= rememberedKeys) this.#remembered.clear()
    this.#remembered.set(secretHash, known)
  }

  #hashOf(key: ApiKey): string {
    return this.on.hash('api-key', key.value.reveal())
  }
}
