import { createHash } from 'node:crypto'
import type { EntityManager } from 'typeorm'
import type { AuditService } from '../audit/audit.service.js'
import type { EnrolmentService } from '../authorization/enrolment.service.js'
import type { Clock } from '../clock.js'
import type { CompanyService } from '../company/company.service.js'
import { requireViewer, type RequestContext } from '../context.js'
import { FileFaults } from '../csv-file/file-faults.js'
import type { AskedImport, FaultyFile } from '../csv-file/file-import.js'
import { readCsv } from '../csv-file/read-csv.js'
import { newId } from '../db/new-id.js'
import { isUniqueViolation, type Database } from '../db/transaction.js'
import { can, type CompanyRole } from '../permissions.js'
import { BulkImportEntity } from './bulk-import.entity.js'
import { bulkImportErrors } from './bulk-import.errors.js'
import { planImport, type PlannedCompany } from './import-plan.js'

interface Surroundings {
  database: Database
  clock: Clock
  companies: CompanyService
  enrolments: EnrolmentService
  audit: AuditService
  /** In the transaction of the import, letter included. */
  invite: (manager: EntityManager, invitation: ImportedInvitation) => Promise<unknown>
}

interface ImportedInvitation {
  companyId: string
  email: string
  role: CompanyRole
  invitedById: string
  actorId: string | null
  requestId: string | null
}

interface Asked extends AskedImport {
  /** In whose name the people of the file are invited; asked only where it has some, and throws where nobody may. */
  inviter(): string
}

/** Ids and numbers only: who imports may not see the companies until they authorize. */
export type Outcome =
  FaultyFile | { importId: string | null; companies: number; enrolments: number; invitations: number }

/** Who is behind it: a person's request, or the operator at the command line. */
interface Actor {
  actorId: string | null
  requestId: string | null
}

interface Plan {
  planned: readonly PlannedCompany[]
  invitations: number
  invitedById: string
}

const companiesAtOnce = 2000
/** Each is a letter: nobody should write to the world through a file. */
const mostInvitations = 1000

/** Companies from a file: all of them or none. */
export class BulkImportService {
  constructor(private readonly on: Surroundings) {}

  /** Asked before a file is read as well: a stranger's would only fill the memory. */
  requireImporter(context: RequestContext): Actor {
    const viewer = requireViewer(context)
    if (!can(viewer, 'company.import')) throw bulkImportErrors.IMPORT_NOT_YOURS_TO_DO()
    return { actorId: viewer.userId, requestId: context.requestId }
  }

  async run(actor: Actor, { bytes, isDryRun, inviter, onProgress }: Asked): Promise<Outcome> {
    const contentHash = createHash('sha256').update(bytes).digest('hex')
    const before = await this.on.database.reader.findOneBy(BulkImportEntity, { contentHash })
    if (before) throw bulkImportErrors.IMPORT_MADE_BEFORE()

    const faults = new FileFaults()
    const total = bytes.length
    const records = await readCsv(bytes, faults, (done) => onProgress({ step: 'READING', done, total }))
    const planned = await planImport(records, faults)
    if (faults.count > 0) return { faults: faults.inOrder(), faultCount: faults.count }

    const sum = {
      companies: planned.length,
      enrolments: planned.reduce((count, each) => count + each.applicationIds.length, 0),
      invitations: planned.reduce((count, each) => count + each.people.length, 0),
    }
    if (sum.invitations > mostInvitations) throw bulkImportErrors.IMPORT_OF_TOO_MANY_PEOPLE()
    const invitedById = sum.invitations > 0 ? inviter() : ''
    if (isDryRun) return { importId: null, ...sum }
    const row: BulkImportEntity = {
      id: newId(this.on.clock()),
      contentHash,
      importedById: actor.actorId,
      importedAt: this.on.clock(),
      companies: sum.companies,
      enrolments: sum.enrolments,
    }
    await this.#write(actor, row, { planned, onProgress, invitations: sum.invitations, invitedById })
    return { importId: row.id, ...sum }
  }

  async #write(
    actor: Actor,
    row: BulkImportEntity,
    { planned, onProgress, invitations, invitedById }: Pick<Asked, 'onProgress'> & Plan,
  ): Promise<void> {
    const details = { importId: row.id }
    await this.on.database.inTransaction(async (manager) => {
      // First, so that of two who send the same file at once the second finds out before it has done anything.
      await manager.insert(BulkImportEntity, row).catch(refuseSecond)
      for (let from = 0; from < planned.length; from += companiesAtOnce) {
        const some = planned.slice(from, from + companiesAtOnce)
        const ids = await this.#create(manager, some)
        await this.on.audit.recordForEach(manager, { name: 'company.imported', ...actor, details }, ids)
        for (const [index, companyId] of ids.entries())
          for (const person of some[index]?.people ?? [])
            await this.on.invite(manager, { ...person, ...actor, companyId, invitedById })
        onProgress({ step: 'WRITING', done: from + ids.length, total: planned.length })
      }
      const { companies, enrolments } = row
      await this.on.audit.record(manager, {
        name: 'import.completed',
        ...actor,
        details: { ...details, companies, enrolments, invitations },
      })
    })
  }

  /** Answers the ids. */
  async #create(manager: EntityManager, planned: readonly PlannedCompany[]): Promise<string[]> {
    const companies = await this.on.companies.createMany(manager, planned)
    const enrolments = companies.flatMap((company, index) =>
      (planned[index]?.applicationIds ?? []).map((applicationId) => ({ company, applicationId })),
    )
    await this.on.enrolments.enrolMany(manager, enrolments)
    return companies.map(({ id }) => id)
  }
}

function refuseSecond(error: unknown): never {
  if (isUniqueViolation(error)) throw bulkImportErrors.IMPORT_MADE_BEFORE({ cause: error })
  throw error
}
