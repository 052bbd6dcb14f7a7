import type { ApplicationId } from '../application/applications.js'
import type { PageRequest } from '../connection.js'
import type { CompanyList } from '../context.js'
import { begins } from '../db/begins.js'
import { nameKey } from './company-fields.js'

export interface CompanySearch extends PageRequest {
  applicationId: ApplicationId | null
  search: string | null
}

/** A place in the order of the names; the id tells companies of one name apart. */
export interface Position {
  key: string
  id: string
}

export function narrow(list: CompanyList, search: string | null, after: Position | null): CompanyList {
  const { query, key, id } = list
  const found = begins([key], nameKey(search ?? ''))
  query.andWhere(found.condition, found.parameters)
  if (after)
    query.andWhere(`(${key}, ${id}) > (:afterKey, :afterId)`, { afterKey: after.key, afterId: after.id })
  return list
}

export async function positionsIn({ query, key, id }: CompanyList, limit: number): Promise<Position[]> {
  return query.orderBy(key).addOrderBy(id).limit(limit).getRawMany<Position>()
}

export async function countOf({ query }: CompanyList, limit?: number): Promise<number> {
  const [sql, parameters] = query.limit(limit).getQueryAndParameters()
  const [row] = await query.connection.manager.query<[{ count: number | string }]>(
    `SELECT COUNT(*) AS count FROM (${sql}) counted`,
    parameters,
  )
  return Number(row.count)
}

/** By code point, as both databases compare: the order of JavaScript's own `<` differs beyond the basic plane. */
export function inOrder(one: Position, other: Position): number {
  return Buffer.compare(Buffer.from(one.key), Buffer.from(other.key)) || (one.id < other.id ? -1 : 1)
}
