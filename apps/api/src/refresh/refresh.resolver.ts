import { MaxLength } from 'class-validator'
import { Arg, Ctx, Field, FieldResolver, ID, InputType, Mutation, Resolver, Root } from 'type-graphql'
import { ApplicationIdEnum } from '../application/application.type.js'
import type { ApplicationId } from '../application/applications.js'
import { AuthorizationEntity } from '../authorization/authorization.entity.js'
import { seesAll } from '../authorization/shown-authorization.js'
import type { RequestContext } from '../context.js'
import { RefreshProblem } from './refresh-problem.js'
import type { RefreshService } from './refresh.service.js'

@InputType({ description: 'Which authorization to check now.' })
class RefreshTokenInput {
  @Field(() => ID, { description: 'The id of the company.' })
  @MaxLength(64)
  companyId: string

  @Field(() => ApplicationIdEnum, { description: 'The application.' })
  application: ApplicationId
}

@Resolver(() => AuthorizationEntity)
export class RefreshResolver {
  constructor(private readonly refreshes: RefreshService) {}

  @Mutation(() => AuthorizationEntity, {
    description: 'Check now: renews the tokens with UPS, whatever their age.',
  })
  refreshToken(
    @Arg('input', () => RefreshTokenInput, { description: 'Which authorization.' }) input: RefreshTokenInput,
    @Ctx() context: RequestContext,
  ): Promise<AuthorizationEntity> {
    const { companyId, application: applicationId } = input
    return this.refreshes.checkNow(context, { companyId, applicationId })
  }

  @FieldResolver(() => RefreshProblem, {
    nullable: true,
    description: 'UPS.com cannot be reached or does not renew at the moment; the authorization still stands.',
  })
  async refreshProblem(
    @Root() authorization: AuthorizationEntity,
    @Ctx() context: RequestContext,
  ): Promise<RefreshProblem | null> {
    if (!seesAll(context.viewer, authorization)) return null
    return this.refreshes.problemOf(authorization)
  }
}
