import { importColumns, type Faults, type ImportColumn } from './import-columns.js'

/** Beside the column's own name: what else people call it. Compared by letters alone, without regard to case. */
const otherNames: Readonly<Record<string, ImportColumn>> = {
  companyname: 'company',
  name: 'company',
  accountexecutivename: 'account executive',
  accountexecutivecontact: 'contact',
  application: 'applications',
  email: 'admin e-mail',
  adminmail: 'admin e-mail',
}

const lettersOf = (text: string): string => text.toLowerCase().replace(/[^\p{L}]/gu, '')

const columnsByLetters = new Map<string, ImportColumn>([
  ...importColumns.map((column) => [lettersOf(column), column] as const),
  ...Object.entries(otherNames),
])

/** Where each column is; null and a fault where the first line does not tell. */
export function readHeader(cells: readonly string[], faults: Faults): Map<ImportColumn, number> | null {
  const before = faults.count
  const places = new Map<ImportColumn, number>()
  // Spreadsheets write empty cells after the last one that was ever used.
  const named = cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1)
  for (const [index, cell] of named.entries()) {
    const column = columnsByLetters.get(lettersOf(cell))
    if (!column) faults.add(1, `"${shortened(cell)}" is no column of an import. There are: ${known}.`)
    else if (places.has(column)) faults.add(1, `The column "${column}" is there twice.`)
    else places.set(column, index)
  }
  if (!places.has('company') && faults.count === before)
    faults.add(1, `The first line must name the columns, "company" among them. There are: ${known}.`)
  return faults.count === before ? places : null
}

const known = importColumns.map((column) => `"${column}"`).join(', ')

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
