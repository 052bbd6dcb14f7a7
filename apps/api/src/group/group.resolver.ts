import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql'
import { CompanyEntity } from '../company/company.entity.js'
import { connectionType, PageArgs, type CountedConnection } from '../connection-type.js'
import type { RequestContext } from '../context.js'
import type { UserEntity } from '../user/user.entity.js'
import { UserType } from '../user/user.type.js'
import { GroupEntity } from './group.entity.js'
import {
  ChangeGroupRoleInput,
  CreateGroupInput,
  GroupCompanyInput,
  GroupMemberInput,
  RenameGroupInput,
} from './group.inputs.js'
import type { GroupListService } from './group-list.service.js'
import type { GroupService } from './group.service.js'

const GroupConnection = connectionType(() => GroupEntity, {
  name: 'Group',
  description: 'Groups in the order of their names.',
})
const GroupMemberConnection = connectionType<UserType>(() => UserType, {
  name: 'GroupMember',
  description: 'The people in a group, in the order of their sign-in names.',
})
const GroupCompanyConnection = connectionType(() => CompanyEntity, {
  name: 'GroupCompany',
  description: 'The companies of a group that the viewer may see, in the order of their names.',
})

const whereSeen = 'Null where the viewer does not see the group any more.'

@Resolver(() => GroupEntity)
export class GroupResolver {
  constructor(
    private readonly groups: GroupService,
    private readonly lists: GroupListService,
  ) {}

  @Query(() => GroupConnection, {
    name: 'groups',
    description: 'The groups that the viewer belongs to, or whose companies the viewer is an admin of.',
  })
  list(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: RequestContext,
  ): Promise<CountedConnection<GroupEntity>> {
    return this.lists.list(context, page)
  }

  @Query(() => GroupEntity, { nullable: true, description: 'One group that the viewer may see.' })
  group(
    @Arg('id', () => ID, { description: 'The group.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<GroupEntity | null> {
    return this.lists.find(context, id)
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether the viewer may change it: an admin of all its companies, or who keeps it empty.',
  })
  async isManageable(@Root() group: GroupEntity, @Ctx() context: RequestContext): Promise<boolean> {
    return (await this.lists.standingOf(context, group)) === 'MANAGES'
  }

  @FieldResolver(() => GroupMemberConnection, { description: 'The people in it.' })
  members(
    @Root() group: GroupEntity,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: RequestContext,
  ): Promise<CountedConnection<UserEntity>> {
    return this.lists.membersOf(context, group, page)
  }

  @FieldResolver(() => GroupCompanyConnection, {
    description: 'Its companies, as far as the viewer may see.',
  })
  companies(
    @Root() group: GroupEntity,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: RequestContext,
  ): Promise<CountedConnection<CompanyEntity>> {
    return this.lists.companiesOf(context, group, page)
  }

  @Mutation(() => GroupEntity, { description: 'A new, empty group; the viewer keeps it.' })
  createGroup(
    @Arg('input', () => CreateGroupInput, { description: 'The group.' }) { name, role }: CreateGroupInput,
    @Ctx() context: RequestContext,
  ): Promise<GroupEntity> {
    return this.groups.create(context, { name, role })
  }

  @Mutation(() => GroupEntity, { description: 'Gives a group another name.' })
  renameGroup(
    @Arg('input', () => RenameGroupInput, { description: 'Which group, and its name from now on.' })
    { id, name }: RenameGroupInput,
    @Ctx() context: RequestContext,
  ): Promise<GroupEntity> {
    return this.groups.rename(context, { id, name })
  }

  @Mutation(() => GroupEntity, {
    description:
      'Changes at once what all its members may do. A higher role needs the password to have been given within ten minutes.',
  })
  changeGroupRole(
    @Arg('input', () => ChangeGroupRoleInput, { description: 'Which group, and its role from now on.' })
    { id, role }: ChangeGroupRoleInput,
    @Ctx() context: RequestContext,
  ): Promise<GroupEntity> {
    return this.groups.changeRole(context, { id, role })
  }

  @Mutation(() => Boolean, { description: 'Deletes a group and with it the rights that it gave, no others.' })
  async deleteGroup(
    @Arg('id', () => ID, { description: 'The group.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    await this.groups.delete(context, id)
    return true
  }

  @Mutation(() => GroupEntity, {
    description:
      'Puts a person into a group: a member of a company that the viewer is an admin of. Needs the password to have been given within ten minutes.',
  })
  addGroupMember(
    @Arg('input', () => GroupMemberInput, { description: 'Which group, and whom.' })
    { groupId, userId }: GroupMemberInput,
    @Ctx() context: RequestContext,
  ): Promise<GroupEntity> {
    return this.groups.addMember(context, { groupId, userId })
  }

  @Mutation(() => GroupEntity, { nullable: true, description: `Takes a person out of a group. ${whereSeen}` })
  async removeGroupMember(
    @Arg('input', () => GroupMemberInput, { description: 'Which group, and whom.' })
    { groupId, userId }: GroupMemberInput,
    @Ctx() context: RequestContext,
  ): Promise<GroupEntity | null> {
    await this.groups.removeMember(context, { groupId, userId })
    return this.lists.find(context, groupId)
  }

  @Mutation(() => Boolean, { description: 'Takes the viewer out of a group.' })
  async leaveGroup(
    @Arg('id', () => ID, { description: 'The group.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    await this.groups.leave(context, id)
    return true
  }

  @Mutation(() => GroupEntity, {
    description:
      'Gives the members of a group its role in one more company, of which the viewer is an admin. Needs the password to have been given within ten minutes.',
  })
  addGroupCompany(
    @Arg('input', () => GroupCompanyInput, { description: 'Which group, and which company.' })
    { groupId, companyId }: GroupCompanyInput,
    @Ctx() context: RequestContext,
  ): Promise<GroupEntity> {
    return this.groups.addCompany(context, { groupId, companyId })
  }

  @Mutation(() => GroupEntity, {
    nullable: true,
    description: `Takes a company out of a group: for an admin of that company. ${whereSeen}`,
  })
  async removeGroupCompany(
    @Arg('input', () => GroupCompanyInput, { description: 'Which group, and which company.' })
    { groupId, companyId }: GroupCompanyInput,
    @Ctx() context: RequestContext,
  ): Promise<GroupEntity | null> {
    await this.groups.removeCompany(context, { groupId, companyId })
    return this.lists.find(context, groupId)
  }
}
