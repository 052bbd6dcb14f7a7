import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql'
import type { RequestContext } from '../context.js'
import type { ApiClientControlService } from './api-client-control.service.js'
import { RotateApiClientKeyInput, SetApiClientAddressesInput } from './api-client.inputs.js'
import { ApiClientType, CreatedApiClient } from './api-client.type.js'
import type { KeyRotationService } from './key-rotation.service.js'

interface Services {
  apiClientControls: ApiClientControlService
  keyRotations: KeyRotationService
}

@Resolver()
export class ApiClientControlResolver {
  constructor(private readonly on: Services) {}

  @Mutation(() => ApiClientType, {
    description: 'The client takes no tokens until it is resumed. No consent and no grant is touched.',
  })
  pauseApiClient(
    @Arg('id', () => ID, { description: 'The client.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<ApiClientType> {
    return this.on.apiClientControls.pause(context, id)
  }

  @Mutation(() => ApiClientType, { description: 'The client may take tokens again, as it could before.' })
  resumeApiClient(
    @Arg('id', () => ID, { description: 'The client.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<ApiClientType> {
    return this.on.apiClientControls.resume(context, id)
  }

  @Mutation(() => ApiClientType, { description: 'From where the keys of the client are accepted.' })
  setApiClientAddresses(
    @Arg('input', () => SetApiClientAddressesInput, { description: 'Which client, and from where.' })
    { apiClientId, addresses }: SetApiClientAddressesInput,
    @Ctx() context: RequestContext,
  ): Promise<ApiClientType> {
    return this.on.apiClientControls.setAddresses(context, apiClientId, addresses)
  }

  @Mutation(() => CreatedApiClient, {
    description: 'A new key; the former one goes on for the time chosen. No more than two work at a time.',
  })
  async rotateApiClientKey(
    @Arg('input', () => RotateApiClientKeyInput, { description: 'Which client, and for how long both.' })
    { apiClientId: clientId, overlapSeconds, keyExpiresAt }: RotateApiClientKeyInput,
    @Ctx() context: RequestContext,
  ): Promise<CreatedApiClient> {
    const rotation = { clientId, overlapSeconds, expiresAt: keyExpiresAt ?? null }
    const { client, key } = await this.on.keyRotations.rotate(context, rotation)
    return { apiClient: client, key: key.reveal() }
  }

  @Mutation(() => ApiClientType, { description: 'Ends one key at once, and no other of its client.' })
  revokeApiClientKey(
    @Arg('id', () => ID, { description: 'The id of the key.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<ApiClientType> {
    return this.on.keyRotations.revoke(context, id)
  }
}
