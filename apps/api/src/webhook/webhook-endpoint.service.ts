import type { Secret } from '@optin-hub/oauth-client'
import type { EntityManager } from 'typeorm'
import { ApiClientRecorder } from '../api-client/api-client-recorder.js'
import { ApiClientEntity } from '../api-client/api-client.entity.js'
import type { AuditEventName } from '../audit/audit-events.js'
import type { AuditService } from '../audit/audit.service.js'
import type { Clock } from '../clock.js'
import { requireFreshAuthentication, type RequestContext } from '../context.js'
import { newId } from '../db/new-id.js'
import { heldRow, type Database } from '../db/transaction.js'
import type { EventType } from '../event/event-types.js'
import type { Sealer } from '../seal.js'
import { addressOf, type Way } from './host-addresses.js'
import { mintSecret } from './signing.js'
import { readTargetUrl } from './target-url.js'
import { WebhookDeliveryEntity } from './webhook-delivery.entity.js'
import { formerSecretContext, secretContext, WebhookEndpointEntity } from './webhook-endpoint.entity.js'
import type { HeldEndpoint, WebhookRights } from './webhook-rights.js'
import { webhookErrors } from './webhook.errors.js'

const mostEndpoints = 5
const formerSecretMs = 24 * 3600_000

interface Surroundings {
  database: Database
  clock: Clock
  randomBytes: (size: number) => Buffer
  sealer: Sealer
  audit: AuditService
  webhookRights: WebhookRights
  way: Way
}

interface NewEndpoint {
  clientId: string
  url: string
  eventTypes: readonly EventType[] | null
}

interface EndpointChanges {
  id: string
  url?: string | null | undefined
  eventTypes?: readonly EventType[] | null | undefined
  isEnabled?: boolean | null | undefined
}

type Changes = Partial<Omit<WebhookEndpointEntity, 'id' | 'clientId'>>

export interface WithSecret {
  endpoint: WebhookEndpointEntity
  secret: Secret
}

const noTrouble = {
  disabledAt: null,
  disabledReason: null,
  failures: 0,
  failingSince: null,
  restUntil: null,
} as const

/** Where API clients are told of events: how endpoints come, change and go. */
export class WebhookEndpointService {
  constructor(private readonly on: Surroundings) {}

  async create(context: RequestContext, fresh: NewEndpoint): Promise<WithSecret> {
    requireFreshAuthentication(context)
    const { clientId, eventTypes } = fresh
    const { companyIds } = await this.on.webhookRights.requireClient(context, clientId)
    const url = await this.#requireTarget(fresh.url)
    return this.on.database.inTransaction(async (manager) => {
      // Held, so that two at once do not go beyond the limit together.
      await manager.findOne(ApiClientEntity, { where: { id: clientId }, ...heldRow(manager) })
      const held = await manager.countBy(WebhookEndpointEntity, { clientId })
      if (held >= mostEndpoints) throw webhookErrors.WEBHOOK_ENDPOINTS_AT_LIMIT()
      const now = this.on.clock()
      const place = { id: newId(now), secretGeneration: 1 }
      const secret = mintSecret(this.on.randomBytes)
      const endpoint = manager.create(WebhookEndpointEntity, {
        ...place,
        clientId,
        url,
        eventTypes,
        ...this.#sealed(place, secret, now),
        formerSecret: null,
        formerSecretUntil: null,
        createdAt: now,
        pausedAt: null,
        ...noTrouble,
        lastTriedAt: null,
        lastDeliveredAt: null,
      })
      await manager.insert(WebhookEndpointEntity, endpoint)
      const recorder = new ApiClientRecorder(this.on.audit, manager, { context, clientId })
      const details = { webhookEndpointId: endpoint.id }
      await recorder.recordForAll(companyIds, { name: 'webhook.endpoint_created', details })
      return { endpoint, secret }
    })
  }

