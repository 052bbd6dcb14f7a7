import type { EntityManager } from 'typeorm'
import type { AuditService } from '../audit/audit.service.js'
import type { Clock } from '../clock.js'
import { refuseApiCaller, type RequestContext } from '../context.js'
import { timeAfter, timeBefore } from '../db/columns.js'
import { newId } from '../db/new-id.js'
import { isUniqueViolation, type Database } from '../db/transaction.js'
import { confirmSignUp, haveAccountAlready, nameIsTaken } from '../mail/letters/sign-up.js'
import type { MailService } from '../mail/mail.service.js'
import type { AttemptLimit } from '../session/attempt-limit.service.js'
import { hashPassword } from '../session/password.js'
import { requireGoodPassword } from '../session/password-policy.js'
import { emailKey } from '../user/user.entity.js'
import type { UserService } from '../user/user.service.js'
import type { AccountLinks } from './account-link.service.js'
import { accountErrors } from './account.errors.js'
import { atLeast } from './at-least.js'
import { SignUpEntity } from './sign-up.entity.js'

const hour = 3600_000
const linkLifeMs = 24 * hour
const lettersToOneMailbox = { atMost: 3, windowMs: hour }
const answersAfterMs = 250

interface Surroundings {
  database: Database
  clock: Clock
  links: AccountLinks
  limits: AttemptLimit
  users: UserService
  mail: MailService
  audit: AuditService
}

export interface NewAccount {
  signInName: string
  displayName: string
  email: string
  password: string
}

/** An account of one's own: first the address is proven, then there is a person (S-65). */
export class SignUpService {
  constructor(private readonly on: Surroundings) {}

  /** One answer for everybody: what is wrong is said in the letter, to whom the address belongs (S-60). */
  async request(context: RequestContext, fresh: NewAccount): Promise<void> {
    refuseApiCaller(context)
    requireGoodPassword(fresh.password, [fresh.signInName, fresh.email])
    const work = async (): Promise<void> => {
      await this.#refuseCrowd(context.address)
      const passwordHash = await hashPassword(fresh.password)
      await this.on.database.inTransaction(async (manager) => {
        const name = 'account.sign_up_requested'
        await this.on.audit.record(manager, { name, requestId: context.requestId })
        const mailbox = `sign-up ${emailKey(fresh.email)}`
        const mayWrite = await this.on.limits.mayUse(manager, mailbox, lettersToOneMailbox)
        if (mayWrite) await this.#writeTo(manager, fresh, passwordHash)
      })
    }
    await atLeast(answersAfterMs, work())
  }

  async confirm(context: RequestContext, token: string): Promise<void> {
    refuseApiCaller(context)
    try {
      await this.on.database.inTransaction((manager) => this.#createFrom(manager, context, token))
    } catch (error) {
      // Two who want the same name, at the same moment.
      if (isUniqueViolation(error)) throw accountErrors.SIGN_IN_NAME_TAKEN({ cause: error })
      throw error
    }
  }

  /** With the address of an account that has just been proven or whose password has changed (S-59). */
  async voidFor(manager: EntityManager, email: string | null): Promise<void> {
    if (email !== null) await manager.delete(SignUpEntity, { emailKey: emailKey(email) })
  }

  async forgetExpired(manager: EntityManager): Promise<void> {
    await manager.delete(SignUpEntity, { expiresAt: timeBefore(this.on.clock()) })
  }

  /** In a transaction of its own: whoever is refused is to stay counted. */
  async #refuseCrowd(address: string): Promise<void> {
    const may = await this.on.database.inTransaction((manager) => this.on.limits.mayAsk(manager, address))
    if (!may) throw accountErrors.TOO_MANY_REQUESTS()
  }

  async #writeTo(manager: EntityManager, fresh: NewAccount, passwordHash: string): Promise<void> {
    const { signInName, email, displayName } = fresh
    const owner = await this.on.users.findByEmail(manager, email)
    if (owner) return this.on.mail.post(manager, email, haveAccountAlready(owner.signInName))
    if (await this.on.users.isNameTaken(manager, signInName)) {
      return this.on.mail.post(manager, email, nameIsTaken(signInName))
    }
    await this.voidFor(manager, email)
    const { token, tokenHash } = this.on.links.newToken()
    const createdAt = this.on.clock()
    await manager.insert(SignUpEntity, {
      id: newId(createdAt),
      tokenHash,
      signInName,
      displayName: displayName.trim(),
      email,
      emailKey: emailKey(email),
      passwordHash,
      createdAt,
      expiresAt: new Date(createdAt.getTime() + linkLifeMs),
    })
    await this.on.mail.post(manager, email, confirmSignUp(signInName, token))
  }

  async #createFrom(manager: EntityManager, context: RequestContext, token: string): Promise<void> {
    const waiting = await manager.findOneBy(SignUpEntity, {
      tokenHash: this.on.links.hashOf(token),
      expiresAt: timeAfter(this.on.clock()),
    })
    const { affected } = waiting ? await manager.delete(SignUpEntity, { id: waiting.id }) : { affected: 0 }
    if (!waiting || affected !== 1) throw accountErrors.LINK_NOT_VALID()
    const { signInName, displayName, email, passwordHash } = waiting
    if (await this.on.users.findByEmail(manager, email)) throw accountErrors.LINK_NOT_VALID()
    if (await this.on.users.isNameTaken(manager, signInName)) throw accountErrors.SIGN_IN_NAME_TAKEN()
    const person = { signInName, displayName, email, passwordHash, isSolutionAdmin: false }
    const { id: actorId } = await this.on.users.create(manager, person)
    await this.on.audit.record(manager, { name: 'account.signed_up', actorId, requestId: context.requestId })
  }
}
