import type { EntityManager, EntityMetadata, EntityTarget, ObjectLiteral } from 'typeorm'

type Column = EntityMetadata['columns'][number]

const rowsAtOnce = 2000

/**
 * Rows by the thousand: the values go as one parameter, which the database takes apart itself. TypeORM would make a
 * parameter of each value and a text as long as the rows, which costs ten times as much; SQLite, which has one writer,
 * would keep everybody waiting meanwhile. What a row leaves out is null.
 */
export async function insertMany<T extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<T>,
  rows: readonly T[],
): Promise<void> {
  const { tableName, columns } = manager.connection.getMetadata(entity)
  const isPostgres = manager.connection.options.type === 'postgres'
  const names = columns.map(({ databaseName }) => `"${databaseName}"`).join(', ')
  const source = isPostgres
    ? `json_to_recordset($1) AS fresh(${columns.map(declarationOf).join(', ')})`
    : `json_each(?)`
  const values = isPostgres
    ? names
    : columns.map(({ databaseName }) => `json_extract(value, '$.${databaseName}')`).join(', ')
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    const stored = rows.slice(from, from + rowsAtOnce).map((row) => storedOf(row, columns))
    await manager.query(`INSERT INTO "${tableName}" (${names}) SELECT ${values} FROM ${source}`, [
      JSON.stringify(stored),
    ])
  }
}

const declarationOf = ({ databaseName, type }: Column): string =>
  `"${databaseName}" ${typeof type === 'function' ? type.name : type}`

function storedOf(row: ObjectLiteral, columns: readonly Column[]): Record<string, unknown> {
  return Object.fromEntries(
    columns.map((column) => {
      const value: unknown = row[column.propertyName]
      const { transformer } = column
      const stored: unknown = transformer && !Array.isArray(transformer) ? transformer.to(value) : value
      return [column.databaseName, stored ?? null]
    }),
  )
}
