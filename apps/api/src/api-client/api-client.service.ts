import type { Secret } from '@optin-hub/oauth-client'
import { IsNull } from 'typeorm'
import type { AuditService } from '../audit/audit.service.js'
import type { Clock } from '../clock.js'
import { requireFreshAuthentication, type RequestContext } from '../context.js'
import { newId } from '../db/new-id.js'
import type { Database } from '../db/transaction.js'
import { can } from '../permissions.js'
import { requireRanges } from './address-range.js'
import { ApiClientGrantEntity } from './api-client-grant.entity.js'
import { ApiClientRecorder } from './api-client-recorder.js'
import type { ApiClientRights, Grants } from './api-client-rights.js'
import { ApiClientEntity } from './api-client.entity.js'
import type { ApiKeyService } from './api-key.service.js'

interface Surroundings {
  database: Database
  clock: Clock
  apiKeys: ApiKeyService
  clientRights: ApiClientRights
  audit: AuditService
}

export interface NewApiClient extends Grants {
  name: string
  /** Empty: from anywhere. */
  addresses: readonly string[]
  keyExpiresAt: Date | null
}

/** Third-party applications: how they come, and how they end. */
export class ApiClientService {
  constructor(private readonly on: Surroundings) {}

  async create(
    context: RequestContext,
    fresh: NewApiClient,
  ): Promise<{ client: ApiClientEntity; key: Secret }> {
    const viewer = requireFreshAuthentication(context)
    await this.on.clientRights.requireMayGive(context, viewer, fresh)
    const addresses = requireRanges(fresh.addresses)
    return this.on.database.inTransaction(async (manager) => {
      const now = this.on.clock()
      const client = manager.create(ApiClientEntity, {
        id: newId(now),
        name: fresh.name.trim(),
        createdById: viewer.userId,
        createdAt: now,
        revokedAt: null,
        pausedAt: null,
        addresses,
        isKnownToOperator: !fresh.companyIds.some((id) => can(viewer, 'apiClient.giveTokens', id)),
      })
      await manager.insert(ApiClientEntity, client)
      const { key } = await this.on.apiKeys.mint(manager, client.id, fresh.keyExpiresAt)
      const recorder = new ApiClientRecorder(this.on.audit, manager, { context, clientId: client.id })
      await recorder.record({ name: 'api_client.created' })
      for (const companyId of new Set(fresh.companyIds)) {
        for (const applicationId of new Set(fresh.applicationIds)) {
          const grant = { clientId: client.id, companyId, applicationId, ...fresh.rights }
          const given = { id: newId(now), givenById: viewer.userId, givenAt: now }
          await manager.insert(ApiClientGrantEntity, { ...grant, ...given })
          const details = { ...fresh.rights }
          await recorder.record({ name: 'api_client.granted', companyId, applicationId, details })
        }
      }
      return { client, key }
    })
  }

  /** Ends the client and its keys at once, for all companies. */
  async revoke(context: RequestContext, id: string): Promise<ApiClientEntity> {
    const { client, companyIds } = await this.on.clientRights.requirePower(context, id, 'take')
    const revokedAt = this.on.clock()
    const isFirst = await this.on.database.inTransaction(async (manager) => {
      const { affected } = await manager.update(ApiClientEntity, { id, revokedAt: IsNull() }, { revokedAt })
      if (affected !== 1) return false
      await this.on.apiKeys.revokeAll(manager, id)
      const recorder = new ApiClientRecorder(this.on.audit, manager, { context, clientId: id })
      await recorder.recordForAll(companyIds, { name: 'api_client.revoked' })
      return true
    })
    this.on.apiKeys.forget(id)
    return isFirst ? { ...client, revokedAt } : client
  }
}
