import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Field,
  ID,
  Int,
  Mutation,
  ObjectType,
  FieldResolver,
  Query,
  Resolver,
  Root,
} from 'type-graphql'
import { ApplicationIdEnum } from '../application/application.type.js'
import type { ApplicationId } from '../application/applications.js'
import { countField, PageInfo, type Edge } from '../connection.js'
import { requireViewer, type RequestContext } from '../context.js'
import { CompanyEntity } from './company.entity.js'
import { UpdateCompanyInput } from './company.inputs.js'
import type { CompanySearch, CompanyService } from './company.service.js'

@ObjectType('CompanyEdge')
class CompanyEdge {
  @Field(() => String)
  cursor: string

  @Field(() => CompanyEntity)
  node: CompanyEntity
}

@ObjectType('CompanyConnection', { description: 'Companies in the order of their names.' })
class CompanyConnection {
  @Field(() => [CompanyEdge])
  edges: Edge<CompanyEntity>[]

  @Field(() => PageInfo)
  pageInfo: PageInfo

  /** What was searched for, so that the counts are computed only when they are asked for. */
  search: CompanySearch
}

@ArgsType()
class CompaniesArgs {
  @Field(() => ApplicationIdEnum, { nullable: true })
  application: ApplicationId | null

  @Field(() => String, { nullable: true, description: 'The beginning of the name.' })
  search: string | null

  @Field(() => Int, { defaultValue: 25 })
  first: number

  @Field(() => String, { nullable: true })
  after: string | null
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

  @FieldResolver(() => Int, {
    description:
      'For a solution admin: how many companies are not shown because they have not authorized; else 0.',
  })
  async notYetAuthorizedCount(
    @Root() connection: CompanyConnection,
    @Ctx() context: RequestContext,
  ): Promise<number> {
    if (!context.viewer?.isSolutionAdmin) return 0
    const seen = await this.companies.count(context, { ...connection.search, search: null })
    return Math.max(0, (await this.companies.countAll()) - seen)
  }

  @Query(() => CompanyEntity, { nullable: true })
  company(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<CompanyEntity | null> {
    requireViewer(context)
    return this.companies.findVisible(context, id)
  }

  @Mutation(() => CompanyEntity)
  updateCompany(
    @Arg('input', () => UpdateCompanyInput) input: UpdateCompanyInput,
    @Ctx() context: RequestContext,
  ): Promise<CompanyEntity> {
    return this.companies.update(context, input)
  }
}
