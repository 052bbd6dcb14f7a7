import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql'
import { countField } from '../connection.js'
import type { RequestContext } from '../context.js'
import type { ApiClientGrantService } from './api-client-grant.service.js'
import {
  ApiClientsArgs,
  CreateApiClientInput,
  GrantApiClientInput,
  WithdrawApiClientGrantInput,
} from './api-client.inputs.js'
import type { ApiClientListService } from './api-client-list.service.js'
import type { ApiClientService } from './api-client.service.js'
import {
  ApiClientConnection,
  ApiClientGrantType,
  ApiClientKeyType,
  ApiClientType,
  CreatedApiClient,
} from './api-client.type.js'
import { allRights, rightsOf } from './scopes.js'

interface Services {
  apiClients: ApiClientService
  apiClientGrants: ApiClientGrantService
  apiClientLists: ApiClientListService
}

@Resolver(() => ApiClientType)
export class ApiClientResolver {
  constructor(private readonly on: Services) {}

  @Query(() => ApiClientConnection, {
    nullable: true,
    description: 'What this company lets API clients do, for its admins.',
  })
  async apiClients(
    @Args(() => ApiClientsArgs) { companyId, first, after }: ApiClientsArgs,
    @Ctx() context: RequestContext,
  ): Promise<ApiClientConnection | null> {
    const page = await this.on.apiClientLists.ofCompany(context, companyId, { first, after: after ?? null })
    return page && { ...page, companyId }
  }

  @Mutation(() => CreatedApiClient, {
    description: 'TOKEN_READ is for an admin of each company to give; STATUS_READ also for a solution admin.',
  })
  async createApiClient(
    @Arg('input', () => CreateApiClientInput, { description: 'Who it is, and what it may do.' })
    input: CreateApiClientInput,
    @Ctx() context: RequestContext,
  ): Promise<CreatedApiClient> {
    const { name, companyIds, applications: applicationIds, scopes, addresses, keyExpiresAt } = input
    const { client, key } = await this.on.apiClients.create(context, {
      name,
      companyIds,
      applicationIds,
      rights: rightsOf(scopes),
      addresses: addresses ?? [],
      keyExpiresAt: keyExpiresAt ?? null,
    })
    return { apiClient: client, key: key.reveal() }
  }

  @Mutation(() => ApiClientType, {
    description: 'Ends an API client and its keys, for all companies at once.',
  })
  revokeApiClient(
    @Arg('id', () => ID, { description: 'The client.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<ApiClientType> {
    return this.on.apiClients.revoke(context, id)
  }

  @Mutation(() => ApiClientType, {
    description:
      'Lets a client that the company knows already do more. TOKEN_READ is for an admin of the company to give.',
  })
  grantApiClient(
    @Arg('input', () => GrantApiClientInput, { description: 'Whom, where and what.' })
    input: GrantApiClientInput,
    @Ctx() context: RequestContext,
  ): Promise<ApiClientType> {
    const { apiClientId: clientId, companyId, applications: applicationIds, scopes } = input
    const rights = rightsOf(scopes)
    return this.on.apiClientGrants.grant(context, { clientId, companyId, applicationIds, rights })
  }

  @Mutation(() => Boolean, { description: 'Takes back what one company lets an API client do.' })
  async withdrawApiClientGrant(
    @Arg('input', () => WithdrawApiClientGrantInput, { description: 'From whom, where and what.' })
    input: WithdrawApiClientGrantInput,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    const { apiClientId: clientId, companyId, application: applicationId, scopes } = input
    const rights = scopes ? rightsOf(scopes) : allRights
    await this.on.apiClientGrants.withdraw(context, { clientId, companyId, applicationId, rights })
    return true
  }

  @FieldResolver(() => [ApiClientKeyType], { description: 'Its keys, the oldest first.' })
  keys(@Root() client: ApiClientType, @Ctx() context: RequestContext): Promise<ApiClientKeyType[]> {
    return this.on.apiClientLists.keysOf(context, client.id)
  }

  @FieldResolver(() => [ApiClientGrantType], {
    description: 'Those of companies whose API clients the viewer may see.',
  })
  grants(@Root() client: ApiClientType, @Ctx() context: RequestContext): Promise<ApiClientGrantType[]> {
    return this.on.apiClientLists.grantsOf(context, client.id)
  }

  @FieldResolver(() => Boolean, {
    description: 'The viewer may make new keys for it, resume it, and say from where it may be used.',
  })
  isYoursToManage(@Root() client: ApiClientType, @Ctx() context: RequestContext): Promise<boolean> {
    return this.on.apiClientLists.mayManage(context, client.id)
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
