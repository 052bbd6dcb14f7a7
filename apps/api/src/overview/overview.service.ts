import { checkPageSize, countLimit, toConnection, type Connection } from '../connection.js'
import type { Clock } from '../clock.js'
import { countOf, inOrder, narrow, positionsIn, type Position } from '../company/company-search.js'
import type { CompanyEntity } from '../company/company.entity.js'
import type { CompanyService } from '../company/company.service.js'
import { requireViewer, type CompanyList, type RequestContext } from '../context.js'
import type { Cursors } from '../cursor.js'
import type { Database } from '../db/transaction.js'
import type { OverviewSearch } from './overview-search.js'
import { companiesStanding, withoutStanding, type Wanted } from './standing-lists.js'
import { needingAHand, type Standing } from './standing-policy.js'

interface Surroundings {
  database: Database
  clock: Clock
  cursors: Cursors
  companies: CompanyService
}

/** The companies of one band, found by few queries that have none in common. */
type Band = () => CompanyList[]

interface Place extends Position {
  band: number
}

const scope = 'overview'

/** The visible companies, those that need a hand first: in bands, each in the order of the names. */
export class OverviewService {
  constructor(private readonly on: Surroundings) {}

  async list(context: RequestContext, search: OverviewSearch): Promise<Connection<CompanyEntity>> {
    const limit = checkPageSize(search.first) + 1
    const after = search.after === null ? null : this.#placeOf(search.after)
    const places: Place[] = []
    for (const [band, listsOf] of this.#bands(context, search).entries()) {
      if (places.length >= limit || band < (after?.band ?? 0)) continue
      const from = band === after?.band ? after : null
      const found: Position[] = []
      for (const list of listsOf())
        found.push(...(await positionsIn(narrow(list, search.search, from), limit - places.length)))
      places.push(...found.sort(inOrder).map((position) => ({ ...position, band })))
    }
    const wanted = places.slice(0, limit)
    const companies = new Map(
      (await this.on.companies.findMany(wanted.map(({ id }) => id))).map((company) => [company.id, company]),
    )
    const rows = wanted.flatMap(({ id, band }) => {
      const company = companies.get(id)
      return company ? [{ company, band }] : []
    })
    const { edges, pageInfo } = toConnection(rows, search, ({ company, band }) =>
      this.on.cursors.seal(scope, [band, company.nameKey, company.id]),
    )
    return { edges: edges.map(({ cursor, node }) => ({ cursor, node: node.company })), pageInfo }
  }

  /** Exact up to the limit, so that the cost stays the same as data grows. */
  async count(context: RequestContext, search: OverviewSearch): Promise<number> {
    return search.standing
      ? this.countStanding(context, search, search.standing)
      : this.on.companies.count(context, search)
  }

  /** How many companies have an authorization that stands so; exact up to the limit. */
  async countStanding(context: RequestContext, search: OverviewSearch, standing: Standing): Promise<number> {
    const list = companiesStanding(this.on.database.reader, standing, this.#wanted(context, search))
    return countOf(narrow(list, search.search, null), countLimit)
  }

  #bands(context: RequestContext, search: OverviewSearch): Band[] {
    const { reader } = this.on.database
    const wanted = this.#wanted(context, search)
    const { standing } = search
    if (standing) return [() => [companiesStanding(reader, standing, wanted)]]
    return [
      ...needingAHand.map((each, band) => () => [
        withoutStanding(companiesStanding(reader, each, wanted), needingAHand.slice(0, band), wanted),
      ]),
      () =>
        context
          .visibleCompanyLists(reader, search.applicationId)
          .map((list) => withoutStanding(list, needingAHand, wanted)),
    ]
  }

  #wanted(context: RequestContext, { applicationId }: OverviewSearch): Wanted {
    return { viewer: requireViewer(context), applicationId, now: this.on.clock() }
  }

  #placeOf(cursor: string): Place {
    const [band, key, id] = this.on.cursors.open(scope, cursor)
    return { band: Number(band), key: String(key), id: String(id) }
  }
}
