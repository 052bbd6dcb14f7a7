import { IsNull, Not, type FindOptionsWhere } from 'typeorm'
import type { AuditEventName } from '../audit/audit-events.js'
import type { AuditService } from '../audit/audit.service.js'
import type { Clock } from '../clock.js'
import { requireFreshAuthentication, type RequestContext } from '../context.js'
import type { Database } from '../db/transaction.js'
import { requireRanges } from './address-range.js'
import { ApiClientRecorder } from './api-client-recorder.js'
import type { ApiClientRights, HeldClient } from './api-client-rights.js'
import { ApiClientEntity } from './api-client.entity.js'
import type { ApiKeyService } from './api-key.service.js'

interface Surroundings {
  database: Database
  clock: Clock
  apiKeys: ApiKeyService
  clientRights: ApiClientRights
  audit: AuditService
}

interface Change {
  where: FindOptionsWhere<ApiClientEntity>
  values: Partial<Pick<ApiClientEntity, 'pausedAt' | 'addresses'>>
  event: AuditEventName
}

/** When and from where a client may come, without a change of what any company lets it do. */
export class ApiClientControlService {
  constructor(private readonly on: Surroundings) {}

  async pause(context: RequestContext, id: string): Promise<ApiClientEntity> {
    const held = await this.on.clientRights.requirePower(context, id, 'take')
    return this.#change(context, held, {
      where: { pausedAt: IsNull(), revokedAt: IsNull() },
      values: { pausedAt: this.on.clock() },
      event: 'api_client.paused',
    })
  }

  async resume(context: RequestContext, id: string): Promise<ApiClientEntity> {
    requireFreshAuthentication(context)
    const held = await this.on.clientRights.requirePower(context, id, 'give')
    return this.#change(context, held, {
      where: { pausedAt: Not(IsNull()), revokedAt: IsNull() },
      values: { pausedAt: null },
      event: 'api_client.resumed',
    })
  }

  /** None at all: from anywhere. */
  async setAddresses(
    context: RequestContext,
    id: string,
    addresses: readonly string[],
  ): Promise<ApiClientEntity> {
    requireFreshAuthentication(context)
    const held = await this.on.clientRights.requirePower(context, id, 'give')
    return this.#change(context, held, {
      where: { revokedAt: IsNull() },
      values: { addresses: requireRanges(addresses) },
      event: 'api_client.addresses_changed',
    })
  }

  /** Answers the client as it is now; of what is so already there is nothing to record. */
  async #change(
    context: RequestContext,
    { client, companyIds }: HeldClient,
    { where, values, event }: Change,
  ): Promise<ApiClientEntity> {
    const { id } = client
    const changed = await this.on.database.inTransaction(async (manager) => {
      const { affected } = await manager.update(ApiClientEntity, { ...where, id }, values)
      if (affected === 1) {
        const recorder = new ApiClientRecorder(this.on.audit, manager, { context, clientId: id })
        await recorder.recordForAll(companyIds, { name: event })
      }
      return manager.findOneByOrFail(ApiClientEntity, { id })
    })
    this.on.apiKeys.forget(id)
    return changed
  }
}
