import { Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql'
import { requireViewer, type RequestContext } from '../context.js'
import type { UserEntity } from './user.entity.js'
import type { UserService } from './user.service.js'
import { MembershipType, UserType } from './user.type.js'

@Resolver(() => UserType)
export class UserResolver {
  constructor(private readonly users: UserService) {}

  @Query(() => UserType, { nullable: true, description: 'Who is signed in; null for nobody.' })
  async viewer(@Ctx() context: RequestContext): Promise<UserType | null> {
    if (!context.viewer) return null
    const [user] = await this.users.findMany([context.viewer.userId])
    return user ?? null
  }

  @FieldResolver(() => String, { nullable: true, description: 'Only for oneself.' })
  email(@Root() user: UserEntity, @Ctx() context: RequestContext): string | null {
    return context.viewer?.userId === user.id ? user.email : null
  }

  @FieldResolver(() => [MembershipType], {
    description: 'All of one’s own; of others, those in companies one is a member of.',
  })
  memberships(@Root() user: UserEntity, @Ctx() context: RequestContext): Promise<MembershipType[]> {
    return this.users.membershipsOf(user.id, context.viewer ?? requireViewer(context))
  }
}
