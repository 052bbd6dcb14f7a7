import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import { AuthorizationEntity } from '../authorization/authorization.entity.js'
import { connectionType, PageArgs, type CountedConnection } from '../connection-type.js'
import type { RequestContext } from '../context.js'
import type { HandOutListService } from './hand-out-list.service.js'
import { HandOutType } from './hand-out.type.js'

const HandOutConnection = connectionType(() => HandOutType, {
  name: 'HandOut',
  description: 'Tokens that were handed out, newest first.',
})

@Resolver(() => AuthorizationEntity)
export class HandOutResolver {
  constructor(private readonly handOuts: HandOutListService) {}

  @FieldResolver(() => HandOutConnection, {
    nullable: true,
    name: 'handOuts',
    description: 'Who took its tokens. Null for who is no admin of the company, and no solution admin.',
  })
  list(
    @Root() authorization: AuthorizationEntity,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: RequestContext,
  ): Promise<CountedConnection<HandOutType> | null> {
    return this.handOuts.of(context, authorization, page)
  }
}
