import type { SelectQueryBuilder } from 'typeorm'
import { checkPageSize, countLimit, toConnection, type PageRequest } from './connection.js'
import type { CountedConnection } from './connection-type.js'
import type { Cursors } from './cursor.js'

interface List<T> {
  /** A new query for all that is in the list, each time. */
  all: () => SelectQueryBuilder<T & object>
  alias: string
  /** The column that the order goes by; the id tells apart what is alike in it. */
  key: keyof T & string
  /** Whose cursors these are. */
  scope: string
}

/** A page that is found by its place in the order, so that the last one costs what the first does. */
export async function keysetPage<T extends { id: string }>(
  cursors: Cursors,
  page: PageRequest,
  { all, alias, key, scope }: List<T>,
): Promise<CountedConnection<T>> {
  const first = checkPageSize(page.first)
  const query = all()
  if (page.after !== null) {
    const [after, afterId] = cursors.open(scope, page.after)
    query.andWhere(`(${alias}.${key} > :after OR (${alias}.${key} = :after AND ${alias}.id > :afterId))`, {
      after,
      afterId,
    })
  }
  const rows = await query
    .orderBy(`${alias}.${key}`)
    .addOrderBy(`${alias}.id`)
    .take(first + 1)
    .getMany()
  return {
    ...toConnection(rows, page, (row) => cursors.seal(scope, [String(row[key]), row.id])),
    count: async () => (await all().select(`${alias}.id`).take(countLimit).getMany()).length,
  }
}
