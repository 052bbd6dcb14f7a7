import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql'
import { ApplicationIdEnum } from '../application/application.type.js'
import { applicationIds, type ApplicationId } from '../application/applications.js'
import { CompanyEntity } from '../company/company.entity.js'
import { CompanyConnection } from '../company/company.type.js'
import type { RequestContext } from '../context.js'
import { authorizationLoaders } from './authorization-loaders.js'
import { AuthorizationEntity } from './authorization.entity.js'
import type { AuthorizationServices } from './authorization.resolver.js'
import type { HiddenCompaniesService } from './hidden-companies.service.js'
import { shownTo } from './shown-authorization.js'
import { isVisible } from './visible-companies.js'

/** Adds `Company.authorizations` from here, so that the company slice never learns of authorizations. */
@Resolver(() => CompanyEntity)
export class CompanyAuthorizationsResolver {
  constructor(private readonly services: AuthorizationServices) {}

  @FieldResolver(() => [AuthorizationEntity], {
    description: 'The authorizations (enrolments) that the viewer may see, in the order of the applications.',
  })
  async authorizations(
    @Root() company: CompanyEntity,
    @Arg('application', () => ApplicationIdEnum, {
      nullable: true,
      description: 'That of this application only.',
    })
    applicationId: ApplicationId | null,
    @Ctx() context: RequestContext,
  ): Promise<AuthorizationEntity[]> {
    const rows = await authorizationLoaders(context, this.services).ofCompany.load(company.id)
    return rows
      .filter(
        (row) => isVisible(context.viewer, row) && (!applicationId || row.applicationId === applicationId),
      )
      .map((row) => shownTo(context.viewer, row))
      .sort((a, b) => applicationIds.indexOf(a.applicationId) - applicationIds.indexOf(b.applicationId))
  }
}

/** Adds why a list is shorter than the customers are many. */
@Resolver(() => CompanyConnection)
export class HiddenCompaniesResolver {
  constructor(private readonly hidden: HiddenCompaniesService) {}

  @FieldResolver(() => Int, {
    description:
      'For a solution admin: how many companies are not shown because they have not authorized; else 0. In one application those that are enrolled there.',
  })
  notYetAuthorizedCount(
    @Root() { search }: CompanyConnection,
    @Ctx() context: RequestContext,
  ): Promise<number> {
    return this.hidden.count(context, search.applicationId)
  }
}
