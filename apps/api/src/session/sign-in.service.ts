import type { Secret } from '@optin-hub/oauth-client'
import type { AuditService } from '../audit/audit.service.js'
import { requireViewer, type RequestContext } from '../context.js'
import type { Database } from '../db/transaction.js'
import type { UserEntity } from '../user/user.entity.js'
import type { UserService } from '../user/user.service.js'
import type { AttemptLimit } from './attempt-limit.service.js'
import { hashPassword, isOutdated, isPassword, nobodysHash, passTimeOfVerifying } from './password.js'
import { sessionErrors } from './session.errors.js'
import type { SessionService } from './session.service.js'

interface Surroundings {
  database: Database
  random: () => number
  users: UserService
  sessions: SessionService
  limits: AttemptLimit
  audit: AuditService
}

interface Credentials {
  signInName: string
  password: string
}

/** The proof of who somebody is, at sign-in and again later. */
export class SignInService {
  constructor(private readonly on: Surroundings) {}

  /** One answer, after the same time, for a name that is unknown, locked or shut out and for a wrong password (S-60). */
  async signIn(
    { requestId, address }: RequestContext,
    credentials: Credentials,
  ): Promise<{ session: Secret; user: UserEntity }> {
    const user = await this.on.users.findBySignInName(credentials.signInName)
    const isRight = await this.#verify(user, credentials, address)
    if (!user || !isRight || user.disabledAt) {
      // Whose account was tried is no sign of who tried.
      const details = user ? { userId: user.id } : {}
      await this.on.database.inTransaction((manager) =>
        this.on.audit.record(manager, { name: 'session.refused', actorId: null, requestId, details }),
      )
      throw sessionErrors.SIGN_IN_REFUSED()
    }
    const anew = isOutdated(user.passwordHash) ? await hashPassword(credentials.password) : null
    const session = await this.on.database.inTransaction(async (manager) => {
      await this.on.limits.wasRight(manager, credentials.signInName, address)
      if (anew) await this.on.users.rehash(manager, user, anew)
      await this.on.users.noteSignIn(manager, user.id)
      await this.on.audit.record(manager, { name: 'session.began', actorId: user.id, requestId })
      return this.on.sessions.begin(manager, { userId: user.id, address })
    })
    return { session, user }
  }

  /** The password once more, in a session that goes on under a new id. A wrong one is a wrong try like any other. */
  async reauthenticate(context: RequestContext, password: string): Promise<Secret> {
    const { requestId, address, sessionId } = context
    const { userId } = requireViewer(context)
    const [user] = await this.on.users.findMany([userId])
    const signInName = user?.signInName ?? ''
    const isRight = await this.#verify(user ?? null, { signInName, password }, address)
    const session = await this.on.database.inTransaction(async (manager) => {
      const name = isRight ? 'session.reauthenticated' : 'session.reauthentication_refused'
      await this.on.audit.record(manager, { name, actorId: userId, requestId })
      if (!isRight) return null
      await this.on.limits.wasRight(manager, signInName, address)
      return this.on.sessions.renew(manager, sessionId ?? '', address)
    })
    if (!session) throw sessionErrors.PASSWORD_NOT_RIGHT()
    return session
  }

  async #verify(user: UserEntity | null, credentials: Credentials, address: string): Promise<boolean> {
    if (!(await this.on.limits.mayTryPassword(credentials.signInName, address))) {
      await passTimeOfVerifying(this.on.random)
      return false
    }
    const isRight = await isPassword(credentials.password, user?.passwordHash ?? (await nobodysHash))
    return isRight && user !== null
  }
}
