import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql'
import { CompanyEntity } from '../company/company.entity.js'
import type { RequestContext } from '../context.js'
import { CreateCompanyInput, UpdateCompanyInput } from './company-lifecycle.inputs.js'
import type { CompanyLifecycleService } from './company-lifecycle.service.js'

@Resolver()
export class CompanyLifecycleResolver {
  constructor(private readonly lifecycles: CompanyLifecycleService) {}

  @Mutation(() => CompanyEntity, {
    description: 'Who creates a company is its admin, unless a solution admin does.',
  })
  createCompany(
    @Arg('input', () => CreateCompanyInput, { description: 'The company.' }) input: CreateCompanyInput,
    @Ctx() context: RequestContext,
  ): Promise<CompanyEntity> {
    const { applications, ...fresh } = input
    return this.lifecycles.create(context, { ...fresh, applicationIds: applications ?? [] })
  }

  @Mutation(() => CompanyEntity, { description: 'Changes the name or the Account Executive.' })
  updateCompany(
    @Arg('input', () => UpdateCompanyInput, { description: 'The company, and what is to be different.' })
    input: UpdateCompanyInput,
    @Ctx() context: RequestContext,
  ): Promise<CompanyEntity> {
    return this.lifecycles.update(context, input)
  }

  @Mutation(() => Boolean, {
    description: 'Ends every authorization of the company and destroys every token.',
  })
  async removeCompany(
    @Arg('id', () => ID, { description: 'Of the company.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    await this.lifecycles.remove(context, id)
    return true
  }
}
