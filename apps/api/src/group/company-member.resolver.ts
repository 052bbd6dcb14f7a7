import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import { CompanyEntity } from '../company/company.entity.js'
import { connectionType, PageArgs, type CountedConnection } from '../connection-type.js'
import type { RequestContext } from '../context.js'
import type { CompanyMemberService } from './company-member.service.js'
import { CompanyMember } from './company-member.type.js'

const CompanyMemberConnection = connectionType(() => CompanyMember, {
  name: 'CompanyMember',
  description: 'The people who may act for a company, in the order of their sign-in names.',
})

/** Adds `Company.members` from here, since only this slice knows what groups give. */
@Resolver(() => CompanyEntity)
export class CompanyMembersResolver {
  constructor(private readonly members: CompanyMemberService) {}

  @FieldResolver(() => CompanyMemberConnection, {
    name: 'members',
    description: 'Who may act for this company; empty for those who may not know.',
  })
  list(
    @Root() company: CompanyEntity,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: RequestContext,
  ): Promise<CountedConnection<CompanyMember>> {
    return this.members.list(context, company.id, page)
  }
}

@Resolver(() => CompanyMember)
export class CompanyMemberResolver {
  constructor(private readonly members: CompanyMemberService) {}

  @FieldResolver(() => String, {
    nullable: true,
    description: 'The person’s mail address: for admins of the company only.',
  })
  email(@Root() member: CompanyMember, @Ctx() context: RequestContext): string | null {
    return this.members.emailOf(context, member)
  }
}
