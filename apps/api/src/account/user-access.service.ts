import type { AuditService } from '../audit/audit.service.js'
import type { Clock } from '../clock.js'
import { requireFreshAuthentication, requireViewer, type RequestContext } from '../context.js'
import type { Database } from '../db/transaction.js'
import { can } from '../permissions.js'
import type { SessionService } from '../session/session.service.js'
import type { UserEntity } from '../user/user.entity.js'
import type { UserService } from '../user/user.service.js'
import type { AccountLinks } from './account-link.service.js'
import { accountErrors } from './account.errors.js'

interface Surroundings {
  database: Database
  clock: Clock
  users: UserService
  sessions: SessionService
  links: AccountLinks
  audit: AuditService
}

/** Shutting a person out, and letting them in again. What they have done and given stays (design: a grant survives its giver). */
export class UserAccessService {
  constructor(private readonly on: Surroundings) {}

  /** At once in every process: rights are read per request, and a person who is shut out has none. */
  disable(context: RequestContext, id: string): Promise<UserEntity> {
    return this.#set(context, id, this.on.clock())
  }

  enable(context: RequestContext, id: string): Promise<UserEntity> {
    return this.#set(context, id, null)
  }

  /** For a browser that was left open or stolen: the person stays, and signs in again. */
  async endSessions(context: RequestContext, id: string): Promise<void> {
    const { actorId } = await this.#find(context, id)
    await this.on.database.inTransaction(async (manager) => {
      const count = await this.on.sessions.endAll(manager, id)
      const record = { actorId, requestId: context.requestId, details: { userId: id, count } }
      await this.on.audit.record(manager, { name: 'user.sessions_ended', ...record })
    })
  }

  async #find(context: RequestContext, id: string): Promise<{ actorId: string; user: UserEntity }> {
    if (!can(requireViewer(context), 'user.disable')) throw accountErrors.USER_NOT_FOUND()
    const { userId: actorId } = requireFreshAuthentication(context)
    const user = await this.on.users.findPresent(id)
    if (!user) throw accountErrors.USER_NOT_FOUND()
    return { actorId, user }
  }

  async #set(context: RequestContext, id: string, disabledAt: Date | null): Promise<UserEntity> {
    const { actorId, user } = await this.#find(context, id)
    if (id === actorId) throw accountErrors.CANNOT_DISABLE_YOURSELF()
    if ((user.disabledAt === null) === (disabledAt === null)) return user
    return this.on.database.inTransaction(async (manager) => {
      await this.on.users.change(manager, id, { disabledAt })
      await this.on.sessions.endAll(manager, id)
      await this.on.links.voidAll(manager, id)
      const name = disabledAt ? 'user.disabled' : 'user.enabled'
      const details = { userId: id }
      await this.on.audit.record(manager, { name, actorId, requestId: context.requestId, details })
      return { ...user, disabledAt }
    })
  }
}
