import { Arg, Ctx, ID, Resolver, Root, Subscription } from 'type-graphql'
import { requireViewer, type RequestContext } from '../context.js'
import { AuthorizationEntity } from './authorization.entity.js'
import type { AuthorizationKey, AuthorizationService } from './authorization.service.js'
import { shownTo } from './shown-authorization.js'

@Resolver()
export class AuthorizationChangedResolver {
  constructor(private readonly authorizations: AuthorizationService) {}

  @Subscription(() => AuthorizationEntity, {
    topics: 'authorizationChanged',
    topicId: ({ args }) => args.companyId as string | null | undefined,
    description:
      'Each change of an authorization that the viewer may see, as it is then; not what became of one that the viewer may see no more. Over a socket only.',
  })
  async authorizationChanged(
    @Arg('companyId', () => ID, {
      nullable: true,
      description: 'Of this company only; of all that the viewer may see where it is left out.',
    })
    _companyId: string | undefined,
    @Root() { companyId, applicationId }: AuthorizationKey,
    @Ctx() context: RequestContext,
  ): Promise<AuthorizationEntity> {
    const viewer = requireViewer(context)
    return shownTo(viewer, await this.authorizations.getVisible(context, { companyId, applicationId }))
  }
}
