import type { EntityManager, SelectQueryBuilder } from 'typeorm'
import { countLimit } from '../connection.js'
import { oneOf } from '../db/one-of.js'
import { comparePositions, type Position, type SortedBy } from './order-sort.js'
import { SalesOrderEntity } from './sales-order.entity.js'

/** What a search looks at the beginning of. */
const searchedColumns = ['orderNumberKey', 'emailKey', 'trackingNumberKey', 'skuKey'] as const
type SearchedColumn = (typeof searchedColumns)[number]

/** Up to so many hits of a column are fetched and sorted; beyond that, enough of them lie close together in any order. */
const fewHits = 1000

export interface OrderSearch {
  companyId: string
  /** A normalised beginning; empty is everything. */
  prefix: string
  sort: SortedBy
  after: Position | null
  limit: number
}

/** In order, or PostgreSQL would read the table and hope to meet enough of them early. */
const firstOf = (column: SearchedColumn, limit: number): string =>
  `(SELECT id FROM sales_orders WHERE "companyId" = :companyId AND "${column}" >= :prefix AND "${column}" < :end
    ORDER BY "${column}" LIMIT ${limit}) "${column}"`

const parametersOf = ({ companyId, prefix }: Pick<OrderSearch, 'companyId' | 'prefix'>) => ({
  companyId,
  prefix,
  end: `${prefix}\u{10FFFF}`,
})

/**
 * A page of a company's orders, at a cost that does not grow with their number. What a search finds by one column is either
 * little, then it is fetched and sorted; or the index of the sorting meets it often enough. Each column for itself: the
 * databases know how to use one index well, and four joined by OR badly.
 */
export async function pageOf(reader: EntityManager, search: OrderSearch): Promise<SalesOrderEntity[]> {
  if (search.prefix === '') return inOrder(reader, search).getMany()
  const hits = await hitsOf(reader, search)
  const few = searchedColumns.filter((column) => (hits.get(column)?.length ?? 0) <= fewHits)
  const ids = [...new Set(few.flatMap((column) => hits.get(column) ?? []))]
  const lists = searchedColumns
    .filter((column) => !few.includes(column))
    .map((column) => ofColumn(inOrder(reader, search), column, search))
  const found = new Map<string, SalesOrderEntity>()
  for (const order of await ofIds(reader, ids)) found.set(order.id, order)
  for (const list of lists) for (const order of await list.getMany()) found.set(order.id, order)
  const direction = search.sort.isDescending ? -1 : 1
  const compare = (one: Position, other: Position): number => direction * comparePositions(one, other)
  return [...found.values()]
    .map((order) => ({ order, position: positionOf(order, search.sort) }))
    .filter(({ position }) => search.after === null || compare(position, search.after) > 0)
    .sort((one, other) => compare(one.position, other.position))
    .slice(0, search.limit)
    .map(({ order }) => order)
}

/** Exact up to the limit, so that the cost stays the same as data grows. */
export async function countOf(reader: EntityManager, search: Pick<OrderSearch, 'companyId' | 'prefix'>) {
  const all = `(SELECT id FROM sales_orders WHERE "companyId" = :companyId ORDER BY "orderedAt" LIMIT ${countLimit})`
  const found = searchedColumns.map((column) => `SELECT id FROM ${firstOf(column, countLimit)}`)
  const row = await reader.connection
    .createQueryBuilder()
    .select('COUNT(*)', 'count')
    .from(search.prefix === '' ? all : `(${found.join(' UNION ')})`, 'counted')
    .setParameters(parametersOf(search))
    .getRawOne<{ count: number | string }>()
  return Math.min(Number(row?.count), countLimit)
}

export function positionOf(order: SalesOrderEntity, { column, tieBreaker }: SortedBy): Position {
  const value = order[column]
  return [value instanceof Date ? value.getTime() : value, order[tieBreaker]]
}

/** The ids found by each column, one more than few at most. */
async function hitsOf(reader: EntityManager, search: OrderSearch): Promise<Map<SearchedColumn, string[]>> {
  const probes = searchedColumns.map(
    (column) => `SELECT '${column}' AS place, id FROM ${firstOf(column, fewHits + 1)}`,
  )
  const rows = await reader.connection
    .createQueryBuilder()
    .select('place')
    .addSelect('id')
    .from(`(${probes.join(' UNION ALL ')})`, 'hit')
    .setParameters(parametersOf(search))
    .getRawMany<{ place: SearchedColumn; id: string }>()
  const hits = new Map<SearchedColumn, string[]>(searchedColumns.map((column) => [column, []]))
  for (const { place, id } of rows) hits.get(place)?.push(id)
  return hits
}

type OrderQuery = SelectQueryBuilder<SalesOrderEntity>

function inOrder(reader: EntityManager, { companyId, sort, after, limit }: OrderSearch): OrderQuery {
  const { column, tieBreaker, isDescending } = sort
  const direction = isDescending ? 'DESC' : 'ASC'
  const query = reader
    .createQueryBuilder(SalesOrderEntity, 'placed')
    .where('placed.companyId = :companyId', { companyId })
    .orderBy(`placed.${column}`, direction)
    .addOrderBy(`placed.${tieBreaker}`, direction)
    .limit(limit)
  if (!after) return query
  return query.andWhere(
    `(placed.${column}, placed.${tieBreaker}) ${isDescending ? '<' : '>'} (:afterKey, :afterTie)`,
    { afterKey: after[0], afterTie: after[1] },
  )
}

function ofColumn(query: OrderQuery, column: SearchedColumn, search: OrderSearch): OrderQuery {
  const { prefix, end } = parametersOf(search)
  // PostgreSQL knows that much is met by the order; SQLite would find all of it by its own index, and sort that. The sign
  // forbids it.
  const isLeftAlone = column === search.sort.column || query.connection.options.type === 'postgres'
  const value = isLeftAlone ? `placed.${column}` : `+placed.${column}`
  return query.andWhere(`${value} >= :prefix AND ${value} < :end`, { prefix, end })
}

/** Sorted by us: asked for an order too, SQLite walks its index through the whole company to meet the few. */
async function ofIds(reader: EntityManager, ids: readonly string[]): Promise<SalesOrderEntity[]> {
  if (ids.length === 0) return []
  const query = reader.createQueryBuilder(SalesOrderEntity, 'placed')
  const among = oneOf(query.connection, 'placed.id', { ids })
  return query.where(among.condition, among.parameters).getMany()
}
