import { Table, type QueryRunner, type TableColumnOptions } from 'typeorm'

/** How migrations write down a table: the same words for both databases. */
export const id = (name = 'id'): TableColumnOptions => ({ name, type: 'text', isPrimary: true })
export const text = (name: string): TableColumnOptions => ({ name, type: 'text' })
export const time = (name: string): TableColumnOptions => ({ name, type: 'bigint' })
export const integer = (name: string): TableColumnOptions => ({ name, type: 'integer', default: 0 })
export const flag = (name: string): TableColumnOptions => ({ name, type: 'boolean', default: false })
/** Ordered by code point on both databases: keyset paging and prefix search depend on it. */
export const key = (name: string, kind: string): TableColumnOptions => ({
  name,
  type: 'text',
  ...(kind === 'postgres' && { collation: 'C' }),
})
/** Counted by the database, never used twice. More of them than an integer holds, which is all that SQLite counts. */
export const counted = (name: string, kind: string): TableColumnOptions => ({
  name,
  type: kind === 'postgres' ? 'bigint' : 'integer',
  isPrimary: true,
  isGenerated: true,
  generationStrategy: 'increment',
})
export const optional = (column: TableColumnOptions): TableColumnOptions => ({ ...column, isNullable: true })

/**
 * By plain statements: TypeORM would copy a whole table on SQLite and drop the former one, on which others depend. An
 * added column is optional or has a default.
 */
export async function addColumns(
  runner: QueryRunner,
  table: string,
  columns: readonly TableColumnOptions[],
): Promise<void> {
  for (const { name, type, isNullable, default: value } of columns) {
    const rest = isNullable ? '' : ` NOT NULL DEFAULT ${String(value)}`
    await runner.query(`ALTER TABLE "${table}" ADD COLUMN "${name}" ${type}${rest}`)
  }
}

export async function dropColumns(
  runner: QueryRunner,
  table: string,
  columns: readonly TableColumnOptions[],
): Promise<void> {
  for (const { name } of columns) await runner.query(`ALTER TABLE "${table}" DROP COLUMN "${name}"`)
}

interface Outline {
  columns: TableColumnOptions[]
  unique?: string[][]
  indices?: string[][]
  references?: Record<string, string>
}

export function table(name: string, outline: Outline): Table {
  const named = (columns: string[]) => `${name}_${columns.join('_')}`
  return new Table({
    name,
    columns: outline.columns,
    indices: [
      ...(outline.unique ?? []).map((columns) => ({
        name: `${named(columns)}_once`,
        columnNames: columns,
        isUnique: true,
      })),
      ...(outline.indices ?? []).map((columns) => ({ name: named(columns), columnNames: columns })),
    ],
    foreignKeys: Object.entries(outline.references ?? {}).map(([column, target]) => ({
      name: `${name}_${column}_exists`,
      columnNames: [column],
      referencedTableName: target,
      referencedColumnNames: ['id'],
    })),
  })
}
