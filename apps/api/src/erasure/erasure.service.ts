import { IsNull, Not, type EntityManager } from 'typeorm'
import type { AuditService } from '../audit/audit.service.js'
import { pseudonymOf } from '../audit/pseudonyms.js'
import type { Clock } from '../clock.js'
import { CompanyEntity } from '../company/company.entity.js'
import { requireFreshAuthentication, requireViewer, type RequestContext } from '../context.js'
import { heldRow, type Database } from '../db/transaction.js'
import type { MailService } from '../mail/mail.service.js'
import { can } from '../permissions.js'
import { nobodysHash } from '../session/password.js'
import { MembershipEntity } from '../user/membership.entity.js'
import { UserEntity } from '../user/user.entity.js'
import { erasureErrors } from './erasure.errors.js'
import { forgetPerson } from './forget-person.js'

interface Surroundings {
  database: Database
  clock: Clock
  audit: AuditService
  mail: MailService
}

interface By {
  actorId: string | null
  requestId: string | null
}

/** Erasing a person (S-173): what they did stays, under a pseudonym that leads to nobody any more. */
export class ErasureService {
  constructor(private readonly on: Surroundings) {}

  async eraseUser(context: RequestContext, userId: string): Promise<void> {
    // Who is there at all is nothing for others.
    if (!can(requireViewer(context), 'user.erase')) throw erasureErrors.PERSON_NOT_FOUND()
    const by = { actorId: requireFreshAuthentication(context).userId, requestId: context.requestId }
    await this.on.database.inTransaction((manager) => this.#erase(manager, userId, by))
  }

  async eraseMyAccount(context: RequestContext): Promise<void> {
    const { userId } = requireFreshAuthentication(context)
    await this.on.database.inTransaction(async (manager) => {
      await this.#requireOtherAdmins(manager, userId)
      await this.#erase(manager, userId, { actorId: userId, requestId: context.requestId })
    })
    context.cookies.clear()
    context.actAs(null)
  }

  /** For the operator's command. */
  async eraseBySignInName(signInNameKey: string): Promise<void> {
    await this.on.database.inTransaction(async (manager) => {
      const user = await manager.findOneBy(UserEntity, { signInNameKey })
      if (!user) throw erasureErrors.PERSON_NOT_FOUND()
      await this.#erase(manager, user.id, { actorId: null, requestId: null })
    })
  }

  async #erase(manager: EntityManager, userId: string, by: By): Promise<void> {
    const now = this.on.clock()
    const where = { id: userId, erasedAt: IsNull() }
    const user = await manager.findOne(UserEntity, { where, ...heldRow(manager) })
    if (!user) throw erasureErrors.PERSON_NOT_FOUND()
    const anotherAdmin = { id: Not(userId), isSolutionAdmin: true, disabledAt: IsNull() }
    if (user.isSolutionAdmin && !(await manager.existsBy(UserEntity, anotherAdmin)))
      throw erasureErrors.LAST_SOLUTION_ADMIN_STAYS()
    const personId = await pseudonymOf(manager, userId, now)
    await this.on.audit.record(manager, { name: 'person.erased', ...by, details: { personId } })
    if (user.email !== null) await this.on.mail.withdrawAllTo(manager, user.email)
    await forgetPerson(manager, user, { now, passwordHash: await nobodysHash })
  }

  /** Of companies that still are: held, so that of two admins who leave at once the second is seen to be the last. */
  async #requireOtherAdmins(manager: EntityManager, userId: string): Promise<void> {
    const own = await manager.findBy(MembershipEntity, { userId, role: 'ADMIN' })
    for (const { companyId } of own) {
      const where = { id: companyId, removedAt: IsNull() }
      const company = await manager.findOne(CompanyEntity, { where, ...heldRow(manager) })
      const admins = await manager.countBy(MembershipEntity, { companyId, role: 'ADMIN' })
      if (company && admins < 2) throw erasureErrors.COMPANY_NEEDS_AN_ADMIN()
    }
  }
}
