import { IsNull, type EntityManager } from 'typeorm'
import { accountErrors } from '../account/account.errors.js'
import { applicationFacts } from '../application/applications.js'
import type { AuditService } from '../audit/audit.service.js'
import type { Clock } from '../clock.js'
import { CompanyEntity } from '../company/company.entity.js'
import { refuseApiCaller, requireViewer, type RequestContext } from '../context.js'
import { timeAfter } from '../db/columns.js'
import { isUniqueViolation, type Database } from '../db/transaction.js'
import type { KeyedHash } from '../keyed-hash.js'
import { can } from '../permissions.js'
import { hashPassword } from '../session/password.js'
import { requireGoodPassword } from '../session/password-policy.js'
import type { MembershipService } from '../user/membership.service.js'
import { UserEntity } from '../user/user.entity.js'
import type { UserService } from '../user/user.service.js'
import { InvitationEntity, withoutAddress } from './invitation.entity.js'
import { invitationErrors } from './invitation.errors.js'
import type { AcceptedInvitation, InvitationOffer } from './invitation.type.js'

interface Surroundings {
  database: Database
  clock: Clock
  hash: KeyedHash
  users: UserService
  memberships: MembershipService
  audit: AuditService
}

export interface NewPerson {
  token: string
  signInName: string
  displayName: string
  password: string
}

interface ValidInvitation {
  invitation: InvitationEntity & { email: string }
  company: CompanyEntity
  inviter: UserEntity
}

/** What the holder of an invitation's link can do: see what it is for, and take it, once, as the person it was sent to. */
export class AcceptInvitationService {
  constructor(private readonly on: Surroundings) {}

  /** For anybody who has the token: it came by the letter. Null for whatever cannot be accepted. */
  async offer(context: RequestContext, token: string): Promise<InvitationOffer | null> {
    refuseApiCaller(context)
    const { reader } = this.on.database
    const valid = await this.#findValid(reader, token)
    if (!valid) return null
    const { invitation, company, inviter } = valid
    const { role, applicationId, email, expiresAt } = invitation
    return {
      companyId: company.id,
      companyName: company.name,
      email,
      role,
      application: applicationId && applicationFacts(applicationId),
      invitedBy: inviter.displayName,
      expiresAt,
      hasAccount: (await this.on.users.findByEmail(reader, email)) !== null,
    }
  }

  /** The person's own address was proven before; it must be the one that was invited. */
  async accept(context: RequestContext, token: string): Promise<AcceptedInvitation> {
    const viewer = requireViewer(context)
    const accepted = await this.on.database.inTransaction(async (manager) => {
      const valid = await this.#findValid(manager, token)
      if (!valid) throw invitationErrors.INVITATION_NOT_FOUND()
      const person = await manager.findOneByOrFail(UserEntity, { id: viewer.userId })
      if (!person.emailKey || person.emailKey !== valid.invitation.emailKey)
        throw invitationErrors.INVITATION_FOR_ANOTHER_ADDRESS()
      await this.#give(manager, context, { ...valid, userId: person.id })
      const { role, applicationId } = valid.invitation
      const application = applicationId && applicationFacts(applicationId)
      return { company: valid.company, role, application }
    })
    // What was given counts for the rest of this request.
    context.actAs(await this.on.users.viewerOf(viewer.userId))
    return accepted
  }

  /** The link proves the address. Everything else that is given comes from the invitation, nothing from the client. */
  async acceptAsNewUser(context: RequestContext, fresh: NewPerson): Promise<void> {
    refuseApiCaller(context)
    const { token, signInName, displayName, password } = fresh
    // Before anything is hashed: without a letter nobody keeps the hub busy.
    const offered = await this.#findValid(this.on.database.reader, token)
    if (!offered) throw invitationErrors.INVITATION_NOT_FOUND()
    requireGoodPassword(password, [signInName, offered.invitation.email])
    const passwordHash = await hashPassword(password)
    try {
      await this.on.database.inTransaction(async (manager) => {
        const valid = await this.#findValid(manager, token)
        if (!valid) throw invitationErrors.INVITATION_NOT_FOUND()
        const { email } = valid.invitation
        if (await this.on.users.findByEmail(manager, email))
          throw invitationErrors.INVITATION_ADDRESS_HAS_ACCOUNT()
        if (await this.on.users.isNameTaken(manager, signInName)) throw accountErrors.SIGN_IN_NAME_TAKEN()
        const person = { signInName, displayName: displayName.trim(), email, passwordHash }
        const { id } = await this.on.users.create(manager, { ...person, isSolutionAdmin: false })
        const { requestId } = context
        await this.on.audit.record(manager, { name: 'account.signed_up', actorId: id, requestId })
        await this.#give(manager, context, { ...valid, userId: id })
      })
    } catch (error) {
      // Two who want the same name, at the same moment.
      if (isUniqueViolation(error)) throw accountErrors.SIGN_IN_NAME_TAKEN({ cause: error })
      throw error
    }
  }

  async #give(
    manager: EntityManager,
    context: RequestContext,
    { invitation, userId }: ValidInvitation & { userId: string },
  ): Promise<void> {
    const { id, companyId, role, applicationId } = invitation
    const { affected } = await manager.update(
      InvitationEntity,
      { id, acceptedAt: IsNull(), withdrawnAt: IsNull() },
      { acceptedAt: this.on.clock(), acceptedById: userId, ...withoutAddress },
    )
    // Of many that come with the same link at once, one is given what it promises.
    if (affected !== 1) throw invitationErrors.INVITATION_NOT_FOUND()
    if (role) await this.on.memberships.raise(manager, { companyId, userId }, role)
    await this.on.audit.record(manager, {
      name: 'invitation.accepted',
      actorId: userId,
      companyId,
      ...(applicationId && { applicationId }),
      requestId: context.requestId,
      details: { invitationId: id, role },
    })
  }

  /** Open, in time, of a company that is still there, and from somebody who could still invite. */
  async #findValid(manager: EntityManager, token: string): Promise<ValidInvitation | null> {
    const invitation = await manager.findOneBy(InvitationEntity, {
      tokenHash: this.on.hash('invitation', token),
      expiresAt: timeAfter(this.on.clock()),
      acceptedAt: IsNull(),
      withdrawnAt: IsNull(),
    })
    if (!invitation || invitation.email === null) return null
    const { companyId, invitedById, email } = invitation
    const company = await manager.findOneBy(CompanyEntity, { id: companyId, removedAt: IsNull() })
    const inviter = await manager.findOneBy(UserEntity, { id: invitedById })
    const may = await this.on.users.viewerOf(invitedById, manager)
    const mayStill = may && (can(may, 'member.invite', companyId) || can(may, 'member.inviteFirst'))
    return company && inviter && mayStill ? { invitation: { ...invitation, email }, company, inviter } : null
  }
}
