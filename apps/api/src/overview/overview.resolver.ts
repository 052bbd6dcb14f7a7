import { IsOptional, MaxLength } from 'class-validator'
import { Args, ArgsType, Ctx, Field, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql'
import { ApplicationIdEnum } from '../application/application.type.js'
import type { ApplicationId } from '../application/applications.js'
import type { HiddenCompaniesService } from '../authorization/hidden-companies.service.js'
import { countField } from '../connection.js'
import { PageArgs } from '../connection-type.js'
import { requireViewer, type RequestContext } from '../context.js'
import type { OverviewService } from './overview.service.js'
import { OverviewConnection, StandingCount, StandingEnum } from './overview.type.js'
import { standings, type Standing } from './standing-policy.js'

@ArgsType()
class OverviewArgs extends PageArgs {
  @Field(() => ApplicationIdEnum, { nullable: true, description: 'Only what concerns this application.' })
  application: ApplicationId | null

  @Field(() => StandingEnum, {
    nullable: true,
    description: 'Only companies with an authorization that stands so.',
  })
  standing: Standing | null

  @Field(() => String, { nullable: true, description: 'The beginning of the name.' })
  @IsOptional()
  @MaxLength(200)
  search: string | null
}

@Resolver(() => OverviewConnection)
export class OverviewResolver {
  constructor(
    private readonly overviews: OverviewService,
    private readonly hidden: HiddenCompaniesService,
  ) {}

  @Query(() => OverviewConnection, {
    description: 'The companies that the viewer may see, those that need a hand first.',
  })
  async overview(
    @Args(() => OverviewArgs) { application, standing, search, first, after }: OverviewArgs,
    @Ctx() context: RequestContext,
  ): Promise<OverviewConnection> {
    requireViewer(context)
    const asked = {
      applicationId: application ?? null,
      standing: standing ?? null,
      search: search ?? null,
      first,
      after: after ?? null,
    }
    return { ...(await this.overviews.list(context, asked)), search: asked }
  }

  @FieldResolver(countField.type, { description: countField.description })
  totalCount(@Root() { search }: OverviewConnection, @Ctx() context: RequestContext): Promise<number> {
    return this.overviews.count(context, search)
  }

  @FieldResolver(() => [StandingCount], {
    description: 'Of each standing how many there are, whichever of them the list was narrowed to.',
  })
  standings(
    @Root() { search }: OverviewConnection,
    @Ctx() context: RequestContext,
  ): Promise<StandingCount[]> {
    return Promise.all(
      standings.map(async (standing) => ({
        standing,
        count: await this.overviews.countStanding(context, search, standing),
      })),
    )
  }

  @FieldResolver(() => Int, {
    description:
      'For a solution admin: how many companies are not shown because they have not authorized; else 0. In one application those that are enrolled there.',
  })
  notYetAuthorizedCount(
    @Root() { search }: OverviewConnection,
    @Ctx() context: RequestContext,
  ): Promise<number> {
    return this.hidden.count(context, search.applicationId)
  }
}
