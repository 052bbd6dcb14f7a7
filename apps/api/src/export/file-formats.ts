import { csvLine } from './csv.js'

export const fileFormats = ['csv', 'json'] as const
export type FileFormat = (typeof fileFormats)[number]

type Rows<Row> = AsyncIterable<Row>

/** The file in pieces, a record each: whoever sends it on holds one at a time. */
export async function* csvFile<Column extends string>(
  columns: readonly Column[],
  rows: Rows<Readonly<Record<Column, string | null>>>,
): AsyncGenerator<string> {
  yield csvLine(columns)
  for await (const row of rows) yield csvLine(columns.map((column) => row[column]))
}

/** As above; one array, a record on each line. */
export async function* jsonFile(rows: Rows<object>): AsyncGenerator<string> {
  let before = '[\n'
  for await (const row of rows) {
    yield `${before}${JSON.stringify(row)}`
    before = ',\n'
  }
  yield before === '[\n' ? '[]\n' : '\n]\n'
}

export async function* mapped<From, To>(rows: Rows<From>, each: (row: From) => To): AsyncGenerator<To> {
  for await (const row of rows) yield each(row)
}
