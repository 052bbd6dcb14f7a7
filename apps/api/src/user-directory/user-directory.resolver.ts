import { IsOptional, MaxLength } from 'class-validator'
import { Args, ArgsType, Ctx, Field, Query, Resolver } from 'type-graphql'
import { PageArgs, type CountedConnection } from '../connection-type.js'
import type { RequestContext } from '../context.js'
import type { UserDirectoryService } from './user-directory.service.js'
import { UserAccountConnection, type UserAccount } from './user-directory.type.js'

@ArgsType()
class UsersArgs extends PageArgs {
  @Field(() => String, {
    nullable: true,
    description: 'The beginning of the sign in name, of the name or of the mail address.',
  })
  @IsOptional()
  @MaxLength(254)
  search: string | null
}

@Resolver()
export class UserDirectoryResolver {
  constructor(private readonly directory: UserDirectoryService) {}

  @Query(() => UserAccountConnection, {
    name: 'users',
    description: 'The people who can sign in, and those who are shut out. For solution admins.',
  })
  list(
    @Args(() => UsersArgs) { search, first, after }: UsersArgs,
    @Ctx() context: RequestContext,
  ): Promise<CountedConnection<UserAccount>> {
    return this.directory.list(context, { search: search ?? null, first, after: after ?? null })
  }
}
