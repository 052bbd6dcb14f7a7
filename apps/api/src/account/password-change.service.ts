import type { EntityManager } from 'typeorm'
import { passwordChanged } from '../mail/letters/account.js'
import type { MailService } from '../mail/mail.service.js'
import type { AttemptLimit } from '../session/attempt-limit.service.js'
import type { SessionService } from '../session/session.service.js'
import type { UserEntity } from '../user/user.entity.js'
import type { UserService } from '../user/user.service.js'
import type { AccountLinks } from './account-link.service.js'
import type { SignUpService } from './sign-up.service.js'

interface Surroundings {
  users: UserService
  sessions: SessionService
  links: AccountLinks
  limits: AttemptLimit
  signUps: SignUpService
  mail: MailService
}

/** What a new password entails, however it came about: nothing that was begun with the former one goes on (S-59). */
export class PasswordChange {
  constructor(private readonly on: Surroundings) {}

  async apply(manager: EntityManager, user: UserEntity, passwordHash: string): Promise<void> {
    await this.on.users.change(manager, user.id, { passwordHash })
    await this.on.sessions.endAll(manager, user.id)
    await this.on.links.voidAll(manager, user.id)
    await this.on.signUps.voidFor(manager, user.email)
    await this.on.limits.forgive(manager, user.signInName)
    if (user.email !== null) await this.on.mail.post(manager, user.email, passwordChanged(user.signInName))
  }
}
