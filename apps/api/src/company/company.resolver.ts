import { IsOptional, MaxLength } from 'class-validator'
import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql'
import { ApplicationIdEnum } from '../application/application.type.js'
import type { ApplicationId } from '../application/applications.js'
import { countField } from '../connection.js'
import { PageArgs } from '../connection-type.js'
import { requireViewer, type RequestContext } from '../context.js'
import { can } from '../permissions.js'
import { AccountExecutive, CompanyEntity } from './company.entity.js'
import type { CompanyService } from './company.service.js'
import { CompanyConnection } from './company.type.js'

@ArgsType()
class CompaniesArgs extends PageArgs {
  @Field(() => ApplicationIdEnum, { nullable: true, description: 'Those of this application only.' })
  application: ApplicationId | null

  @Field(() => String, { nullable: true, description: 'The beginning of the name.' })
  @IsOptional()
  @MaxLength(200)
  search: string | null
}

@Resolver(() => CompanyConnection)
export class CompanyResolver {
  constructor(private readonly companies: CompanyService) {}

  @Query(() => CompanyConnection, {
    name: 'companies',
    description: 'The companies that the viewer may see.',
  })
  async list(
    @Args(() => CompaniesArgs) { application, search, first, after }: CompaniesArgs,
    @Ctx() context: RequestContext,
  ): Promise<CompanyConnection> {
    requireViewer(context)
    const asked = {
      applicationId: application ?? null,
      search: search ?? null,
      first,
      after: after ?? null,
    }
    return { ...(await this.companies.list(context, asked)), search: asked }
  }

  @FieldResolver(countField.type, { description: countField.description })
  totalCount(@Root() connection: CompanyConnection, @Ctx() context: RequestContext): Promise<number> {
    return this.companies.count(context, connection.search)
  }

  @Query(() => CompanyEntity, {
    nullable: true,
    description: 'One company; null where the viewer sees none of this id.',
  })
  company(
    @Arg('id', () => ID, { description: 'Of the company.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<CompanyEntity | null> {
    requireViewer(context)
    return this.companies.findVisible(context, id)
  }
}

@Resolver(() => CompanyEntity)
export class AccountExecutiveResolver {
  @FieldResolver(() => AccountExecutive, {
    nullable: true,
    description: 'Whom to turn to for help; null for those who may know the name of the company only.',
  })
  accountExecutive(@Root() company: CompanyEntity, @Ctx() context: RequestContext): AccountExecutive | null {
    const { viewer } = context
    return viewer && can(viewer, 'company.view', company.id) ? company.accountExecutive : null
  }
}
