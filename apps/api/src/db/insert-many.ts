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
  await write(manager, entity, { rows })
}

/** As above; a row that is there already, by the columns of a unique index, becomes what is given, but for what is kept. */
export async function upsertMany<T extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<T>,
  asked: Rows<T> & Conflict<T>,
): Promise<void> {
  await write(manager, entity, asked)
}

interface Rows<T> {
  rows: readonly T[]
}

interface Conflict<T> {
  by: readonly (keyof T & string)[]
  kept: readonly (keyof T & string)[]
}

async function write<T extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<T>,
  { rows, ...conflict }: Rows<T> & Partial<Conflict<T>>,
): Promise<void> {
  const { tableName, columns } = manager.connection.getMetadata(entity)
  const isPostgres = manager.connection.options.type === 'postgres'
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    const some = rows.slice(from, from + rowsAtOnce)
    // Most columns of a new row are empty: what nobody gives is not sent.
    const given = columns.filter(({ propertyName }) =>
      some.some((row) => (row[propertyName] ?? null) !== null),
    )
    const names = given.map(({ databaseName }) => `"${databaseName}"`).join(', ')
    const values = given.map((column, index) =>
      isPostgres ? `(value->>${index})::${typeOf(column)}` : `json_extract(value, '$[${index}]')`,
    )
    const source = isPostgres ? 'json_array_elements($1)' : 'json_each(?)'
    // Without the condition SQLite would take ON CONFLICT for a join.
    await manager.query(
      `INSERT INTO "${tableName}" (${names}) SELECT ${values.join(', ')} FROM ${source} WHERE true${onConflict(columns, conflict)}`,
      [JSON.stringify(some.map((row) => given.map((column) => storedOf(row, column))))],
    )
  }
}

function onConflict<T>(columns: readonly Column[], { by, kept = [] }: Partial<Conflict<T>>): string {
  if (!by) return ''
  const quoted = (name: string): string => `"${name}"`
  const settled: readonly string[] = [...by, ...kept]
  const changes = columns
    .map(({ databaseName }) => databaseName)
    .filter((name) => !settled.includes(name))
    .map((name) => `${quoted(name)} = excluded.${quoted(name)}`)
  return ` ON CONFLICT (${by.map(quoted).join(', ')}) DO UPDATE SET ${changes.join(', ')}`
}

const typeOf = ({ type }: Column): string => (typeof type === 'function' ? type.name : type)

function storedOf(row: ObjectLiteral, { propertyName, transformer }: Column): unknown {
  const value: unknown = row[propertyName]
  const stored: unknown = transformer && !Array.isArray(transformer) ? transformer.to(value) : value
  return stored ?? null
}
