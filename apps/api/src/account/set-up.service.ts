import type { EntityManager } from 'typeorm'
import type { AuditService } from '../audit/audit.service.js'
import type { Clock } from '../clock.js'
import { refuseApiCaller, type RequestContext } from '../context.js'
import { heldRow, isUniqueViolation, type Database } from '../db/transaction.js'
import type { KeyedHash } from '../keyed-hash.js'
import { hashPassword } from '../session/password.js'
import { requireGoodPassword } from '../session/password-policy.js'
import type { UserService } from '../user/user.service.js'
import { accountErrors } from './account.errors.js'
import { SetUpEntity } from './set-up.entity.js'
import type { NewAccount } from './sign-up.service.js'

const rowId = 'this'

interface Surroundings {
  database: Database
  clock: Clock
  hash: KeyedHash
  randomBytes: (size: number) => Buffer
  users: UserService
  audit: AuditService
}

/** The first solution admin of a hub that nobody can sign in to yet (S-69). */
export class SetUpService {
  constructor(private readonly on: Surroundings) {}

  /** A new code, to be shown to whoever started the hub; null once the hub was set up. Former codes are void. */
  async newCode(): Promise<string | null> {
    const code = this.on
      .randomBytes(16)
      .toString('hex')
      .toUpperCase()
      .replace(/.{4}(?!$)/g, '$&-')
    return this.on.database.inTransaction(async (manager) => {
      const fresh = { id: rowId, codeHash: null, doneAt: null }
      await manager.createQueryBuilder().insert().into(SetUpEntity).values(fresh).orIgnore().execute()
      const row = await this.#held(manager)
      if (!row || row.doneAt) return null
      await manager.update(SetUpEntity, { id: rowId }, { codeHash: this.#hashOf(code) })
      return code
    })
  }

  async setUp(context: RequestContext, code: string, person: NewAccount): Promise<void> {
    refuseApiCaller(context)
    const { signInName, email, password } = person
    await this.#requireCode(this.on.database.reader.findOneBy(SetUpEntity, { id: rowId }), code)
    requireGoodPassword(password, [signInName, email])
    const passwordHash = await hashPassword(password)
    try {
      await this.on.database.inTransaction(async (manager) => {
        await this.#requireCode(this.#held(manager), code)
        await manager.update(SetUpEntity, { id: rowId }, { codeHash: null, doneAt: this.on.clock() })
        await this.#createAdmin(manager, context, { ...person, passwordHash })
      })
    } catch (error) {
      if (isUniqueViolation(error)) throw accountErrors.SIGN_IN_NAME_TAKEN({ cause: error })
      throw error
    }
  }

  async #createAdmin(
    manager: EntityManager,
    { requestId }: RequestContext,
    { signInName, displayName, email, passwordHash }: NewAccount & { passwordHash: string },
  ): Promise<void> {
    const admin = { signInName, displayName: displayName.trim(), email, passwordHash, isSolutionAdmin: true }
    const { id: actorId } = await this.on.users.create(manager, admin)
    await this.on.audit.record(manager, { name: 'installation.set_up', actorId, requestId })
  }

  #held(manager: EntityManager): Promise<SetUpEntity | null> {
    return manager.findOne(SetUpEntity, { where: { id: rowId }, ...heldRow(manager) })
  }

  async #requireCode(finding: Promise<SetUpEntity | null>, code: string): Promise<void> {
    const row = await finding
    const isRight = row?.codeHash != null && !row.doneAt && row.codeHash === this.#hashOf(code)
    if (!isRight) throw accountErrors.SET_UP_REFUSED()
  }

  /** Typed off a screen: blanks, dashes and case do not count. */
  #hashOf(code: string): string {
    return this.on.hash('set-up', code.replace(/[^0-9a-f]/gi, '').toUpperCase())
  }
}
