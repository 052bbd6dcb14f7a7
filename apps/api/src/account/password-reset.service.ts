import type { EntityManager } from 'typeorm'
import type { AuditService } from '../audit/audit.service.js'
import { refuseApiCaller, type RequestContext } from '../context.js'
import type { Database } from '../db/transaction.js'
import { resetPassword } from '../mail/letters/account.js'
import type { MailService } from '../mail/mail.service.js'
import type { AttemptLimit } from '../session/attempt-limit.service.js'
import { hashPassword } from '../session/password.js'
import { requireGoodPassword } from '../session/password-policy.js'
import type { UserEntity } from '../user/user.entity.js'
import type { UserService } from '../user/user.service.js'
import type { AccountLinks } from './account-link.service.js'
import { accountErrors } from './account.errors.js'
import { atLeast } from './at-least.js'
import type { PasswordChange } from './password-change.service.js'

const minute = 60_000
const linkLifeMs = 10 * minute
const perAccount = { atMost: 3, windowMs: 60 * minute }
const answersAfterMs = 100

interface Surroundings {
  database: Database
  links: AccountLinks
  limits: AttemptLimit
  users: UserService
  passwordChange: PasswordChange
  mail: MailService
  audit: AuditService
}

export class PasswordResetService {
  constructor(private readonly on: Surroundings) {}

  /** The same answer whoever has the address, if anybody has. It works for a locked account too (S-62). */
  async request(context: RequestContext, email: string): Promise<void> {
    refuseApiCaller(context)
    const work = this.on.database.inTransaction((manager) => this.#writeTo(manager, context, email))
    if (!(await atLeast(answersAfterMs, work))) throw accountErrors.TOO_MANY_REQUESTS()
  }

  /** Nobody is signed in by it: whoever has the mailbox does not have the session as well (S-64). */
  async reset(context: RequestContext, token: string, password: string): Promise<void> {
    refuseApiCaller(context)
    const user = await this.#userOf(this.on.database.reader, token)
    if (!user) throw accountErrors.LINK_NOT_VALID()
    requireGoodPassword(password, [user.signInName, user.email ?? ''])
    const passwordHash = await hashPassword(password)
    await this.on.database.inTransaction(async (manager) => {
      const link = await this.on.links.find(manager, 'RESET_PASSWORD', token)
      if (!link || !(await this.on.links.use(manager, link))) throw accountErrors.LINK_NOT_VALID()
      await this.on.passwordChange.apply(manager, user, passwordHash)
      const record = {
        name: 'account.password_reset',
        actorId: user.id,
        requestId: context.requestId,
      } as const
      await this.on.audit.record(manager, record)
    })
  }

  /** Answers whether the network may ask. */
  async #writeTo(manager: EntityManager, context: RequestContext, email: string): Promise<boolean> {
    if (!(await this.on.limits.mayAsk(manager, context.address))) return false
    const user = await this.on.users.findByEmail(manager, email)
    const name = 'account.password_reset_requested'
    // Whoever knows an address may ask: the owner is who it is about, not who did it.
    const details = user ? { userId: user.id } : {}
    await this.on.audit.record(manager, { name, actorId: null, requestId: context.requestId, details })
    if (!user?.email || user.disabledAt) return true
    if (!(await this.on.limits.mayUse(manager, `password reset ${user.id}`, perAccount))) return true
    const link = { userId: user.id, purpose: 'RESET_PASSWORD' } as const
    const token = await this.on.links.issue(manager, link, linkLifeMs)
    await this.on.mail.post(manager, user.email, resetPassword(user.signInName, token))
    return true
  }

  async #userOf(manager: EntityManager, token: string): Promise<UserEntity | null> {
    const link = await this.on.links.find(manager, 'RESET_PASSWORD', token)
    const [user] = link ? await this.on.users.findMany([link.userId]) : []
    return user && !user.disabledAt ? user : null
  }
}
