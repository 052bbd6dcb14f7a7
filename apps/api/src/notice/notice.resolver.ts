import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql'
import type { RequestContext } from '../context.js'
import type { UserEntity } from '../user/user.entity.js'
import { UserType } from '../user/user.type.js'
import { ChangeNoticePreferencesInput } from './notice.inputs.js'
import { NoticePreferencesEntity } from './notice-preferences.entity.js'
import type { NoticePreferencesService } from './notice-preferences.service.js'

@Resolver(() => UserType)
export class NoticeResolver {
  constructor(private readonly preferences: NoticePreferencesService) {}

  @FieldResolver(() => NoticePreferencesEntity, {
    nullable: true,
    description: 'Which letters one gets about authorizations. Only for oneself.',
  })
  async noticePreferences(
    @Root() user: UserEntity,
    @Ctx() context: RequestContext,
  ): Promise<NoticePreferencesEntity | null> {
    return context.viewer?.userId === user.id ? this.preferences.of(user.id) : null
  }

  @Mutation(() => NoticePreferencesEntity, {
    description: 'Chooses which letters one gets about authorizations of one’s companies.',
  })
  changeNoticePreferences(
    @Arg('input', () => ChangeNoticePreferencesInput, { description: 'What is wanted from now on.' })
    input: ChangeNoticePreferencesInput,
    @Ctx() context: RequestContext,
  ): Promise<NoticePreferencesEntity> {
    return this.preferences.change(context, input)
  }
}
