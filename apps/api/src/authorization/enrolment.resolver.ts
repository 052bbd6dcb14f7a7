import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql'
import { CompanyEntity } from '../company/company.entity.js'
import type { RequestContext } from '../context.js'
import { AuthorizationEntity } from './authorization.entity.js'
import { CreateCompanyInput, EnrolCompanyInput, WithdrawCompanyInput } from './authorization.inputs.js'
import type { EnrolmentService } from './enrolment.service.js'

@Resolver()
export class EnrolmentResolver {
  constructor(private readonly enrolments: EnrolmentService) {}

  @Mutation(() => CompanyEntity, {
    description: 'Who creates a company is its admin, unless a solution admin does.',
  })
  createCompany(
    @Arg('input', () => CreateCompanyInput) input: CreateCompanyInput,
    @Ctx() context: RequestContext,
  ): Promise<CompanyEntity> {
    const { applications, ...fresh } = input
    return this.enrolments.createCompany(context, { ...fresh, applicationIds: applications ?? [] })
  }

  @Mutation(() => Boolean, {
    description: 'Ends every authorization of the company and destroys every token.',
  })
  async removeCompany(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<boolean> {
    await this.enrolments.removeCompany(context, id)
    return true
  }

  @Mutation(() => AuthorizationEntity)
  enrolCompany(
    @Arg('input', () => EnrolCompanyInput) input: EnrolCompanyInput,
    @Ctx() context: RequestContext,
  ): Promise<AuthorizationEntity> {
    const { companyId, application: applicationId } = input
    return this.enrolments.enrol(context, { companyId, applicationId })
  }

  @Mutation(() => Boolean, { description: 'Ends the enrolment and what was authorized under it.' })
  async withdrawCompany(
    @Arg('input', () => WithdrawCompanyInput) input: WithdrawCompanyInput,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    const { companyId, application: applicationId } = input
    await this.enrolments.withdraw(context, { companyId, applicationId })
    return true
  }
}
