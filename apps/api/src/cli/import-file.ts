import { readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { AuditService } from '../audit/audit.service.js'
import { AuthorizationService } from '../authorization/authorization.service.js'
import { EnrolmentService } from '../authorization/enrolment.service.js'
import { BulkImportService, type Progress } from '../bulk-import/bulk-import.service.js'
import { ChangeService } from '../change/change.service.js'
import { CompanyService } from '../company/company.service.js'
import { DomainError } from '../errors.js'
import { withHub, type OpenHub } from './open-hub.js'
import { CliError, exitCodes, sayTo, type Command, type Terminal } from './terminal.js'

const largestFile = 100 * 1024 * 1024

/** The same as the page Import, with the operator behind it. */
export const importFile: Command = {
  purpose: 'makes companies of a CSV file, all of them or none',
  file: 'its columns are described in the README',
  flags: { 'dry-run': 'checks the file and changes nothing' },
  run: (terminal, _numbers, { file = '', 'dry-run': dryRun }) =>
    withHub(terminal, async (hub) => {
      const bytes = await readWhole(resolve(terminal.root, file))
      const isDryRun = dryRun !== undefined
      const outcome = await importsOf(hub, terminal)
        .run({ actorId: null, requestId: null }, { bytes, isDryRun, onProgress: progressOn(terminal) })
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
      const { companies, enrolments, importId } = outcome
      const what = `companies: ${companies}, enrolments: ${enrolments}`
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

function importsOf({ database, vault, cursors }: OpenHub, { clock }: Terminal): BulkImportService {
  const audit = new AuditService(clock)
  const companies = new CompanyService({ database, clock, cursors })
  const slices = { database, clock, audit, companies, changes: new ChangeService({ database, clock }) }
  const authorizations = new AuthorizationService({ ...slices, vault })
  const enrolments = new EnrolmentService({ ...slices, authorizations })
  return new BulkImportService({ ...slices, enrolments })
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
