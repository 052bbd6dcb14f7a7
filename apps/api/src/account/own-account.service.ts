import type { Secret } from '@optin-hub/oauth-client'
import type { EntityManager } from 'typeorm'
import type { AuditService } from '../audit/audit.service.js'
import type { AuditEventName } from '../audit/audit-events.js'
import { requireFreshAuthentication, requireViewer, type RequestContext } from '../context.js'
import { isUniqueViolation, type Database } from '../db/transaction.js'
import { signInNameChanged } from '../mail/letters/account.js'
import type { MailService } from '../mail/mail.service.js'
import { hashPassword } from '../session/password.js'
import { requireGoodPassword } from '../session/password-policy.js'
import type { SessionService } from '../session/session.service.js'
import { displayNameKey, signInNameKey, type UserEntity } from '../user/user.entity.js'
import type { UserService } from '../user/user.service.js'
import { accountErrors } from './account.errors.js'
import type { PasswordChange } from './password-change.service.js'

interface Surroundings {
  database: Database
  users: UserService
  sessions: SessionService
  passwordChange: PasswordChange
  mail: MailService
  audit: AuditService
}

/** What people change about their own account; each needs the password to have been given a short while ago. */
export class OwnAccountService {
  constructor(private readonly on: Surroundings) {}

  /** Every session ends; this browser goes on in a new one, which is answered. */
  async changePassword(context: RequestContext, password: string): Promise<Secret> {
    const user = await this.#self(context)
    requireGoodPassword(password, [user.signInName, user.email ?? ''])
    const passwordHash = await hashPassword(password)
    return this.on.database.inTransaction(async (manager) => {
      await this.on.passwordChange.apply(manager, user, passwordHash)
      await this.#record(manager, context, 'account.password_changed')
      return this.on.sessions.begin(manager, { userId: user.id, address: context.address })
    })
  }

  /** A name proves nothing and opens nothing: the password is not asked for. */
  async changeDisplayName(context: RequestContext, wanted: string): Promise<UserEntity> {
    const { userId } = requireViewer(context)
    const displayName = wanted.trim()
    const changed = { displayName, displayNameKey: displayNameKey(displayName) }
    const [user] = await this.on.users.findMany([userId])
    if (!user) throw accountErrors.USER_NOT_FOUND()
    await this.on.database.inTransaction(async (manager) => {
      await this.on.users.change(manager, userId, changed)
      await this.#record(manager, context, 'account.display_name_changed')
    })
    return { ...user, ...changed }
  }

  async changeSignInName(context: RequestContext, signInName: string): Promise<UserEntity> {
    const user = await this.#self(context)
    try {
      return await this.on.database.inTransaction(async (manager) => {
        const isOther = signInNameKey(signInName) !== user.signInNameKey
        if (isOther && (await this.on.users.isNameTaken(manager, signInName))) {
          throw accountErrors.SIGN_IN_NAME_TAKEN()
        }
        const changed = { signInName, signInNameKey: signInNameKey(signInName) }
        await this.on.users.change(manager, user.id, changed)
        await this.#record(manager, context, 'account.sign_in_name_changed')
        if (user.email !== null) {
          await this.on.mail.post(manager, user.email, signInNameChanged(user.signInName, signInName))
        }
        return { ...user, ...changed }
      })
    } catch (error) {
      // Somebody else took it at the same moment.
      if (isUniqueViolation(error)) throw accountErrors.SIGN_IN_NAME_TAKEN({ cause: error })
      throw error
    }
  }

  async #self(context: RequestContext): Promise<UserEntity> {
    const { userId } = requireFreshAuthentication(context)
    const [user] = await this.on.users.findMany([userId])
    if (!user) throw accountErrors.USER_NOT_FOUND()
    return user
  }

  #record(manager: EntityManager, context: RequestContext, name: AuditEventName): Promise<void> {
    const { viewer, requestId } = context
    return this.on.audit.record(manager, { name, actorId: viewer?.userId ?? null, requestId })
  }
}
