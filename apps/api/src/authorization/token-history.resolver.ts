import { Arg, Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql'
import { countField, PageInfo, type Edge } from '../connection.js'
import { TokenHistoryEntity } from '../vault/token-history.entity.js'
import type { VaultService } from '../vault/vault.service.js'
import { AuthorizationEntity } from './authorization.entity.js'

@ObjectType('TokenHistoryEdge')
class TokenHistoryEdge {
  @Field(() => String)
  cursor: string

  @Field(() => TokenHistoryEntity)
  node: TokenHistoryEntity
}

@ObjectType('TokenHistoryConnection', { description: 'The generations of one authorization, newest first.' })
class TokenHistoryConnection {
  @Field(() => [TokenHistoryEdge])
  edges: Edge<TokenHistoryEntity>[]

  @Field(() => PageInfo)
  pageInfo: PageInfo

  authorizationId: string
}

@Resolver(() => AuthorizationEntity)
export class TokenHistoryResolver {
  constructor(private readonly vault: VaultService) {}

  @FieldResolver(() => TokenHistoryConnection)
  async tokenHistory(
    @Root() authorization: AuthorizationEntity,
    @Arg('first', () => Int, { defaultValue: 10 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ): Promise<TokenHistoryConnection> {
    const page = await this.vault.history(authorization.id, { first, after: after ?? null })
    return { ...page, authorizationId: authorization.id }
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
