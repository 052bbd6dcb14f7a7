import { In, IsNull, type EntityManager } from 'typeorm'
import type { ApplicationId } from '../application/applications.js'
import type { Clock } from '../clock.js'
import { checkPageSize, countLimit, toConnection, type Connection } from '../connection.js'
import type { CompanyList, RequestContext } from '../context.js'
import type { Cursors } from '../cursor.js'
import { insertMany } from '../db/insert-many.js'
import { newId } from '../db/new-id.js'
import { heldRow, type Database } from '../db/transaction.js'
import { countOf, inOrder, narrow, positionsIn, type CompanySearch, type Position } from './company-search.js'
import { nameKey } from './company-fields.js'
import { CompanyEntity } from './company.entity.js'

interface Surroundings {
  database: Database
  clock: Clock
  cursors: Cursors
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
    const limit = checkPageSize(search.first) + 1
    const [key, id] = search.after === null ? [] : this.on.cursors.open('companies', search.after)
    const after = key === undefined ? null : { key: String(key), id: String(id) }
    const positions: Position[] = []
    for (const list of this.#lists(context, search))
      positions.push(...(await positionsIn(narrow(list, search.search, after), limit)))
    const ids = positions
      .sort(inOrder)
      .slice(0, limit)
      .map((position) => position.id)
    const companies = new Map((await this.findMany(ids)).map((company) => [company.id, company]))
    const rows = ids.flatMap((each) => companies.get(each) ?? [])
    return toConnection(rows, search, (company) =>
      this.on.cursors.seal('companies', [company.nameKey, company.id]),
    )
  }

  /** Exact up to the limit, so that the cost stays the same as data grows. */
  async count(context: RequestContext, search: CompanySearch): Promise<number> {
    let count = 0
    for (const list of this.#lists(context, search))
      count += await countOf(narrow(list, search.search, null), countLimit)
    return Math.min(count, countLimit)
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

  async findMany(ids: readonly string[]): Promise<CompanyEntity[]> {
    if (ids.length === 0) return []
    return this.on.database.reader.findBy(CompanyEntity, { id: In([...ids]) })
  }

  async create(manager: EntityManager, fresh: NewCompany): Promise<CompanyEntity> {
    const company = this.#compose(fresh)
    await manager.insert(CompanyEntity, company)
    return company
  }

  /** Any number, by few statements. */
  async createMany(manager: EntityManager, fresh: readonly NewCompany[]): Promise<CompanyEntity[]> {
    const companies = fresh.map((each) => this.#compose(each))
    await insertMany(manager, CompanyEntity, companies)
    return companies
  }

  /** The row, held until the transaction ends, so that what happens to a company happens in turn; null once removed. */
  hold(manager: EntityManager, id: string): Promise<CompanyEntity | null> {
    return manager.findOne(CompanyEntity, { where: { id, removedAt: IsNull() }, ...heldRow(manager) })
  }

  /** Only what was given: of two people who change different fields at once, neither undoes the other's. */
  async change(manager: EntityManager, { id, ...changes }: CompanyChanges): Promise<CompanyEntity> {
    const columns = columnsOf(changes)
    if (Object.keys(columns).length > 0) await manager.update(CompanyEntity, { id }, columns)
    return manager.findOneByOrFail(CompanyEntity, { id })
  }

  async remove(manager: EntityManager, id: string): Promise<void> {
    await manager.update(CompanyEntity, { id }, { removedAt: this.on.clock() })
  }

  #compose(fresh: NewCompany): CompanyEntity {
    const now = this.on.clock()
    return Object.assign(new CompanyEntity(), {
      id: newId(now),
      name: fresh.name.trim(),
      nameKey: nameKey(fresh.name),
      accountExecutiveName: fresh.accountExecutiveName || null,
      accountExecutiveContact: fresh.accountExecutiveContact || null,
      createdAt: now,
      removedAt: null,
    })
  }

  #lists(context: RequestContext, { applicationId }: CompanySearch): CompanyList[] {
    return context.visibleCompanyLists(this.on.database.reader, applicationId)
  }
}

function columnsOf({ name, accountExecutiveName, accountExecutiveContact }: Partial<NewCompany>) {
  return {
    ...(name !== undefined && { name: name.trim(), nameKey: nameKey(name) }),
    ...(accountExecutiveName !== undefined && { accountExecutiveName: accountExecutiveName || null }),
    ...(accountExecutiveContact !== undefined && {
      accountExecutiveContact: accountExecutiveContact || null,
    }),
  }
}
