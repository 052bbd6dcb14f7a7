import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import { countField } from '../connection.js'
import type { RequestContext } from '../context.js'
import type { UserEntity } from '../user/user.entity.js'
import { UserType } from '../user/user.type.js'
import { SessionsArgs } from './session.inputs.js'
import type { SessionListService } from './session-list.service.js'
import { SessionConnection } from './session.type.js'

/** Adds User.sessions, so that user never imports session. */
@Resolver(() => UserType)
export class UserSessionsResolver {
  constructor(private readonly lists: SessionListService) {}

  @FieldResolver(() => SessionConnection, {
    nullable: true,
    description: 'Where one is signed in, the newest first. Only for oneself.',
  })
  async sessions(
    @Root() user: UserEntity,
    @Args(() => SessionsArgs) { first, after }: SessionsArgs,
    @Ctx() context: RequestContext,
  ): Promise<SessionConnection | null> {
    if (context.viewer?.userId !== user.id) return null
    return this.lists.list(context, { first, after: after ?? null })
  }
}

@Resolver(() => SessionConnection)
export class SessionCountResolver {
  constructor(private readonly lists: SessionListService) {}

  @FieldResolver(countField.type, { description: countField.description })
  totalCount(@Ctx() context: RequestContext): Promise<number> {
    return this.lists.count(context)
  }
}
