import type { SelectQueryBuilder } from 'typeorm'
import { AuditActorEntity } from '../audit/audit-actor.entity.js'
import { AuditEventEntity } from '../audit/audit-event.entity.js'
import { CompanyEntity } from '../company/company.entity.js'
import type { CompanyService } from '../company/company.service.js'
import { checkPageSize, countLimit, toConnection, type Connection } from '../connection.js'
import { requireViewer, type RequestContext } from '../context.js'
import type { Cursors } from '../cursor.js'
import type { Database } from '../db/transaction.js'
import { completed, type AuditEntry } from './audit-entry.js'
import { narrow, type AuditFilter, type AuditPlace, type AuditSearch } from './audit-filter.js'
import { reachOf, type AuditReach } from './audit-reach.js'

interface Surroundings {
  database: Database
  cursors: Cursors
  companies: CompanyService
}

type Query = SelectQueryBuilder<AuditEventEntity>

/** Rows of an export that are in memory at once. */
const exportBatch = 500
const scope = 'audit'

/** The trail as people read it, newest first: each sees what concerns them, and nobody more. */
export class AuditTrailService {
  constructor(private readonly on: Surroundings) {}

  async list(context: RequestContext, { filter, ...page }: AuditSearch): Promise<Connection<AuditEntry>> {
    const first = checkPageSize(page.first)
    const after = page.after === null ? null : this.#placeOf(page.after)
    const reach = await this.#reach(context, filter)
    const events = await this.#newest(context, reach, { filter, after, count: first + 1 })
    const entries = await completed(this.on.database.reader, events)
    return toConnection(entries, page, ({ at, id }) => this.on.cursors.seal(scope, [at.getTime(), id]))
  }

  /** Exact up to the limit, so that the cost stays the same as the trail grows. */
  async count(context: RequestContext, { filter }: AuditSearch): Promise<number> {
    const reach = await this.#reach(context, filter)
    const ids = await Promise.all(
      this.#ways(context, reach).map(async (query) => {
        const some = await narrow(query, filter, null).select('event.id').limit(countLimit).getMany()
        return some.map(({ id }) => id)
      }),
    )
    return Math.min(countLimit, new Set(ids.flat()).size)
  }

  /** All of it, a batch at a time: however long the trail, memory stays the same. */
  async *all(context: RequestContext, filter: AuditFilter): AsyncGenerator<AuditEntry> {
    yield* this.#batches(context, { reach: await this.#reach(context, filter), filter })
  }

  /** As above, for a service that has made sure that these records of the company are the viewer's to read. */
  ofCompany(
    context: RequestContext,
    filter: AuditFilter & { companyId: string },
  ): AsyncGenerator<AuditEntry> {
    const reach = { ownActorId: null, companyIds: [filter.companyId], isSolutionWide: false }
    return this.#batches(context, { reach, filter })
  }

  /** Whether the trail of this company is the viewer's to read. */
  async maySeeCompany(context: RequestContext, companyId: string): Promise<boolean> {
    return (await this.#reach(context, { companyId })).companyIds.length > 0
  }

  /** The viewer's pseudonym; null while there is no record of them. */
  async ownActorId(context: RequestContext): Promise<string | null> {
    const { userId } = requireViewer(context)
    return (await this.on.database.reader.findOneBy(AuditActorEntity, { userId }))?.id ?? null
  }

  async *#batches(
    context: RequestContext,
    { reach, filter }: { reach: AuditReach; filter: AuditFilter },
  ): AsyncGenerator<AuditEntry> {
    for (let after: AuditPlace | null = null; ;) {
      const events = await this.#newest(context, reach, { filter, after, count: exportBatch })
      yield* await completed(this.on.database.reader, events)
      const last = events.at(-1)
      if (!last || events.length < exportBatch) return
      after = { at: last.at.getTime(), id: last.id }
    }
  }

  async #reach(context: RequestContext, { companyId }: AuditFilter): Promise<AuditReach> {
    const ownActorId = await this.ownActorId(context)
    return reachOf(context, { ownActorId, companyId }, this.on.companies)
  }

  /** One statement for each way to see a record, each along its own index; together they are put in order here. */
  async #newest(
    context: RequestContext,
    reach: AuditReach,
    { filter, after, count }: { filter: AuditFilter; after: AuditPlace | null; count: number },
  ): Promise<AuditEventEntity[]> {
    const found = await Promise.all(
      this.#ways(context, reach).map((query) =>
        narrow(query, filter, after)
          .orderBy('event.at', 'DESC')
          .addOrderBy('event.id', 'DESC')
          .limit(count)
          .getMany(),
      ),
    )
    const once = new Map(found.flat().map((event) => [event.id, event]))
    return [...once.values()].sort(newestFirst).slice(0, count)
  }

  #ways(context: RequestContext, { ownActorId, companyIds, isSolutionWide }: AuditReach): Query[] {
    const events = (): Query => this.on.database.reader.createQueryBuilder(AuditEventEntity, 'event')
    const ways: Query[] = []
    if (ownActorId) ways.push(events().where('event.actorId = :ownActorId', { ownActorId }))
    if (companyIds.length > 0)
      ways.push(events().where('event.companyId IN (:...companyIds)', { companyIds }))
    if (isSolutionWide)
      ways.push(events().where('event.companyId IS NULL'), this.#ofVisible(context, events()))
    return ways
  }

  #ofVisible(context: RequestContext, query: Query): Query {
    const visible = this.on.database.reader
      .createQueryBuilder(CompanyEntity, 'company')
      .select('1')
      .where('company.id = event.companyId')
    context.onlyVisibleCompanies(visible, 'company')
    return query.where(`EXISTS (${visible.getQuery()})`, visible.getParameters())
  }

  #placeOf(cursor: string): AuditPlace {
    const [at, id] = this.on.cursors.open(scope, cursor)
    return { at: Number(at), id: String(id) }
  }
}

const newestFirst = (a: AuditEventEntity, b: AuditEventEntity): number =>
  b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1)
