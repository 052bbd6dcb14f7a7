import type { FileFaults } from './file-faults.js'

export interface CsvColumns<Column extends string> {
  names: readonly Column[]
  /** Those without which a file says nothing. */
  required: readonly Column[]
  /** What else people call a column, as letters alone. */
  otherNames: Readonly<Record<string, Column>>
}

const lettersOf = (text: string): string => text.toLowerCase().replace(/[^\p{L}]/gu, '')
const quoted = (names: readonly string[], between: string): string =>
  names.map((name) => `"${name}"`).join(between)

/** Where each column is, compared by letters alone; null and a fault where the first line does not tell. */
export function readHeader<Column extends string>(
  cells: readonly string[],
  { names, required, otherNames }: CsvColumns<Column>,
  faults: FileFaults,
): Map<Column, number> | null {
  const byLetters = new Map<string, Column>([
    ...names.map((name) => [lettersOf(name), name] as const),
    ...(Object.entries(otherNames) as [string, Column][]),
  ])
  const before = faults.count
  const places = new Map<Column, number>()
  const known = quoted(names, ', ')
  // Spreadsheets write empty cells after the last one that was ever used.
  const named = cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1)
  for (const [index, cell] of named.entries()) {
    const column = byLetters.get(lettersOf(cell))
    if (!column) faults.add(1, `"${shortened(cell)}" is no column of an import. There are: ${known}.`)
    else if (places.has(column)) faults.add(1, `The column "${column}" is there twice.`)
    else places.set(column, index)
  }
  const missing = required.filter((name) => !places.has(name))
  if (missing.length > 0 && faults.count === before)
    faults.add(
      1,
      `The first line must name the columns, ${quoted(missing, ' and ')} among them. There are: ${known}.`,
    )
  return faults.count === before ? places : null
}

/** Comma, semicolon or tab: what the first line has most of, outside quotation marks. */
export function delimiterOf(firstLine: string): ',' | ';' | '\t' {
  const bare = firstLine.replace(/"[^"]*"/g, '')
  const count = (delimiter: string): number => bare.split(delimiter).length
  if (count(';') > Math.max(count(','), count('\t'))) return ';'
  return count('\t') > count(',') ? '\t' : ','
}

/** Quoted in a message: no more than a person recognises it by. */
export const shortened = (text: string): string => {
  const [...characters] = text
  return characters.length > 40 ? `${characters.slice(0, 40).join('')}…` : text
}
