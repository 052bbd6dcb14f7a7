import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql'
import { CompanyEntity } from '../company/company.entity.js'
import { connectionType, PageArgs, type CountedConnection } from '../connection-type.js'
import type { RequestContext } from '../context.js'
import type { AcceptInvitationService } from './accept-invitation.service.js'
import type { InvitationEntity } from './invitation.entity.js'
import {
  AcceptInvitationAsNewUserInput,
  AcceptInvitationInput,
  InvitationArgs,
  InviteToAuthorizeInput,
  InviteUserInput,
} from './invitation.inputs.js'
import type { InvitationListService } from './invitation-list.service.js'
import { AcceptedInvitation, InvitationOffer, InvitationType } from './invitation.type.js'
import type { InviteService } from './invite.service.js'
import { OncePerRequest } from '../graphql/document-cost.js'

const InvitationConnection = connectionType(() => InvitationType, {
  name: 'Invitation',
  description: 'Invitations that could still be used, newest first.',
})

/** Inviting, for those who decide who acts for a company. */
@Resolver(() => CompanyEntity)
export class InviteResolver {
  constructor(
    private readonly invites: InviteService,
    private readonly lists: InvitationListService,
  ) {}

  @FieldResolver(() => InvitationConnection, {
    description: 'Whom the company has invited; empty for those who may not invite.',
  })
  invitations(
    @Root() company: CompanyEntity,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: RequestContext,
  ): Promise<CountedConnection<InvitationType>> {
    return this.lists.ofCompany(context, company.id, page)
  }

  @OncePerRequest()
  @Mutation(() => InvitationType, {
    description:
      'Invites somebody by letter to act for a company. A former invitation to the same is void. Needs the password to have been given within ten minutes.',
  })
  async inviteUser(
    @Arg('input', () => InviteUserInput, { description: 'Whom, to which company, as what.' })
    { companyId, email, role }: InviteUserInput,
    @Ctx() context: RequestContext,
  ): Promise<InvitationType> {
    return this.#shown(await this.invites.invite(context, { companyId, email, role }))
  }

  @OncePerRequest()
  @Mutation(() => InvitationType, {
    description:
      'Asks somebody who holds a UPS.com login by letter to authorize one application for a company, once. Needs the password to have been given within ten minutes.',
  })
  async inviteToAuthorize(
    @Arg('input', () => InviteToAuthorizeInput, { description: 'Whom, and what to authorize.' })
    input: InviteToAuthorizeInput,
    @Ctx() context: RequestContext,
  ): Promise<InvitationType> {
    const { companyId, application: applicationId, email } = input
    return this.#shown(await this.invites.inviteToAuthorize(context, { companyId, applicationId, email }))
  }

  @Mutation(() => Boolean, {
    description: 'Makes an invitation void, with the right to authorize that it gave.',
  })
  async withdrawInvitation(
    @Arg('id', () => ID, { description: 'The invitation.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    await this.invites.withdraw(context, id)
    return true
  }

  async #shown(invitation: InvitationEntity): Promise<InvitationType> {
    const [shown] = await this.lists.toTypes([invitation])
    if (!shown) throw new Error(`invitation ${invitation.id} cannot be shown`)
    return shown
  }
}

/** What the link in the letter opens, for whoever holds it. */
@Resolver()
export class AcceptInvitationResolver {
  constructor(private readonly invitations: AcceptInvitationService) {}

  @Query(() => InvitationOffer, {
    nullable: true,
    description: 'What an invitation is for, by its token and without signing in; null if it cannot be used.',
  })
  invitation(
    @Args(() => InvitationArgs) { token }: InvitationArgs,
    @Ctx() context: RequestContext,
  ): Promise<InvitationOffer | null> {
    return this.invitations.offer(context, token)
  }

  @Mutation(() => AcceptedInvitation, {
    description: 'Accepts an invitation as who is signed in, if it was sent to that person’s mail address.',
  })
  acceptInvitation(
    @Arg('input', () => AcceptInvitationInput, { description: 'What the letter holds.' })
    { token }: AcceptInvitationInput,
    @Ctx() context: RequestContext,
  ): Promise<AcceptedInvitation> {
    return this.invitations.accept(context, token)
  }

  @OncePerRequest()
  @Mutation(() => Boolean, {
    description:
      'Makes an account for the mail address of an invitation and accepts it. Then one can sign in.',
  })
  async acceptInvitationAsNewUser(
    @Arg('input', () => AcceptInvitationAsNewUserInput, {
      description: 'What the letter holds, and who you are.',
    })
    input: AcceptInvitationAsNewUserInput,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    await this.invitations.acceptAsNewUser(context, input)
    return true
  }
}
