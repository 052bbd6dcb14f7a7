import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql'
import { ApplicationIdEnum, ApplicationType } from '../application/application.type.js'
import { applicationFacts, type ApplicationId } from '../application/applications.js'
import { CompanyEntity } from '../company/company.entity.js'
import type { CompanyService } from '../company/company.service.js'
import { requireViewer, type RequestContext } from '../context.js'
import { canInApplication } from '../permissions.js'
import { UserType } from '../user/user.type.js'
import type { UserService } from '../user/user.service.js'
import type { VaultService } from '../vault/vault.service.js'
import { authorizationLoaders, type AuthorizationLoaders } from './authorization-loaders.js'
import { AuthorizationEntity } from './authorization.entity.js'
import { OptOutInput } from './authorization.inputs.js'
import type { AuthorizationService } from './authorization.service.js'
import { TokenTimes } from './authorization.type.js'
import { seesAll, shownTo } from './shown-authorization.js'

export interface AuthorizationServices {
  authorizations: AuthorizationService
  companies: CompanyService
  users: UserService
  vault: VaultService
}

@Resolver(() => AuthorizationEntity)
export class AuthorizationResolver {
  constructor(private readonly services: AuthorizationServices) {}

  @Query(() => AuthorizationEntity, {
    nullable: true,
    description: 'The authorization of one company for one application; null where the viewer sees none.',
  })
  async authorization(
    @Arg('companyId', () => ID, { description: 'Of the company.' }) companyId: string,
    @Arg('application', () => ApplicationIdEnum, { description: 'The application.' })
    applicationId: ApplicationId,
    @Ctx() context: RequestContext,
  ): Promise<AuthorizationEntity | null> {
    const viewer = requireViewer(context)
    const found = await this.services.authorizations.findVisible(context, { companyId, applicationId })
    return found && shownTo(viewer, found)
  }

  @Mutation(() => AuthorizationEntity, {
    description: 'Ends the authorization at once: when this answers, its tokens are destroyed.',
  })
  optOut(
    @Arg('input', () => OptOutInput, { description: 'Which authorization.' }) input: OptOutInput,
    @Ctx() context: RequestContext,
  ): Promise<AuthorizationEntity> {
    const { companyId, application: applicationId } = input
    return this.services.authorizations.optOut(context, { companyId, applicationId })
  }

  @FieldResolver(() => ApplicationType, { description: 'The application that may act for the company.' })
  application(@Root() authorization: AuthorizationEntity): ApplicationType {
    return applicationFacts(authorization.applicationId)
  }

  @FieldResolver(() => CompanyEntity, { description: 'The company that the application may act for.' })
  async company(
    @Root() authorization: AuthorizationEntity,
    @Ctx() context: RequestContext,
  ): Promise<CompanyEntity> {
    const company = await this.#loaders(context).company.load(authorization.companyId)
    if (!company) throw new Error(`authorization ${authorization.id} without its company`)
    return company
  }

  @FieldResolver(() => UserType, { nullable: true, description: 'The person of this hub who opted in.' })
  authorizedBy(
    @Root() authorization: AuthorizationEntity,
    @Ctx() context: RequestContext,
  ): Promise<UserType | null> {
    return this.#user(authorization.authorizedById, context)
  }

  @FieldResolver(() => UserType, {
    nullable: true,
    description: 'Who ended it; null where UPS or the hub did.',
  })
  endedBy(
    @Root() authorization: AuthorizationEntity,
    @Ctx() context: RequestContext,
  ): Promise<UserType | null> {
    return this.#user(authorization.endedById, context)
  }

  @FieldResolver(() => ID, {
    nullable: true,
    description: 'Token Vault Key: an identifier, no credential. Null while no tokens are held.',
  })
  async vaultKey(
    @Root() authorization: AuthorizationEntity,
    @Ctx() context: RequestContext,
  ): Promise<string | null> {
    const tokens = await this.tokens(authorization, context)
    return tokens ? authorization.mintedVaultKey : null
  }

  @FieldResolver(() => TokenTimes, { nullable: true, description: 'Null while no tokens are held.' })
  async tokens(
    @Root() authorization: AuthorizationEntity,
    @Ctx() context: RequestContext,
  ): Promise<TokenTimes | null> {
    if (!seesAll(context.viewer, authorization)) return null
    return this.#loaders(context).tokens.load(authorization.id)
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether the viewer may begin to authorize: an admin of the company, or who was invited to.',
  })
  mayBegin(@Root() authorization: AuthorizationEntity, @Ctx() context: RequestContext): boolean {
    return canInApplication(requireViewer(context), 'authorization.begin', authorization)
  }

  #user(id: string | null, context: RequestContext): Promise<UserType | null> {
    return id === null ? Promise.resolve(null) : this.#loaders(context).user.load(id)
  }

  #loaders(context: RequestContext): AuthorizationLoaders {
    return authorizationLoaders(context, this.services)
  }
}
