import { AuditService } from '../audit/audit.service.js'
import { ErasureService } from '../erasure/erasure.service.js'
import { DomainError } from '../errors.js'
import { MailService } from '../mail/mail.service.js'
import { signInNameKey } from '../user/user.entity.js'
import { withHub } from './open-hub.js'
import { CliError, exitCodes, sayTo, type Command } from './terminal.js'

export const erasePerson: Command = {
  purpose: 'erases everything about a person; what they did stays, under a pseudonym',
  texts: { 'sign-in-name': 'whom; there is no way back' },
  run: (terminal, _numbers, { 'sign-in-name': signInName }) =>
    withHub(terminal, async ({ database, sealer, settings }) => {
      if (!signInName) throw new CliError('Say whom: npm run cli -- erase-person --sign-in-name <name>')
      const { clock } = terminal
      const mail = new MailService({ database, clock, sealer, publicUrl: settings.publicUrl })
      const erasures = new ErasureService({ database, clock, mail, audit: new AuditService(clock) })
      try {
        await erasures.eraseBySignInName(signInNameKey(signInName))
      } catch (error) {
        throw error instanceof DomainError ? new CliError(error.message, { cause: error }) : error
      }
      sayTo(terminal)('Erased. Backups that were made before still hold this person.')
      return exitCodes.fine
    }),
}
