import type { EntityManager } from 'typeorm'
import type { AuditService } from '../audit/audit.service.js'
import {
  refuseApiCaller,
  requireFreshAuthentication,
  requireViewer,
  type RequestContext,
} from '../context.js'
import { isUniqueViolation, type Database } from '../db/transaction.js'
import { addressHasAccount, confirmEmail, emailChanged } from '../mail/letters/account.js'
import type { MailService } from '../mail/mail.service.js'
import type { AttemptLimit } from '../session/attempt-limit.service.js'
import { emailKey } from '../user/user.entity.js'
import type { UserService } from '../user/user.service.js'
import type { AccountLinks } from './account-link.service.js'
import { accountErrors } from './account.errors.js'
import { atLeast } from './at-least.js'
import type { SignUpService } from './sign-up.service.js'

const hour = 3600_000
const linkLifeMs = hour
const lettersOfOnePerson = { atMost: 5, windowMs: hour }
const answersAfterMs = 100

interface Surroundings {
  database: Database
  links: AccountLinks
  limits: AttemptLimit
  users: UserService
  signUps: SignUpService
  mail: MailService
  audit: AuditService
}

/** Another mail address for one's account: it counts once it is proven, and the former one is told. */
export class EmailChangeService {
  constructor(private readonly on: Surroundings) {}

  /** The same answer whether or not another account has the address. */
  async request(context: RequestContext, email: string): Promise<void> {
    requireFreshAuthentication(context)
    const work = this.on.database.inTransaction((manager) => this.#writeTo(manager, context, email))
    if (!(await atLeast(answersAfterMs, work))) throw accountErrors.TOO_MANY_REQUESTS()
  }

  async confirm(context: RequestContext, token: string): Promise<void> {
    refuseApiCaller(context)
    try {
      await this.on.database.inTransaction((manager) => this.#change(manager, context, token))
    } catch (error) {
      if (isUniqueViolation(error)) throw accountErrors.MAIL_ADDRESS_TAKEN({ cause: error })
      throw error
    }
  }

  async #writeTo(manager: EntityManager, context: RequestContext, email: string): Promise<boolean> {
    const { userId } = requireViewer(context)
    if (!(await this.on.limits.mayUse(manager, `new address ${userId}`, lettersOfOnePerson))) return false
    const name = 'account.email_change_requested'
    await this.on.audit.record(manager, { name, actorId: userId, requestId: context.requestId })
    const [user] = await this.on.users.findMany([userId])
    const owner = await this.on.users.findByEmail(manager, email)
    if (owner && owner.id !== userId) await this.on.mail.post(manager, email, addressHasAccount())
    else {
      const link = { userId, purpose: 'CHANGE_EMAIL', email } as const
      const token = await this.on.links.issue(manager, link, linkLifeMs)
      await this.on.mail.post(manager, email, confirmEmail(user?.signInName ?? '', token))
    }
    return true
  }

  async #change(manager: EntityManager, context: RequestContext, token: string): Promise<void> {
    const link = await this.on.links.find(manager, 'CHANGE_EMAIL', token)
    const [user] = link ? await this.on.users.findMany([link.userId]) : []
    if (!link?.email || !user || user.disabledAt) throw accountErrors.LINK_NOT_VALID()
    if (!(await this.on.links.use(manager, link))) throw accountErrors.LINK_NOT_VALID()
    const owner = await this.on.users.findByEmail(manager, link.email)
    if (owner && owner.id !== user.id) throw accountErrors.MAIL_ADDRESS_TAKEN()
    await this.on.users.change(manager, user.id, { email: link.email, emailKey: emailKey(link.email) })
    // A link that was sent to the former address must not open the account any more.
    await this.on.links.voidAll(manager, user.id)
    await this.on.signUps.voidFor(manager, link.email)
    if (user.email !== null) await this.on.mail.post(manager, user.email, emailChanged(user.signInName))
    const record = { name: 'account.email_changed', actorId: user.id, requestId: context.requestId } as const
    await this.on.audit.record(manager, record)
  }
}
