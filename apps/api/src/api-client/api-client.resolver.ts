import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql'
import { countField } from '../connection.js'
import type { RequestContext } from '../context.js'
import { ApiClientsArgs, CreateApiClientInput, WithdrawApiClientGrantInput } from './api-client.inputs.js'
import type { ApiClientListService } from './api-client-list.service.js'
import type { ApiClientService } from './api-client.service.js'
import {
  ApiClientConnection,
  ApiClientGrantType,
  ApiClientKeyType,
  ApiClientType,
  CreatedApiClient,
} from './api-client.type.js'
import { rightsOf } from './scopes.js'

@Resolver(() => ApiClientType)
export class ApiClientResolver {
  constructor(
    private readonly clients: ApiClientService,
    private readonly lists: ApiClientListService,
  ) {}

  @Query(() => ApiClientConnection, {
    nullable: true,
    description: 'What this company lets API clients do, for its admins.',
  })
  async apiClients(
    @Args(() => ApiClientsArgs) { companyId, first, after }: ApiClientsArgs,
    @Ctx() context: RequestContext,
  ): Promise<ApiClientConnection | null> {
    const page = await this.lists.ofCompany(context, companyId, { first, after: after ?? null })
    return page && { ...page, companyId }
  }

  @Mutation(() => CreatedApiClient, {
    description: 'TOKEN_READ is for an admin of each company to give; STATUS_READ also for a solution admin.',
  })
  async createApiClient(
    @Arg('input', () => CreateApiClientInput) input: CreateApiClientInput,
    @Ctx() context: RequestContext,
  ): Promise<CreatedApiClient> {
    const { name, companyIds, applications: applicationIds, scopes } = input
    const fresh = { name, companyIds, applicationIds, rights: rightsOf(scopes) }
    const { client, key } = await this.clients.create(context, fresh)
    return { apiClient: client, key: key.reveal() }
  }

  @Mutation(() => ApiClientType, {
    description: 'Ends an API client and its keys, for all companies at once.',
  })
  revokeApiClient(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<ApiClientType> {
    return this.clients.revoke(context, id)
  }

  @Mutation(() => Boolean, { description: 'Takes back what one company lets an API client do.' })
  async withdrawApiClientGrant(
    @Arg('input', () => WithdrawApiClientGrantInput) input: WithdrawApiClientGrantInput,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    const { apiClientId: clientId, companyId, application: applicationId } = input
    await this.clients.withdrawGrants(context, { clientId, companyId, applicationId })
    return true
  }

  @FieldResolver(() => [ApiClientKeyType])
  keys(@Root() client: ApiClientType, @Ctx() context: RequestContext): Promise<ApiClientKeyType[]> {
    return this.lists.keysOf(context, client.id)
  }

  @FieldResolver(() => [ApiClientGrantType], {
    description: 'Those of companies whose API clients the viewer may see.',
  })
  grants(@Root() client: ApiClientType, @Ctx() context: RequestContext): Promise<ApiClientGrantType[]> {
    return this.lists.grantsOf(context, client.id)
  }
}

@Resolver(() => ApiClientConnection)
export class ApiClientCountResolver {
  constructor(private readonly lists: ApiClientListService) {}

  @FieldResolver(countField.type, { description: countField.description })
  totalCount(@Root() connection: ApiClientConnection): Promise<number> {
    return this.lists.count(connection.companyId)
  }
}
