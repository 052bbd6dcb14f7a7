import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { CompanyEntity } from '../company/company.entity.js'
import type { RequestContext } from '../context.js'
import type { MembershipService } from './membership.service.js'
import { ChangeMemberRoleInput, RemoveMemberInput } from './user.inputs.js'

@Resolver()
export class MembershipResolver {
  constructor(private readonly memberships: MembershipService) {}

  @Mutation(() => CompanyEntity, {
    description:
      'Gives a member of a company another role, at once. A higher one needs the password to have been given within ten minutes.',
  })
  changeMemberRole(
    @Arg('input', () => ChangeMemberRoleInput, { description: 'Whose role, where, and which from now on.' })
    input: ChangeMemberRoleInput,
    @Ctx() context: RequestContext,
  ): Promise<CompanyEntity> {
    const { companyId, userId, role } = input
    return this.memberships.changeRole(context, { companyId, userId }, role)
  }

  @Mutation(() => Boolean, {
    description: 'Ends the role that a person has in a company for themselves; what groups give stays.',
  })
  async removeMember(
    @Arg('input', () => RemoveMemberInput, { description: 'Who is to act for which company no more.' })
    { companyId, userId }: RemoveMemberInput,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    await this.memberships.remove(context, { companyId, userId })
    return true
  }
}
