import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql'
import type { RequestContext } from '../context.js'
import type { ErasureService } from './erasure.service.js'

@Resolver()
export class ErasureResolver {
  constructor(private readonly erasures: ErasureService) {}

  @Mutation(() => Boolean, {
    description:
      'Erases everything about a person; what they did stays, under a pseudonym. There is no way back. For solution admins who have given their password within ten minutes.',
  })
  async eraseUser(
    @Arg('id', () => ID, { description: 'The id of the user.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    await this.erasures.eraseUser(context, id)
    return true
  }

  @Mutation(() => Boolean, {
    description:
      'Erases everything about oneself and ends all one’s sessions; what one did stays, under a pseudonym. There is no way back. Needs the password to have been given within ten minutes.',
  })
  async eraseMyAccount(@Ctx() context: RequestContext): Promise<boolean> {
    await this.erasures.eraseMyAccount(context)
    return true
  }
}
