import type { Secret } from '@optin-hub/oauth-client'
import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql'
import { refuseApiCaller, type RequestContext } from '../context.js'
import { OncePerRequest } from '../graphql/document-cost.js'
import type { UserService } from '../user/user.service.js'
import { UserType } from '../user/user.type.js'
import { ReauthenticateInput, SignInInput } from './session.inputs.js'
import type { SessionListService } from './session-list.service.js'
import type { SessionService } from './session.service.js'
import type { SignInService } from './sign-in.service.js'

interface Services {
  sessions: SessionService
  sessionLists: SessionListService
  signIns: SignInService
  users: UserService
}

@Resolver()
export class SessionResolver {
  constructor(private readonly on: Services) {}

  @OncePerRequest()
  @Mutation(() => UserType, { description: 'Begins a session; the answer sets its cookie.' })
  async signIn(
    @Arg('input', () => SignInInput, { description: 'Sign in name and password.' }) input: SignInInput,
    @Ctx() context: RequestContext,
  ): Promise<UserType> {
    refuseApiCaller(context)
    const { session, user } = await this.on.signIns.signIn(context, input)
    if (context.sessionId) await this.on.sessions.signOut(context.sessionId, context.requestId)
    await this.#enter(context, session, user.id)
    return user
  }

  @OncePerRequest()
  @Mutation(() => Boolean, {
    description:
      'The password once more, which is asked for before what would outlive a stolen session. For ten minutes; the answer sets a new cookie.',
  })
  async reauthenticate(
    @Arg('input', () => ReauthenticateInput, { description: 'The password.' }) input: ReauthenticateInput,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    const session = await this.on.signIns.reauthenticate(context, input.password)
    await this.#enter(context, session, context.viewer?.userId ?? '')
    return true
  }

  @Mutation(() => Boolean, { description: 'Ends the session on the server.' })
  async signOut(@Ctx() context: RequestContext): Promise<boolean> {
    refuseApiCaller(context)
    if (context.sessionId) await this.on.sessions.signOut(context.sessionId, context.requestId)
    this.#leave(context)
    return true
  }

  @Mutation(() => Boolean, { description: 'Ends one of one’s own sessions, in whatever browser it is.' })
  async endSession(
    @Arg('id', () => ID, { description: 'The id of the session.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    const isCurrent = id === context.sessionId
    await this.on.sessionLists.end(context, id)
    if (isCurrent) this.#leave(context)
    return true
  }

  @Mutation(() => Boolean, { description: 'Ends all of one’s own sessions but this one.' })
  async endOtherSessions(@Ctx() context: RequestContext): Promise<boolean> {
    await this.on.sessionLists.endOthers(context)
    return true
  }

  async #enter(context: RequestContext, session: Secret, userId: string): Promise<void> {
    context.cookies.set(session)
    const viewer = await this.on.users.viewerOf(userId)
    context.actAs(viewer, { sessionId: this.on.sessions.idOf(session) })
  }

  #leave(context: RequestContext): void {
    context.cookies.clear()
    context.actAs(null)
  }
}
