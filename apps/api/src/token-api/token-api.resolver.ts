import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql'
import type { RequestContext } from '../context.js'
import { minimumSeconds } from './minimum-seconds.js'
import type { TokenApiService } from './token-api.service.js'
import { AccessTokenType, TokenStatus } from './token-api.type.js'

@Resolver()
export class TokenApiResolver {
  constructor(private readonly tokens: TokenApiService) {}

  @Query(() => TokenStatus, {
    nullable: true,
    description:
      'By Token Vault Key, which is an identifier and no credential. An API key needs STATUS_READ.',
  })
  tokenStatus(
    @Arg('vaultKey', () => ID) vaultKey: string,
    @Ctx() context: RequestContext,
  ): Promise<TokenStatus | null> {
    return this.tokens.status(context, vaultKey)
  }

  @Mutation(() => AccessTokenType, {
    description: 'For an API key with TOKEN_READ. A token with less life than the minimum is renewed first.',
  })
  async issueAccessToken(
    @Arg('vaultKey', () => ID) vaultKey: string,
    @Arg('minimumSeconds', () => Int, { nullable: true, description: '1 to 600; 60 if left out.' })
    asked: number | null,
    @Ctx() context: RequestContext,
  ): Promise<AccessTokenType> {
    const token = await this.tokens.issue(context, vaultKey, minimumSeconds(asked))
    return { ...token, accessToken: token.accessToken.reveal(), tokenType: 'Bearer' }
  }
}
