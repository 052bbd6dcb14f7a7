import { Args, ArgsType, Ctx, Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql'
import { countField, PageInfo, type Edge } from '../connection.js'
import { PageArgs } from '../connection-type.js'
import type { RequestContext } from '../context.js'
import { TokenHistoryEntity } from '../vault/token-history.entity.js'
import type { VaultService } from '../vault/vault.service.js'
import { AuthorizationEntity } from './authorization.entity.js'
import { authorizationErrors } from './authorization.errors.js'
import { seesAll } from './shown-authorization.js'

@ObjectType('TokenHistoryEdge', { description: 'An entry of TokenHistoryConnection.' })
class TokenHistoryEdge {
  @Field(() => String, { description: 'Where the list goes on after this entry.' })
  cursor: string

  @Field(() => TokenHistoryEntity, { description: 'The generation of tokens.' })
  node: TokenHistoryEntity
}

@ObjectType('TokenHistoryConnection', { description: 'The generations of one authorization, newest first.' })
class TokenHistoryConnection {
  @Field(() => [TokenHistoryEdge], { description: 'The generations of this page.' })
  edges: Edge<TokenHistoryEntity>[]

  @Field(() => PageInfo, { description: 'Whether and where the list goes on.' })
  pageInfo: PageInfo

  authorizationId: string
}

@ArgsType()
class TokenHistoryArgs extends PageArgs {
  @Field(() => Int, { defaultValue: 10, description: 'How many entries, at most 100.' })
  override first: number
}

@Resolver(() => AuthorizationEntity)
export class TokenHistoryResolver {
  constructor(private readonly vault: VaultService) {}

  @FieldResolver(() => TokenHistoryConnection, { description: 'Its generations of tokens, newest first.' })
  async tokenHistory(
    @Root() authorization: AuthorizationEntity,
    @Args(() => TokenHistoryArgs) page: TokenHistoryArgs,
    @Ctx() context: RequestContext,
  ): Promise<TokenHistoryConnection> {
    if (!seesAll(context.viewer, authorization)) throw authorizationErrors.TOKEN_HISTORY_NOT_YOURS_TO_SEE()
    const history = await this.vault.history(authorization.id, page)
    return { ...history, authorizationId: authorization.id }
  }
}

@Resolver(() => TokenHistoryConnection)
export class TokenHistoryCountResolver {
  constructor(private readonly vault: VaultService) {}

  @FieldResolver(countField.type, { description: countField.description })
  totalCount(@Root() connection: TokenHistoryConnection): Promise<number> {
    return this.vault.countHistory(connection.authorizationId)
  }
}
