import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql'
import type { CountedConnection } from '../connection-type.js'
import type { RequestContext } from '../context.js'
import type { WebhookEndpointService, WithSecret } from './webhook-endpoint.service.js'
import type { WebhookListService } from './webhook-list.service.js'
import {
  CreateWebhookEndpointInput,
  UpdateWebhookEndpointInput,
  WebhookEndpointsArgs,
} from './webhook.inputs.js'
import { CreatedWebhookEndpoint, WebhookEndpointConnection, WebhookEndpointType } from './webhook.type.js'

interface Services {
  webhookEndpoints: WebhookEndpointService
  webhookLists: WebhookListService
}

@Resolver()
export class WebhookResolver {
  constructor(private readonly on: Services) {}

  @Query(() => WebhookEndpointConnection, {
    nullable: true,
    description: 'Where an API client is told of events, for who may see the client.',
  })
  webhookEndpoints(
    @Args(() => WebhookEndpointsArgs) { apiClientId, ...page }: WebhookEndpointsArgs,
    @Ctx() context: RequestContext,
  ): Promise<CountedConnection<WebhookEndpointType> | null> {
    return this.on.webhookLists.endpoints(context, apiClientId, page)
  }

  @Mutation(() => CreatedWebhookEndpoint, {
    description:
      'From now on the client is told there of what happens to authorizations whose status it may read.',
  })
  async createWebhookEndpoint(
    @Arg('input', () => CreateWebhookEndpointInput, { description: 'Who is told, where, of what.' })
    { apiClientId: clientId, url, eventTypes }: CreateWebhookEndpointInput,
    @Ctx() context: RequestContext,
  ): Promise<CreatedWebhookEndpoint> {
    const fresh = { clientId, url, eventTypes: eventTypes ?? null }
    return this.#withSecret(context, await this.on.webhookEndpoints.create(context, fresh))
  }

  @Mutation(() => WebhookEndpointType, {
    description: 'Sends events elsewhere, others of them, none for a while, or again.',
  })
  async updateWebhookEndpoint(
    @Arg('input', () => UpdateWebhookEndpointInput, { description: 'Which endpoint, and what of it.' })
    input: UpdateWebhookEndpointInput,
    @Ctx() context: RequestContext,
  ): Promise<WebhookEndpointType> {
    return this.on.webhookLists.shown(context, await this.on.webhookEndpoints.update(context, input))
  }

  @Mutation(() => CreatedWebhookEndpoint, {
    description: 'A new secret. For 24 hours both sign; a secret before those two ends at once.',
  })
  async rotateWebhookSecret(
    @Arg('id', () => ID, { description: 'The endpoint.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<CreatedWebhookEndpoint> {
    return this.#withSecret(context, await this.on.webhookEndpoints.rotateSecret(context, id))
  }

  @Mutation(() => Boolean, {
    description: 'Removes an endpoint with its log; nothing is sent to it any more.',
  })
  async removeWebhookEndpoint(
    @Arg('id', () => ID, { description: 'The endpoint.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    await this.on.webhookEndpoints.remove(context, id)
    return true
  }

  async #withSecret(
    context: RequestContext,
    { endpoint, secret }: WithSecret,
  ): Promise<CreatedWebhookEndpoint> {
    return { endpoint: await this.on.webhookLists.shown(context, endpoint), secret: secret.reveal() }
  }
}
