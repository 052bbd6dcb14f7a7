import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import { authorizationLoaders } from '../authorization/authorization-loaders.js'
import { AuthorizationEntity } from '../authorization/authorization.entity.js'
import { seesAll } from '../authorization/shown-authorization.js'
import type { Clock } from '../clock.js'
import type { RequestContext } from '../context.js'
import { StandingEnum } from './overview.type.js'
import { standingOf, type Standing } from './standing-policy.js'

type Services = Parameters<typeof authorizationLoaders>[1]

/** Adds `Authorization.standing`: the rule of the overview, so that a page need not know it. */
@Resolver(() => AuthorizationEntity)
export class StandingResolver {
  constructor(
    private readonly services: Services,
    private readonly clock: Clock,
  ) {}

  @FieldResolver(() => StandingEnum, {
    description: 'How it stands, as far as somebody may have to do something about it.',
  })
  async standing(
    @Root() authorization: AuthorizationEntity,
    @Ctx() context: RequestContext,
  ): Promise<Standing> {
    const tokens = seesAll(context.viewer, authorization)
      ? await authorizationLoaders(context, this.services).tokens.load(authorization.id)
      : null
    return standingOf(authorization, tokens, this.clock())
  }
}
