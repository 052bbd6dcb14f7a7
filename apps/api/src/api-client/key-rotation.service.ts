import type { Secret } from '@optin-hub/oauth-client'
import { IsNull, type EntityManager } from 'typeorm'
import type { AuditService } from '../audit/audit.service.js'
import type { Clock } from '../clock.js'
import { requireFreshAuthentication, requireViewer, type RequestContext } from '../context.js'
import { heldRow, type Database } from '../db/transaction.js'
import { can, type Viewer } from '../permissions.js'
import { ApiClientGrantEntity } from './api-client-grant.entity.js'
import { ApiClientKeyEntity, isAlive } from './api-client-key.entity.js'
import { ApiClientRecorder } from './api-client-recorder.js'
import type { ApiClientRights } from './api-client-rights.js'
import { apiClientErrors } from './api-client.errors.js'
import { ApiClientEntity } from './api-client.entity.js'
import type { ApiKeyService } from './api-key.service.js'

/** One in use, and the next: a third would be one that nobody knows why it is there. */
const mostKeys = 2

interface Surroundings {
  database: Database
  clock: Clock
  apiKeys: ApiKeyService
  clientRights: ApiClientRights
  audit: AuditService
}

export interface Rotation {
  clientId: string
  /** For so long the keys before go on working. */
  overlapSeconds: number
  expiresAt: Date | null
}

/** A new key beside the former one, which goes on for as long as the third party needs to change over. */
export class KeyRotationService {
  constructor(private readonly on: Surroundings) {}

  async rotate(
    context: RequestContext,
    rotation: Rotation,
  ): Promise<{ client: ApiClientEntity; key: Secret }> {
    const { clientId } = rotation
    const viewer = requireFreshAuthentication(context)
    const { companyIds } = await this.on.clientRights.requirePower(context, clientId, 'give')
    const made = await this.on.database.inTransaction(async (manager) => {
      const client = await this.#hold(manager, clientId, viewer)
      const formerKeyId = await this.#endFormer(manager, rotation)
      const { id: keyId, key } = await this.on.apiKeys.mint(manager, clientId, rotation.expiresAt)
      const recorder = new ApiClientRecorder(this.on.audit, manager, { context, clientId })
      const details = { keyId, formerKeyId, overlapSeconds: rotation.overlapSeconds }
      await recorder.recordForAll(companyIds, { name: 'api_client.key_rotated', details })
      return { client, key }
    })
    this.on.apiKeys.forget(clientId)
    return made
  }

  /** Ends one key, and no other of the client. */
  async revoke(context: RequestContext, keyId: string): Promise<ApiClientEntity> {
    requireViewer(context)
    const key = await this.on.database.reader.findOneBy(ApiClientKeyEntity, { id: keyId })
    const clientId = key?.clientId ?? ''
    const { client, companyIds } = await this.on.clientRights.requirePower(context, clientId, 'take')
    await this.on.database.inTransaction(async (manager) => {
      const where = { id: keyId, revokedAt: IsNull() }
      const { affected } = await manager.update(ApiClientKeyEntity, where, { revokedAt: this.on.clock() })
      if (affected !== 1) return
      const recorder = new ApiClientRecorder(this.on.audit, manager, { context, clientId })
      await recorder.recordForAll(companyIds, { name: 'api_client.key_revoked', details: { keyId } })
    })
    this.on.apiKeys.forget(clientId)
    return client
  }

  /** Read again with the client held: a company may just have let it take tokens. */
  async #hold(manager: EntityManager, id: string, viewer: Viewer): Promise<ApiClientEntity> {
    const client = await manager.findOneOrFail(ApiClientEntity, { where: { id }, ...heldRow(manager) })
    if (client.revokedAt) throw apiClientErrors.API_CLIENT_REVOKED()
    const grants = await manager.findBy(ApiClientGrantEntity, { clientId: id })
    if (grants.some(({ companyId }) => can(viewer, 'apiClient.giveTokens', companyId))) return client
    if (grants.some(({ mayReadTokens }) => mayReadTokens))
      throw apiClientErrors.API_CLIENT_NOT_YOURS_TO_MANAGE()
    await manager.update(ApiClientEntity, { id }, { isKnownToOperator: true })
    return { ...client, isKnownToOperator: true }
  }

  async #endFormer(manager: EntityManager, { clientId, overlapSeconds }: Rotation): Promise<string | null> {
    const now = this.on.clock()
    const rows = await manager.findBy(ApiClientKeyEntity, { clientId, revokedAt: IsNull() })
    const former = rows.filter((row) => isAlive(row, now))
    if (former.length >= mostKeys) throw apiClientErrors.API_CLIENT_HAS_TWO_KEYS()
    const until = new Date(now.getTime() + overlapSeconds * 1000)
    for (const { id, expiresAt } of former) {
      if (expiresAt && expiresAt <= until) continue
      const end = overlapSeconds === 0 ? { revokedAt: now } : { expiresAt: until }
      await manager.update(ApiClientKeyEntity, { id }, end)
    }
    return former[0]?.id ?? null
  }
}
