import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import type { RequestContext } from '../context.js'
import { AuthorizationEntity } from './authorization.entity.js'
import { EnrolCompanyInput, WithdrawCompanyInput } from './authorization.inputs.js'
import type { EnrolmentService } from './enrolment.service.js'

@Resolver()
export class EnrolmentResolver {
  constructor(private readonly enrolments: EnrolmentService) {}

  @Mutation(() => AuthorizationEntity, { description: 'Lets the company take part in one more application.' })
  enrolCompany(
    @Arg('input', () => EnrolCompanyInput, { description: 'Which company and application.' })
    input: EnrolCompanyInput,
    @Ctx() context: RequestContext,
  ): Promise<AuthorizationEntity> {
    const { companyId, application: applicationId } = input
    return this.enrolments.enrol(context, { companyId, applicationId })
  }

  @Mutation(() => Boolean, { description: 'Ends the enrolment and what was authorized under it.' })
  async withdrawCompany(
    @Arg('input', () => WithdrawCompanyInput, { description: 'Which company and application.' })
    input: WithdrawCompanyInput,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    const { companyId, application: applicationId } = input
    await this.enrolments.withdraw(context, { companyId, applicationId })
    return true
  }
}
