import { Arg, Args, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql'
import type { RequestContext } from '../context.js'
import { minimumSeconds } from './minimum-seconds.js'
import { TokenStatusesArgs } from './token-api.inputs.js'
import type { TokenApiService } from './token-api.service.js'
import { AccessTokenType, TokenStatus } from './token-api.type.js'
import { OncePerRequest } from '../graphql/document-cost.js'

@Resolver()
export class TokenApiResolver {
  constructor(private readonly tokens: TokenApiService) {}

  @Query(() => TokenStatus, {
    nullable: true,
    description:
      'By Token Vault Key, which is an identifier and no credential. An API key needs STATUS_READ.',
  })
  tokenStatus(
    @Arg('vaultKey', () => ID, { description: 'The Token Vault Key.' }) vaultKey: string,
    @Ctx() context: RequestContext,
  ): Promise<TokenStatus | null> {
    return this.tokens.status(context, vaultKey)
  }

  @Query(() => [TokenStatus], {
    // Of the list, what is in it: null for a key that is unknown or another company's.
    nullable: 'items',
    description:
      'As tokenStatus, for up to 100 keys, in their order. Each key counts as a request to the limits of an API client.',
  })
  tokenStatuses(
    @Args(() => TokenStatusesArgs) { vaultKeys }: TokenStatusesArgs,
    @Ctx() context: RequestContext,
  ): Promise<(TokenStatus | Error | null)[]> {
    return this.tokens.statuses(context, vaultKeys)
  }

  @OncePerRequest()
  @Mutation(() => AccessTokenType, {
    description: 'For an API key with TOKEN_READ. A token with less life than the minimum is renewed first.',
  })
  async issueAccessToken(
    @Arg('vaultKey', () => ID, { description: 'The Token Vault Key.' }) vaultKey: string,
    @Arg('minimumSeconds', () => Int, { nullable: true, description: '1 to 600; 60 if left out.' })
    asked: number | null,
    @Ctx() context: RequestContext,
  ): Promise<AccessTokenType> {
    const token = await this.tokens.issue(context, vaultKey, minimumSeconds(asked))
    return { ...token, accessToken: token.accessToken.reveal(), tokenType: 'Bearer' }
  }
}
