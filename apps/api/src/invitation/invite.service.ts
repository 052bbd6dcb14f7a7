import { IsNull, type EntityManager } from 'typeorm'
import { applicationFacts, type ApplicationId } from '../application/applications.js'
import type { AuditService } from '../audit/audit.service.js'
import type { AuthorizationService } from '../authorization/authorization.service.js'
import type { Clock } from '../clock.js'
import { CompanyEntity } from '../company/company.entity.js'
import { companyErrors } from '../company/company.errors.js'
import type { CompanyService } from '../company/company.service.js'
import { requireFreshAuthentication, requireViewer, type RequestContext } from '../context.js'
import { timeAfter } from '../db/columns.js'
import { newId } from '../db/new-id.js'
import type { Database } from '../db/transaction.js'
import type { KeyedHash } from '../keyed-hash.js'
import { newLinkToken } from '../link-token.js'
import { inviteToAuthorize, inviteToCompany } from '../mail/letters/invitation.js'
import type { MailService } from '../mail/mail.service.js'
import { can, companyRoles, type CompanyRole } from '../permissions.js'
import { MembershipEntity } from '../user/membership.entity.js'
import { emailKey, UserEntity } from '../user/user.entity.js'
import type { UserService } from '../user/user.service.js'
import { InvitationEntity, withoutAddress } from './invitation.entity.js'
import { invitationErrors } from './invitation.errors.js'

const day = 24 * 60 * 60_000
/** S-65. */
const invitationLifeMs = 7 * day
const invitationsADay = 100

interface Surroundings {
  database: Database
  clock: Clock
  hash: KeyedHash
  randomBytes: (size: number) => Buffer
  companies: CompanyService
  users: UserService
  authorizations: AuthorizationService
  mail: MailService
  audit: AuditService
}

interface NewInvitation {
  companyId: string
  email: string
  role: CompanyRole | null
  applicationId: ApplicationId | null
  invitedById: string
  /** Who did it, where that is somebody signed in; the operator's command invites in the name of another. */
  actorId: string | null
  requestId: string | null
}

/** Inviting by letter, and taking it back. What an invitation gives is fixed here and never comes from who accepts it. */
export class InviteService {
  constructor(private readonly on: Surroundings) {}

