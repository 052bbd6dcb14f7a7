import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import type { RequestContext } from '../context.js'
import {
  LinkTokenInput,
  RequestPasswordResetInput,
  ResetPasswordInput,
  SetUpInput,
  SignUpInput,
} from './account.inputs.js'
import type { EmailChangeService } from './email-change.service.js'
import type { PasswordResetService } from './password-reset.service.js'
import type { SetUpService } from './set-up.service.js'
import type { SignUpService } from './sign-up.service.js'
import { OncePerRequest } from '../graphql/document-cost.js'

interface Services {
  signUps: SignUpService
  passwordResets: PasswordResetService
  emailChanges: EmailChangeService
  setUps: SetUpService
}

/** What somebody does who is not signed in. */
@Resolver()
export class AccountResolver {
  constructor(private readonly on: Services) {}

  @OncePerRequest()
  @Mutation(() => Boolean, {
    description:
      'Asks for an account. The answer is always true; what there is to do, or what is taken, is said in a letter to the address.',
  })
  async signUp(
    @Arg('input', () => SignUpInput, { description: 'The person.' }) input: SignUpInput,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    await this.on.signUps.request(context, input)
    return true
  }

  @OncePerRequest()
  @Mutation(() => Boolean, {
    description: 'Makes the account, by the link of the letter. Nobody is signed in by it.',
  })
  async confirmSignUp(
    @Arg('input', () => LinkTokenInput, { description: 'From the link.' }) { token }: LinkTokenInput,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    await this.on.signUps.confirm(context, token)
    return true
  }

  @OncePerRequest()
  @Mutation(() => Boolean, {
    description:
      'Asks for a link to choose a new password by. The answer is always true; the letter goes out if there is such an account, three times an hour at most.',
  })
  async requestPasswordReset(
    @Arg('input', () => RequestPasswordResetInput, { description: 'Whose.' })
    { email }: RequestPasswordResetInput,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    await this.on.passwordResets.request(context, email)
    return true
  }

  @OncePerRequest()
  @Mutation(() => Boolean, {
    description: 'A new password, by the link of the letter. Ends all sessions and begins none.',
  })
  async resetPassword(
    @Arg('input', () => ResetPasswordInput, { description: 'Link and password.' })
    { token, password }: ResetPasswordInput,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    await this.on.passwordResets.reset(context, token, password)
    return true
  }

  @OncePerRequest()
  @Mutation(() => Boolean, {
    description: 'Makes the new mail address count, by the link of the letter to it.',
  })
  async confirmEmail(
    @Arg('input', () => LinkTokenInput, { description: 'From the link.' }) { token }: LinkTokenInput,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    await this.on.emailChanges.confirm(context, token)
    return true
  }

  @OncePerRequest()
  @Mutation(() => Boolean, {
    description:
      'Makes the first solution admin of a new hub, by the code that its start printed. Works once.',
  })
  async setUp(
    @Arg('input', () => SetUpInput, { description: 'Code and person.' }) { code, ...person }: SetUpInput,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    await this.on.setUps.setUp(context, code, person)
    return true
  }
}
