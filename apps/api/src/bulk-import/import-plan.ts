import { setImmediate } from 'node:timers/promises'
import type { ApplicationId } from '../application/applications.js'
import { nameKey } from '../company/company-fields.js'
import { readHeader } from '../csv-file/csv-header.js'
import type { FileFaults } from '../csv-file/file-faults.js'
import type { CsvRecord } from '../csv-file/read-csv.js'
import type { CompanyRole } from '../permissions.js'
import { importColumns, type ImportColumn } from './import-columns.js'
import { readLine, type ImportLine } from './import-line.js'

export interface PlannedCompany {
  name: string
  accountExecutiveName: string
  accountExecutiveContact: string
  applicationIds: readonly ApplicationId[]
  people: { email: string; role: CompanyRole }[]
}

interface Begun {
  first: ImportLine
  lineOfPerson: Map<string, number>
  planned: PlannedCompany
}

/**
 * What a file asks for. Lines with the same name are one company: the first says everything about it, the others add a
 * person each. A company of that name which the hub has already is another one: names are not unique.
 */
export async function planImport(
  [header, ...records]: readonly CsvRecord[],
  faults: FileFaults,
): Promise<PlannedCompany[]> {
  const places = header && readHeader(header.cells, importColumns, faults)
  if (!places) return []
  if (records.length === 0 && faults.count === 0)
    faults.add(2, 'There is no line below the names of the columns.')
  const companies = new Map<string, Begun>()
  for (const [index, record] of records.entries()) {
    // Other work gets its turn.
    if (index % 2000 === 0) await setImmediate()
    const line = readLine(record, places, faults)
    if (!line) continue
    const key = nameKey(line.name)
    const begun = companies.get(key) ?? begin(line)
    companies.set(key, begun)
    if (begun.first !== line) expectAgreement(begun, line, faults)
    addPerson(begun, line, faults)
  }
  return [...companies.values()].map(({ planned }) => planned)
}

const begin = (line: ImportLine): Begun => ({
  first: line,
  lineOfPerson: new Map(),
  planned: {
    name: line.name,
    accountExecutiveName: line.accountExecutive,
    accountExecutiveContact: line.contact,
    applicationIds: line.applicationIds,
    people: [],
  },
})

/** What a later line says again must be what the first has said. */
function expectAgreement({ first }: Begun, line: ImportLine, faults: FileFaults): void {
  const said: [ImportColumn, (of: ImportLine) => string][] = [
    ['account executive', (of) => of.accountExecutive],
    ['contact', (of) => of.contact],
    ['applications', (of) => of.applicationIds.join(' ')],
  ]
  for (const [column, valueOf] of said) {
    if (valueOf(line) !== '' && valueOf(line) !== valueOf(first))
      faults.add(line.line, `is not what line ${first.line} says of the same company.`, column)
  }
}

function addPerson(
  { first, lineOfPerson, planned }: Begun,
  { line, person }: ImportLine,
  faults: FileFaults,
): void {
  if (!person) {
    if (line !== first.line)
      faults.add(line, `repeats the company of line ${first.line} and adds no person.`, 'company')
    return
  }
  const key = person.email.toLowerCase()
  const earlier = lineOfPerson.get(key)
  if (earlier !== undefined) faults.add(line, `repeats line ${earlier}.`, 'admin e-mail')
  else {
    lineOfPerson.set(key, line)
    planned.people.push(person)
  }
}
