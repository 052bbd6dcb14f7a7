import type { ApiClientRights, HeldClient, Power } from '../api-client/api-client-rights.js'
import { apiClientErrors } from '../api-client/api-client.errors.js'
import type { RequestContext } from '../context.js'
import type { Database } from '../db/transaction.js'
import { DomainError } from '../errors.js'
import { WebhookEndpointEntity } from './webhook-endpoint.entity.js'
import { webhookErrors } from './webhook.errors.js'

export interface HeldEndpoint extends HeldClient {
  endpoint: WebhookEndpointEntity
}

interface Surroundings {
  database: Database
  clientRights: ApiClientRights
}

/** Endpoints are their client's: who may manage that may manage them, and who knows of it knows of them. */
export class WebhookRights {
  constructor(private readonly on: Surroundings) {}

  async requireClient(context: RequestContext, clientId: string): Promise<HeldClient> {
    const held = await this.on.clientRights.requirePower(context, clientId, 'give')
    if (held.client.revokedAt) throw apiClientErrors.API_CLIENT_REVOKED()
    return held
  }

  async requireEndpoint(context: RequestContext, id: string, power: Power): Promise<HeldEndpoint> {
    const endpoint = await this.#find(id)
    const clientId = endpoint?.clientId ?? ''
    const held = await asEndpoint(this.on.clientRights.requirePower(context, clientId, power))
    if (!endpoint) throw webhookErrors.WEBHOOK_ENDPOINT_NOT_FOUND()
    return { ...held, endpoint }
  }

  async requireSeen(context: RequestContext, id: string): Promise<WebhookEndpointEntity> {
    const endpoint = await this.#find(id)
    await asEndpoint(this.on.clientRights.requireSeen(context, endpoint?.clientId ?? ''))
    if (!endpoint) throw webhookErrors.WEBHOOK_ENDPOINT_NOT_FOUND()
    return endpoint
  }

  async seesClient(context: RequestContext, clientId: string): Promise<boolean> {
    return (await orNotFound(this.on.clientRights.requireSeen(context, clientId))) !== null
  }

  #find(id: string): Promise<WebhookEndpointEntity | null> {
    return this.on.database.reader.findOneBy(WebhookEndpointEntity, { id })
  }
}

/** Of a client that is foreign the endpoint is as unknown as one that never was. */
async function asEndpoint<T>(held: Promise<T>): Promise<T> {
  const found = await orNotFound(held)
  if (found === null) throw webhookErrors.WEBHOOK_ENDPOINT_NOT_FOUND()
  return found
}

export async function orNotFound<T>(held: Promise<T>): Promise<T | null> {
  try {
    return await held
  } catch (error) {
    if (error instanceof DomainError && error.code === 'NOT_FOUND') return null
    throw error
  }
}
