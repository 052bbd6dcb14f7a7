import { IsOptional, MaxLength } from 'class-validator'
import { Args, ArgsType, Ctx, Field, FieldResolver, Resolver, Root } from 'type-graphql'
import { CompanyEntity } from '../company/company.entity.js'
import { connectionType, PageArgs, type CountedConnection } from '../connection-type.js'
import type { RequestContext } from '../context.js'
import type { UserEntity } from '../user/user.entity.js'
import { UserType } from '../user/user.type.js'
import type { GroupCandidateService } from './group-candidate.service.js'
import { GroupEntity } from './group.entity.js'

const GroupCandidatePersonConnection = connectionType<UserType>(() => UserType, {
  name: 'GroupCandidatePerson',
  description: 'People for a group, in the order of their sign-in names.',
})
const GroupCandidateCompanyConnection = connectionType(() => CompanyEntity, {
  name: 'GroupCandidateCompany',
  description: 'Companies for a group, in the order of their names.',
})

@ArgsType()
class CandidatesArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'How a name begins, or a mail address.' })
  @IsOptional()
  @MaxLength(254)
  search: string | null
}

@Resolver(() => GroupEntity)
export class GroupCandidateResolver {
  constructor(private readonly candidates: GroupCandidateService) {}

  @FieldResolver(() => GroupCandidatePersonConnection, {
    description:
      'Whom the viewer may add to it: who acts for a company that the viewer is an admin of. Empty for those who do not manage it.',
  })
  peopleToAdd(
    @Root() group: GroupEntity,
    @Args(() => CandidatesArgs) { search, first, after }: CandidatesArgs,
    @Ctx() context: RequestContext,
  ): Promise<CountedConnection<UserEntity>> {
    return this.candidates.people(context, group, { search: search ?? null, first, after })
  }

  @FieldResolver(() => GroupCandidateCompanyConnection, {
    description:
      'The companies that the viewer may add to it: those that the viewer is an admin of. Empty for those who do not manage it.',
  })
  companiesToAdd(
    @Root() group: GroupEntity,
    @Args(() => CandidatesArgs) { search, first, after }: CandidatesArgs,
    @Ctx() context: RequestContext,
  ): Promise<CountedConnection<CompanyEntity>> {
    return this.candidates.companies(context, group, { search: search ?? null, first, after })
  }
}