  /** A new target needs the password once more; so does switching on what may have been switched off for a reason. */
  async update(context: RequestContext, wanted: EndpointChanges): Promise<WebhookEndpointEntity> {
    const { id, eventTypes, isEnabled } = wanted
    const takesOnly = !wanted.url && eventTypes === undefined && isEnabled === false
    if (!takesOnly) requireFreshAuthentication(context)
    const held = await this.on.webhookRights.requireEndpoint(context, id, takesOnly ? 'take' : 'give')
    const url = wanted.url ? await this.#requireTarget(wanted.url) : held.endpoint.url
    return this.#change(context, held, {
      event: 'webhook.endpoint_changed',
      changes: ({ pausedAt }) => ({
        url,
        ...(eventTypes !== undefined && { eventTypes }),
        ...(isEnabled === false && { pausedAt: pausedAt ?? this.on.clock() }),
        ...(isEnabled === true && { pausedAt: null, ...noTrouble }),
        // Another receiver is not to blame for what the former one did.
        ...(url !== held.endpoint.url && { failures: 0, failingSince: null, restUntil: null }),
      }),
    })
  }

  /** Both sign for a day, so that the receiver can change over without losing an event (S-110). */
  async rotateSecret(context: RequestContext, id: string): Promise<WithSecret> {
    requireFreshAuthentication(context)
    const held = await this.on.webhookRights.requireEndpoint(context, id, 'give')
    const secret = mintSecret(this.on.randomBytes)
    const endpoint = await this.#change(context, held, {
      event: 'webhook.secret_rotated',
      changes: (former) => {
        const now = this.on.clock()
        const place = { id, secretGeneration: former.secretGeneration + 1 }
        const open = this.on.sealer.open(former.secret, secretContext(former))
        return {
          ...this.#sealed(place, secret, now),
          secretGeneration: place.secretGeneration,
          formerSecret: this.on.sealer.seal(open, formerSecretContext(place)),
          formerSecretUntil: new Date(now.getTime() + formerSecretMs),
        }
      },
    })
    return { endpoint, secret }
  }

  /** With its log; what waits for it is not sent any more. */
  async remove(context: RequestContext, id: string): Promise<void> {
    const { client, companyIds } = await this.on.webhookRights.requireEndpoint(context, id, 'take')
    await this.on.database.inTransaction(async (manager) => {
      await manager.delete(WebhookDeliveryEntity, { endpointId: id })
      const { affected } = await manager.delete(WebhookEndpointEntity, { id })
      if (affected !== 1) throw webhookErrors.WEBHOOK_ENDPOINT_NOT_FOUND()
      const recorder = new ApiClientRecorder(this.on.audit, manager, { context, clientId: client.id })
      const details = { webhookEndpointId: id }
      await recorder.recordForAll(companyIds, { name: 'webhook.endpoint_removed', details })
    })
  }

  #change(
    context: RequestContext,
    { endpoint: { id }, client, companyIds }: HeldEndpoint,
    { event, changes }: { event: AuditEventName; changes: (from: WebhookEndpointEntity) => Changes },
  ): Promise<WebhookEndpointEntity> {
    return this.on.database.inTransaction(async (manager) => {
      const endpoint = await this.#hold(manager, id)
      const changed = changes(endpoint)
      await manager.update(WebhookEndpointEntity, { id }, changed)
      const recorder = new ApiClientRecorder(this.on.audit, manager, { context, clientId: client.id })
      await recorder.recordForAll(companyIds, { name: event, details: { webhookEndpointId: id } })
      return Object.assign(endpoint, changed)
    })
  }

  async #hold(manager: EntityManager, id: string): Promise<WebhookEndpointEntity> {
    const endpoint = await manager.findOne(WebhookEndpointEntity, { where: { id }, ...heldRow(manager) })
    if (!endpoint) throw webhookErrors.WEBHOOK_ENDPOINT_NOT_FOUND()
    return endpoint
  }

  #sealed(place: Pick<WebhookEndpointEntity, 'id' | 'secretGeneration'>, secret: Secret, now: Date) {
    return {
      secret: this.on.sealer.seal(secret, secretContext(place)),
      secretLastFour: secret.reveal().slice(-4),
      secretSetAt: now,
    }
  }

  /** Looked up now, so that whoever mistypes it is told; and at each attempt, since names change. */
  async #requireTarget(text: string): Promise<string> {
    const url = readTargetUrl(text.trim(), this.on.way)
    if (!url) throw webhookErrors.WEBHOOK_URL_NOT_VALID()
    if ('failure' in (await addressOf(url, this.on.way))) throw webhookErrors.WEBHOOK_HOST_NOT_PUBLIC()
    return url.href
  }
}
