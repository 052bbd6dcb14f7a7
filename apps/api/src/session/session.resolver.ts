import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { refuseApiCaller, type RequestContext } from '../context.js'
import type { UserService } from '../user/user.service.js'
import { UserType } from '../user/user.type.js'
import { SignInInput } from './session.inputs.js'
import type { SessionService } from './session.service.js'

@Resolver()
export class SessionResolver {
  constructor(
    private readonly sessions: SessionService,
    private readonly users: UserService,
  ) {}

  @Mutation(() => UserType, { description: 'Begins a session; the answer sets its cookie.' })
  async signIn(
    @Arg('input', () => SignInInput) input: SignInInput,
    @Ctx() context: RequestContext,
  ): Promise<UserType> {
    refuseApiCaller(context)
    const { session, user } = await this.sessions.signIn({ ...input, requestId: context.requestId })
    if (context.sessionId) await this.sessions.signOut(context.sessionId, context.requestId)
    context.cookies.set(session)
    context.actAs(await this.users.viewerOf(user.id))
    return user
  }

  @Mutation(() => Boolean, { description: 'Ends the session on the server.' })
  async signOut(@Ctx() context: RequestContext): Promise<boolean> {
    refuseApiCaller(context)
    if (context.sessionId) await this.sessions.signOut(context.sessionId, context.requestId)
    context.cookies.clear()
    context.actAs(null)
    return true
  }
}