  async invite(
    context: RequestContext,
    wanted: { companyId: string; email: string; role: CompanyRole },
  ): Promise<InvitationEntity> {
    await this.#requireMayInvite(context, wanted)
    const { userId: invitedById } = requireFreshAuthentication(context)
    const { requestId } = context
    return this.on.database.inTransaction(async (manager) => {
      await this.#requireFewer(manager, invitedById)
      if (await this.#isMember(manager, wanted)) throw invitationErrors.ALREADY_A_MEMBER()
      const by = { invitedById, actorId: invitedById, requestId }
      return this.issue(manager, { ...wanted, ...by, applicationId: null })
    })
  }

  async inviteToAuthorize(
    context: RequestContext,
    wanted: { companyId: string; email: string; applicationId: ApplicationId },
  ): Promise<InvitationEntity> {
    const viewer = requireViewer(context)
    const { companyId, applicationId } = wanted
    await this.on.authorizations.getVisible(context, { companyId, applicationId })
    if (!can(viewer, 'member.invite', companyId)) throw invitationErrors.INVITATIONS_NOT_YOURS_TO_SEND()
    const { userId: invitedById } = requireFreshAuthentication(context)
    return this.on.database.inTransaction(async (manager) => {
      await this.#requireFewer(manager, invitedById)
      const by = { invitedById, actorId: invitedById, requestId: context.requestId }
      return this.issue(manager, { ...wanted, ...by, role: null })
    })
  }

  /** Writes the letter too. A former invitation of the same person to the same is void: the newest letter counts. */
  async issue(manager: EntityManager, fresh: NewInvitation): Promise<InvitationEntity> {
    const { companyId, role, applicationId, invitedById, actorId, requestId } = fresh
    const now = this.on.clock()
    const token = newLinkToken(this.on.randomBytes)
    const same = { companyId, emailKey: emailKey(fresh.email), acceptedAt: IsNull(), withdrawnAt: IsNull() }
    const kind = { applicationId: applicationId ?? IsNull() }
    await manager.update(InvitationEntity, { ...same, ...kind }, { withdrawnAt: now, ...withoutAddress })
    const invitation = manager.create(InvitationEntity, {
      id: newId(now),
      companyId,
      role,
      applicationId,
      email: fresh.email,
      emailKey: emailKey(fresh.email),
      tokenHash: this.on.hash('invitation', token),
      invitedById,
      createdAt: now,
      expiresAt: new Date(now.getTime() + invitationLifeMs),
      acceptedAt: null,
      acceptedById: null,
      usedAt: null,
      withdrawnAt: null,
    })
    await manager.insert(InvitationEntity, invitation)
    await this.#write(manager, invitation, token)
    await this.on.audit.record(manager, {
      name: 'invitation.sent',
      actorId,
      companyId,
      ...(applicationId && { applicationId }),
      requestId,
      details: { invitationId: invitation.id, role },
    })
    return invitation
  }

  /** Also of one that was accepted to authorize: then that right is over. */
  async withdraw(context: RequestContext, id: string): Promise<void> {
    const viewer = requireViewer(context)
    await this.on.database.inTransaction(async (manager) => {
      const invitation = await manager.findOneBy(InvitationEntity, { id })
      const isOwn = invitation?.invitedById === viewer.userId
      const mayChange = invitation && (isOwn || can(viewer, 'member.invite', invitation.companyId))
      if (!mayChange || (invitation.acceptedAt && !invitation.applicationId))
        throw invitationErrors.INVITATION_NOT_FOUND()
      const now = this.on.clock()
      const { affected } = await manager.update(
        InvitationEntity,
        { id, withdrawnAt: IsNull() },
        { withdrawnAt: now, ...withoutAddress },
      )
      if (affected !== 1) throw invitationErrors.INVITATION_NOT_FOUND()
      const { companyId, applicationId } = invitation
      await this.on.audit.record(manager, {
        name: 'invitation.withdrawn',
        actorId: viewer.userId,
        companyId,
        ...(applicationId && { applicationId }),
        requestId: context.requestId,
        details: { invitationId: id },
      })
    })
  }

  /**
   * A company's admins invite. Where nobody acts for a company yet - a solution admin has created it for a customer -
   * any solution admin invites its first admin, though the company may not be visible yet (ruling 1).
   */
  async #requireMayInvite(
    context: RequestContext,
    { companyId, role }: { companyId: string; role: CompanyRole },
  ): Promise<void> {
    const viewer = requireViewer(context)
    if (can(viewer, 'member.invite', companyId) && (await this.on.companies.findVisible(context, companyId)))
      return
    if (can(viewer, 'member.inviteFirst') && role === 'ADMIN' && (await this.#isNobodys(companyId))) return
    if (!(await this.on.companies.findVisible(context, companyId))) throw companyErrors.COMPANY_NOT_FOUND()
    throw invitationErrors.INVITATIONS_NOT_YOURS_TO_SEND()
  }

  async #isNobodys(companyId: string): Promise<boolean> {
    const { reader } = this.on.database
    const exists = await reader.existsBy(CompanyEntity, { id: companyId, removedAt: IsNull() })
    return exists && !(await reader.existsBy(MembershipEntity, { companyId }))
  }

  async #isMember(
    manager: EntityManager,
    { companyId, email, role }: { companyId: string; email: string; role: CompanyRole },
  ): Promise<boolean> {
    const person = await this.on.users.findByEmail(manager, email)
    const membership = person && (await manager.findOneBy(MembershipEntity, { companyId, userId: person.id }))
    return membership ? companyRoles.indexOf(membership.role) >= companyRoles.indexOf(role) : false
  }

  /** So that nobody writes letters to the world through the hub. */
  async #requireFewer(manager: EntityManager, invitedById: string): Promise<void> {
    const since = new Date(this.on.clock().getTime() - day)
    const sent = await manager.countBy(InvitationEntity, { invitedById, createdAt: timeAfter(since) })
    if (sent >= invitationsADay) throw invitationErrors.TOO_MANY_INVITATIONS()
  }

  async #write(manager: EntityManager, invitation: InvitationEntity, token: string): Promise<void> {
    const { companyId, invitedById, applicationId, role, email } = invitation
    const company = await manager.findOneByOrFail(CompanyEntity, { id: companyId })
    const inviter = await manager.findOneByOrFail(UserEntity, { id: invitedById })
    const words = { company: company.name, invitedBy: inviter.displayName, token }
    const letter = applicationId
      ? inviteToAuthorize(words, applicationFacts(applicationId).name)
      : inviteToCompany(words, role ?? 'VIEWER')
    await this.on.mail.post(manager, email ?? '', letter)
  }
}
