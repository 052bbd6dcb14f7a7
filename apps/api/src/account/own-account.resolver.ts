import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql'
import type { RequestContext } from '../context.js'
import { OncePerRequest } from '../graphql/document-cost.js'
import { can } from '../permissions.js'
import type { SessionService } from '../session/session.service.js'
import type { UserEntity } from '../user/user.entity.js'
import { UserType } from '../user/user.type.js'
import {
  ChangeDisplayNameInput,
  ChangeEmailInput,
  ChangePasswordInput,
  ChangeSignInNameInput,
} from './account.inputs.js'
import type { EmailChangeService } from './email-change.service.js'
import type { OwnAccountService } from './own-account.service.js'
import type { UserAccessService } from './user-access.service.js'

interface Services {
  sessions: SessionService
  ownAccounts: OwnAccountService
  emailChanges: EmailChangeService
  userAccess: UserAccessService
}

/** What a signed-in person does with the own account, and a solution admin with others'. */
@Resolver(() => UserType)
export class OwnAccountResolver {
  constructor(private readonly on: Services) {}

  @OncePerRequest()
  @Mutation(() => Boolean, {
    description:
      'A new password of one’s own. Ends all other sessions. Needs the password to have been given within ten minutes (reauthenticate).',
  })
  async changePassword(
    @Arg('input', () => ChangePasswordInput, { description: 'The new one.' })
    { password }: ChangePasswordInput,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    const session = await this.on.ownAccounts.changePassword(context, password)
    context.cookies.set(session)
    context.actAs(context.viewer, { sessionId: this.on.sessions.idOf(session) })
    return true
  }

  @Mutation(() => UserType, { description: 'Another name of one’s own, as others see it.' })
  changeDisplayName(
    @Arg('input', () => ChangeDisplayNameInput, { description: 'The new one.' })
    { displayName }: ChangeDisplayNameInput,
    @Ctx() context: RequestContext,
  ): Promise<UserType> {
    return this.on.ownAccounts.changeDisplayName(context, displayName)
  }

  @Mutation(() => UserType, {
    description: 'A new sign in name of one’s own. Needs the password to have been given within ten minutes.',
  })
  changeSignInName(
    @Arg('input', () => ChangeSignInNameInput, { description: 'The new one.' })
    { signInName }: ChangeSignInNameInput,
    @Ctx() context: RequestContext,
  ): Promise<UserType> {
    return this.on.ownAccounts.changeSignInName(context, signInName)
  }

  @OncePerRequest()
  @Mutation(() => Boolean, {
    description:
      'Asks for another mail address. It counts once the link in the letter to it was followed; the former one is told. Needs the password to have been given within ten minutes.',
  })
  async changeEmail(
    @Arg('input', () => ChangeEmailInput, { description: 'The new one.' }) { email }: ChangeEmailInput,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    await this.on.emailChanges.request(context, email)
    return true
  }

  @Mutation(() => UserType, {
    description: 'Shuts a person out at once, in all browsers. For solution admins.',
  })
  disableUser(
    @Arg('id', () => ID, { description: 'The id of the person.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<UserType> {
    return this.on.userAccess.disable(context, id)
  }

  @Mutation(() => UserType, { description: 'Lets a person in again. For solution admins.' })
  enableUser(
    @Arg('id', () => ID, { description: 'The id of the person.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<UserType> {
    return this.on.userAccess.enable(context, id)
  }

  @Mutation(() => Boolean, {
    description:
      'Ends all sessions of a person, who may sign in again. For solution admins. Needs the password to have been given within ten minutes.',
  })
  async endSessionsOf(
    @Arg('userId', () => ID, { description: 'The id of the person.' }) userId: string,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    await this.on.userAccess.endSessions(context, userId)
    return true
  }

  @FieldResolver(() => Date, {
    nullable: true,
    description: 'Since when the person is shut out. For solution admins; null for everybody else.',
  })
  disabledAt(@Root() user: UserEntity, @Ctx() { viewer }: RequestContext): Date | null {
    return viewer && can(viewer, 'user.disable') ? user.disabledAt : null
  }
}
