import { randomBytes } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { IsNull } from 'typeorm'
import { otherRights } from '../app-people.js'
import { AuditService } from '../audit/audit.service.js'
import { AuthorizationService } from '../authorization/authorization.service.js'
import { EnrolmentService } from '../authorization/enrolment.service.js'
import { bulkImportErrors } from '../bulk-import/bulk-import.errors.js'
import { BulkImportService } from '../bulk-import/bulk-import.service.js'
import { ChangeService } from '../change/change.service.js'
import { EventService } from '../event/event.service.js'
import { CompanyService } from '../company/company.service.js'
import type { Progress } from '../csv-file/file-import.js'
import { DomainError } from '../errors.js'
import { keyedHashOf } from '../installation.js'
import { InviteService } from '../invitation/invite.service.js'
import { MailService } from '../mail/mail.service.js'
import { signInNameKey, UserEntity } from '../user/user.entity.js'
import { UserService } from '../user/user.service.js'
import { withHub, type OpenHub } from './open-hub.js'
import { CliError, exitCodes, sayTo, type Command, type Terminal } from './terminal.js'

const largestFile = 100 * 1024 * 1024

/** The same as the page Import, with the operator behind it. */
export const importFile: Command = {
  purpose: 'makes companies of a CSV file, all of them or none',
  file: 'its columns are described in the README',
  flags: { 'dry-run': 'checks the file and changes nothing' },
  texts: { as: 'the sign in name of the solution admin who invites the people of the file' },
  run: (terminal, _numbers, { file = '', 'dry-run': dryRun, as: signInName }) =>
    withHub(terminal, async (hub) => {
      const bytes = await readWhole(resolve(terminal.root, file))
      const isDryRun = dryRun !== undefined
      const inviter = await inviterOf(hub, signInName)
      const outcome = await importsOf(hub, terminal)
        .run(
          { actorId: null, requestId: null },
          { bytes, isDryRun, inviter, onProgress: progressOn(terminal) },
        )
        .catch(inWords)
      const say = sayTo(terminal)
      if ('faults' in outcome) {
        for (const { line, column, message } of outcome.faults)
          say(`line ${line}${column ? `, ${column}` : ''}: ${message}`)
        const more = outcome.faultCount - outcome.faults.length
        if (more > 0) say(`and ${more} more.`)
        say('Nothing was imported. Mend the file and try again.')
        return exitCodes.needsAttention
      }
      const { companies, enrolments, invitations, importId } = outcome
      const invited = invitations > 0 ? `, invitations: ${invitations}` : ''
      const what = `companies: ${companies}, enrolments: ${enrolments}${invited}`
      say(importId === null ? `The file is in order: ${what}. Nothing was imported.` : `Imported ${what}.`)
      return exitCodes.fine
    }),
}

async function readWhole(path: string): Promise<Buffer> {
  const { size } = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    throw new CliError(`The file ${path} cannot be read: ${cause.code}.`, { cause })
  })
  if (size > largestFile) throw new CliError('A file may have 100 MiB. Divide it.')
  return readFile(path)
}

/** The operator acts; a solution admin is who the letters name, and may withdraw them. */
async function inviterOf({ database }: OpenHub, signInName: string | undefined): Promise<() => string> {
  if (signInName === undefined)
    return () => {
      throw bulkImportErrors.IMPORT_OF_PEOPLE_BY_NOBODY()
    }
  const where = { signInNameKey: signInNameKey(signInName), isSolutionAdmin: true, disabledAt: IsNull() }
  const admin = await database.reader.findOneBy(UserEntity, where)
  if (!admin) throw new CliError(`There is no solution admin with the sign in name ${signInName}.`)
  return () => admin.id
}

function importsOf(hub: OpenHub, { clock }: Terminal): BulkImportService {
  const { database, vault, cursors, sealer, installation } = hub
  const lower = {
    database,
    clock,
    audit: new AuditService(clock),
    companies: new CompanyService({ database, clock, cursors }),
    changes: new ChangeService({ database, clock }),
    events: new EventService({ database, clock }),
  }
  const slices = {
    ...lower,
    authorizations: new AuthorizationService({ ...lower, vault, onInvalidated: () => Promise.resolve() }),
  }
  const invites = new InviteService({
    ...slices,
    randomBytes,
    hash: keyedHashOf(installation, sealer),
    users: new UserService(database, clock, otherRights(clock)),
    mail: new MailService({ database, clock, sealer, publicUrl: hub.settings.publicUrl }),
  })
  return new BulkImportService({
    ...slices,
    enrolments: new EnrolmentService(slices),
    invite: (manager, person) => invites.issue(manager, { ...person, applicationId: null }),
  })
}

/** A line each time another twentieth is done. */
function progressOn({ stderr }: Terminal): (progress: Progress) => void {
  let said = ''
  return ({ step, done, total }) => {
    const line = `${step === 'READING' ? 'reading' : 'writing'}: ${Math.floor((done / total) * 20) * 5} %`
    if (line !== said) stderr.write(`${line}\n`)
    said = line
  }
}

function inWords(error: unknown): never {
  if (error instanceof DomainError) throw new CliError(error.message, { cause: error })
  throw error
}
