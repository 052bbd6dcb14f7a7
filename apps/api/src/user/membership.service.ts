import type { EntityManager } from 'typeorm'
import type { AuditService } from '../audit/audit.service.js'
import { companyErrors } from '../company/company.errors.js'
import { CompanyEntity } from '../company/company.entity.js'
import type { CompanyService } from '../company/company.service.js'
import { requireFreshAuthentication, requireViewer, type RequestContext } from '../context.js'
import { heldRow, type Database } from '../db/transaction.js'
import { can, companyRoles, type CompanyRole } from '../permissions.js'
import { MembershipEntity } from './membership.entity.js'
import { userErrors } from './user.errors.js'
import type { UserService } from './user.service.js'

interface Surroundings {
  database: Database
  companies: CompanyService
  users: UserService
  audit: AuditService
}

export interface MembershipKey {
  companyId: string
  userId: string
}

/** Roles that people have in a company for themselves. What groups give is changed in the group. */
export class MembershipService {
  constructor(private readonly on: Surroundings) {}

  changeRole(context: RequestContext, key: MembershipKey, role: CompanyRole): Promise<CompanyEntity> {
    return this.#change(context, key, async (manager, membership) => {
      if (!can(requireViewer(context), 'member.change', key.companyId))
        throw userErrors.MEMBERS_NOT_YOURS_TO_CHANGE()
      if (membership.role === role) return
      if (isMore(role, membership.role)) requireFreshAuthentication(context)
      if (membership.role === 'ADMIN') await this.#requireAnotherAdmin(manager, key.companyId)
      await manager.update(MembershipEntity, { id: membership.id }, { role })
      await this.#record(manager, context, { name: 'membership.role_changed', key, details: { role } })
    })
  }

  /** Nobody has to stay: one may always go oneself, though not as the last admin. */
  async remove(context: RequestContext, key: MembershipKey): Promise<void> {
    await this.#change(context, key, async (manager, membership) => {
      if (membership.role === 'ADMIN') await this.#requireAnotherAdmin(manager, key.companyId)
      await manager.delete(MembershipEntity, { id: membership.id })
      await this.#record(manager, context, { name: 'membership.ended', key })
    })
  }

  /** What an invitation gives: never less than there was. */
  async raise(manager: EntityManager, key: MembershipKey, role: CompanyRole): Promise<void> {
    const present = await manager.findOneBy(MembershipEntity, { ...key })
    if (!present) return this.on.users.giveRole(manager, { ...key, role })
    if (isMore(role, present.role)) await manager.update(MembershipEntity, { id: present.id }, { role })
  }

  async #change(
    context: RequestContext,
    key: MembershipKey,
    work: (manager: EntityManager, membership: MembershipEntity) => Promise<void>,
  ): Promise<CompanyEntity> {
    const viewer = requireViewer(context)
    const company = await this.on.companies.findVisible(context, key.companyId)
    if (!company) throw companyErrors.COMPANY_NOT_FOUND()
    const isOneself = key.userId === viewer.userId
    if (!isOneself && !can(viewer, 'member.change', key.companyId))
      throw userErrors.MEMBERS_NOT_YOURS_TO_CHANGE()
    await this.on.database.inTransaction(async (manager) => {
      // Held, so that of two admins who remove each other at once the second is seen to be the last.
      await manager.findOne(CompanyEntity, { where: { id: key.companyId }, ...heldRow(manager) })
      const membership = await manager.findOneBy(MembershipEntity, { ...key })
      if (!membership) throw userErrors.MEMBER_NOT_FOUND()
      await work(manager, membership)
    })
    context.actAs(await this.on.users.viewerOf(viewer.userId))
    return company
  }

  /** Of direct admins: a group can be emptied by somebody else, and then nobody could act for the company. */
  async #requireAnotherAdmin(manager: EntityManager, companyId: string): Promise<void> {
    const admins = await manager.countBy(MembershipEntity, { companyId, role: 'ADMIN' })
    if (admins < 2) throw userErrors.LAST_ADMIN_STAYS()
  }

  #record(
    manager: EntityManager,
    context: RequestContext,
    event: {
      name: 'membership.role_changed' | 'membership.ended'
      key: MembershipKey
      details?: Record<string, string>
    },
  ): Promise<void> {
    const { name, key, details } = event
    return this.on.audit.record(manager, {
      name,
      actorId: context.viewer?.userId ?? null,
      companyId: key.companyId,
      requestId: context.requestId,
      details: { userId: key.userId, ...details },
    })
  }
}

function isMore(role: CompanyRole, former: CompanyRole): boolean {
  return companyRoles.indexOf(role) > companyRoles.indexOf(former)
}
