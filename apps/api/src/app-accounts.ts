import { AccountLinks } from './account/account-link.service.js'
import { EmailChangeService } from './account/email-change.service.js'
import { OwnAccountService } from './account/own-account.service.js'
import { PasswordChange } from './account/password-change.service.js'
import { PasswordResetService } from './account/password-reset.service.js'
import { SetUpService } from './account/set-up.service.js'
import { SignUpService } from './account/sign-up.service.js'
import { UserAccessService } from './account/user-access.service.js'
import type { MailService } from './mail/mail.service.js'
import { AttemptLimit } from './session/attempt-limit.service.js'
import { SessionListService } from './session/session-list.service.js'
import { SignInService } from './session/sign-in.service.js'

type People = ConstructorParameters<typeof AttemptLimit>[0] &
  ConstructorParameters<typeof AccountLinks>[0] &
  ConstructorParameters<typeof SessionListService>[0] &
  Omit<ConstructorParameters<typeof SignInService>[0], 'limits'> & { mail: MailService }

/** Signing up, signing in, and what people change about their own accounts. */
export function createAccounts(people: People) {
  const limits = new AttemptLimit(people)
  const links = new AccountLinks(people)
  const on = { ...people, limits, links }
  const signUps = new SignUpService(on)
  const passwordChange = new PasswordChange({ ...on, signUps })
  return {
    limits,
    links,
    signUps,
    signIns: new SignInService(on),
    sessionLists: new SessionListService(on),
    passwordResets: new PasswordResetService({ ...on, passwordChange }),
    emailChanges: new EmailChangeService({ ...on, signUps }),
    ownAccounts: new OwnAccountService({ ...on, passwordChange }),
    setUps: new SetUpService(on),
    userAccess: new UserAccessService(on),
  }
}
