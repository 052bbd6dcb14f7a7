import { isUtf8 } from 'node:buffer'
import { setImmediate } from 'node:timers/promises'
import { parse, type CsvError } from 'csv-parse'
import { delimiterOf } from './csv-header.js'
import type { FileFaults } from './file-faults.js'

export interface CsvRecord {
  line: number
  cells: string[]
}

const chunkBytes = 64 * 1024
const longestLine = 10_000
const mostLines = 100_000

/**
 * The lines of a file, as far as they can be told apart: after a quotation mark that is missing, nothing can. Gives other
 * work its turn between pieces, and says how much was read.
 */
export async function readCsv(
  bytes: Buffer,
  faults: FileFaults,
  onRead: (bytes: number) => void,
): Promise<CsvRecord[]> {
  if (!isPlain(bytes, faults)) return []
  const records: CsvRecord[] = []
  let lastLine = 0
  const parser = parse({
    bom: true,
    delimiter: delimiterOf(
      bytes
        .subarray(0, longestLine)
        .toString('utf8')
        .split(/[\r\n]/, 1)[0] ?? '',
    ),
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
    max_record_size: longestLine,
    on_record(cells: string[], { lines }) {
      lastLine = lines
      if (cells.some((cell) => cell !== '')) records.push({ line: lines - newlinesIn(cells), cells })
      // Nothing is handed on: what was read is kept here, also where a later line cannot be.
      return null
    },
  })
  const failure = new Promise<CsvError | null>((resolve) => {
    parser.once('error', (error) => resolve(error as CsvError)).once('end', () => resolve(null))
  })
  parser.resume()
  for (let from = 0; from < bytes.length && !parser.destroyed; from += chunkBytes) {
    parser.write(bytes.subarray(from, from + chunkBytes))
    onRead(Math.min(bytes.length, from + chunkBytes))
    await setImmediate()
    if (records.length > mostLines + 1) break
  }
  if (!parser.destroyed) parser.end()
  const error = await failure
  if (error) faults.add(lastLine + 1, sentenceOf(error))
  if (records.length <= mostLines + 1) return records
  faults.add(mostLines + 2, 'An import has at most 100,000 lines. Divide the file.')
  return []
}

/** What no line of text can hold, found before anything is read into it. */
function isPlain(bytes: Buffer, faults: FileFaults): boolean {
  const nul = bytes.indexOf(0)
  if (bytes.length === 0) faults.add(1, 'The file is empty.')
  else if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    faults.add(1, 'The file is in UTF-16. Save it as CSV in UTF-8.')
  else if (nul !== -1) faults.add(lineAt(bytes, nul), 'The character NUL is in this line; it is no text.')
  else if (!isUtf8(bytes))
    faults.add(firstBadLine(bytes), 'This line is not in UTF-8. Save the file as CSV in UTF-8.')
  return faults.count === 0
}

function firstBadLine(bytes: Buffer): number {
  let line = 1
  for (let from = 0; from < bytes.length; line++) {
    const end = bytes.indexOf(0x0a, from)
    if (!isUtf8(bytes.subarray(from, end === -1 ? bytes.length : end))) return line
    from = end === -1 ? bytes.length : end + 1
  }
  return line
}

function lineAt(bytes: Buffer, position: number): number {
  let line = 1
  for (let at = bytes.indexOf(0x0a); at !== -1 && at < position; at = bytes.indexOf(0x0a, at + 1)) line++
  return line
}

const newlinesIn = (cells: readonly string[]): number =>
  cells.reduce((count, cell) => count + cell.split(/\r\n|\n|\r/).length - 1, 0)

function sentenceOf({ code }: CsvError): string {
  const rest = 'Nothing from here on could be read.'
  if (code === 'CSV_MAX_RECORD_SIZE')
    return `What begins here is longer than 10,000 characters. Is a quotation mark not closed? ${rest}`
  if (code === 'CSV_QUOTE_NOT_CLOSED') return `A quotation mark that begins here is never closed. ${rest}`
  return `There is a quotation mark within a cell. Put the whole cell in quotation marks and double the one within. ${rest}`
}
