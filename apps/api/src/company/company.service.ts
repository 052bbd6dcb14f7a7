import { In, type EntityManager, type SelectQueryBuilder } from 'typeorm'
import type { ApplicationId } from '../application/applications.js'
import type { AuditService } from '../audit/audit.service.js'
import type { Clock } from '../clock.js'
import { checkPageSize, countLimit, toConnection, type Connection, type PageRequest } from '../connection.js'
import { requireViewer, type RequestContext } from '../context.js'
import type { Cursors } from '../cursor.js'
import { newId } from '../db/new-id.js'
import type { Database } from '../db/transaction.js'
import { can } from '../permissions.js'
import { CompanyEntity, nameKey } from './company.entity.js'
import { companyErrors } from './company.errors.js'

interface Surroundings {
  database: Database
  clock: Clock
  cursors: Cursors
  audit: AuditService
}

export interface CompanySearch extends PageRequest {
  applicationId: ApplicationId | null
  search: string | null
}

export interface NewCompany {
  name: string
  accountExecutiveName?: string | null | undefined
  accountExecutiveContact?: string | null | undefined
}

export interface CompanyChanges extends Partial<NewCompany> {
  id: string
}

/** Companies as records. Who sees which is the visibility rule that the context brings along. */
export class CompanyService {
  constructor(private readonly on: Surroundings) {}

  async list(context: RequestContext, search: CompanySearch): Promise<Connection<CompanyEntity>> {
    const query = this.#matching(context, search)
    if (search.after !== null) {
      const [key, id] = this.on.cursors.open('companies', search.after)
      query.andWhere('(company.nameKey > :key OR (company.nameKey = :key AND company.id > :id))', { key, id })
    }
    const first = checkPageSize(search.first)
    const rows = await query
      .orderBy('company.nameKey')
      .addOrderBy('company.id')
      .take(first + 1)
      .getMany()
    return toConnection(rows, search, ({ nameKey: key, id }) => this.on.cursors.seal('companies', [key, id]))
  }

  /** Exact up to the limit, so that the cost stays the same as data grows. */
  async count(context: RequestContext, search: CompanySearch): Promise<number> {
    const some = this.#matching(context, search).select('company.id').take(countLimit)
    return (await some.getMany()).length
  }

  /** How many companies exist, seen or not: a number without identity. */
  async countAll(): Promise<number> {
    return this.on.database.reader
      .createQueryBuilder(CompanyEntity, 'company')
      .where('company.removedAt IS NULL')
      .getCount()
  }

  findVisible(context: RequestContext, id: string): Promise<CompanyEntity | null> {
    const query = this.on.database.reader
      .createQueryBuilder(CompanyEntity, 'company')
      .where('company.id = :id', { id })
    return context.onlyVisibleCompanies(query, 'company').getOne()
  }

  /** Those of the ids that the viewer may see: in one application, or in any. */
  async findVisibleIds(
    context: RequestContext,
    ids: readonly string[],
    applicationId?: ApplicationId,
  ): Promise<Set<string>> {
    const query = this.on.database.reader
      .createQueryBuilder(CompanyEntity, 'company')
      .select('company.id')
      .where({ id: In([...ids]) })
    const rows = await context.onlyVisibleCompanies(query, 'company', applicationId).getMany()
    return new Set(rows.map(({ id }) => id))
  }

  findMany(ids: readonly string[]): Promise<CompanyEntity[]> {
    return this.on.database.reader.findBy(CompanyEntity, { id: In([...ids]) })
  }

  async create(manager: EntityManager, fresh: NewCompany): Promise<CompanyEntity> {
    const now = this.on.clock()
    const company = manager.create(CompanyEntity, {
      id: newId(now),
      name: fresh.name.trim(),
      nameKey: nameKey(fresh.name),
      accountExecutiveName: fresh.accountExecutiveName || null,
      accountExecutiveContact: fresh.accountExecutiveContact || null,
      createdAt: now,
      removedAt: null,
    })
    await manager.insert(CompanyEntity, company)
    return company
  }

  async update(context: RequestContext, changes: CompanyChanges): Promise<CompanyEntity> {
    const viewer = requireViewer(context)
    const company = await this.findVisible(context, changes.id)
    if (!company) throw companyErrors.COMPANY_NOT_FOUND()
    if (!can(viewer, 'company.update', company.id)) throw companyErrors.COMPANY_NOT_YOURS_TO_CHANGE()
    return this.on.database.inTransaction(async (manager) => {
      // Only what was given: of two people who change different fields at once, neither undoes the other's.
      await manager.update(CompanyEntity, { id: company.id }, columnsOf(changes))
      await this.on.audit.record(manager, {
        name: 'company.updated',
        actorId: viewer.userId,
        companyId: company.id,
        requestId: context.requestId,
      })
      return manager.findOneByOrFail(CompanyEntity, { id: company.id })
    })
  }

  async remove(manager: EntityManager, id: string): Promise<void> {
    await manager.update(CompanyEntity, { id }, { removedAt: this.on.clock() })
  }

  #matching(context: RequestContext, search: CompanySearch): SelectQueryBuilder<CompanyEntity> {
    const query = this.on.database.reader.createQueryBuilder(CompanyEntity, 'company').where('1 = 1')
    context.onlyVisibleCompanies(query, 'company', search.applicationId ?? undefined)
    const prefix = nameKey(search.search ?? '')
    // A range instead of LIKE: it uses the index on both databases and knows no wildcards.
    if (prefix)
      query.andWhere('company.nameKey >= :prefix AND company.nameKey < :end', {
        prefix,
        end: prefix + '\u{10FFFF}',
      })
    return query
  }
}

function columnsOf({ id, name, accountExecutiveName, accountExecutiveContact }: CompanyChanges) {
  return {
    id,
    ...(name !== undefined && { name: name.trim(), nameKey: nameKey(name) }),
    ...(accountExecutiveName !== undefined && { accountExecutiveName: accountExecutiveName || null }),
    ...(accountExecutiveContact !== undefined && {
      accountExecutiveContact: accountExecutiveContact || null,
    }),
  }
}
