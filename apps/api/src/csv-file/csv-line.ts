import { plainText, plainTextMessage } from '../plain-text.js'
import type { FileFaults } from './file-faults.js'
import type { CsvRecord } from './read-csv.js'

export interface CsvLine<Column extends string> {
  /** Empty where the file has no such column. */
  cell(column: Column): string
  /** A cell that may say anything a person can see, up to a length. */
  text(column: Column): string
  wrong(column: Column, message: string): void
  isFaultless(): boolean
}

const longestText = 200

/** One line by the names of its columns; what is wrong with it is told with its number. */
export function csvLine<Column extends string>(
  { line, cells }: CsvRecord,
  places: ReadonlyMap<Column, number>,
  faults: FileFaults,
): CsvLine<Column> {
  const before = faults.count
  const wrong = (column: Column, message: string): void => faults.add(line, message, column)
  const cell = (column: Column): string => cells[places.get(column) ?? -1]?.trim() ?? ''
  if (cells.length > places.size && cells.slice(places.size).some((value) => value !== ''))
    faults.add(line, `This line has ${cells.length} cells, the first line ${places.size}.`)
  return {
    cell,
    wrong,
    text(column) {
      const value = cell(column)
      if ([...value].length > longestText) wrong(column, `is longer than ${longestText} characters.`)
      else if (!plainText.test(value)) wrong(column, `${plainTextMessage}, such as a line break.`)
      return value
    },
    isFaultless: () => faults.count === before,
  }
}
