import { applicationIds, applications, type ApplicationId } from '../application/applications.js'
import { contact, contactMessage } from '../company/company-fields.js'
import { mailAddress } from '../mail-address.js'
import { companyRoles, type CompanyRole } from '../permissions.js'
import { csvLine } from '../csv-file/csv-line.js'
import { shortened } from '../csv-file/csv-header.js'
import type { FileFaults } from '../csv-file/file-faults.js'
import type { CsvRecord } from '../csv-file/read-csv.js'
import type { ImportColumn } from './import-columns.js'

export interface ImportLine {
  line: number
  name: string
  accountExecutive: string
  contact: string
  applicationIds: ApplicationId[]
  person: { email: string; role: CompanyRole } | null
}

const longestAddress = 254
/** A spreadsheet runs what begins so, when somebody opens a list of companies in one. */
const formula = /^[=+\-@]/

const lettersOf = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
const applicationsByLetters = new Map<string, ApplicationId>(
  applications.flatMap(({ id, slug, name }) =>
    [id, slug, name, name.replace('UPS® Intelligent ', '')].map((label) => [lettersOf(label), id] as const),
  ),
)

/** One line as what it asks for; where that cannot be told, a fault for each cell and null. */
export function readLine(
  record: CsvRecord,
  places: ReadonlyMap<ImportColumn, number>,
  faults: FileFaults,
): ImportLine | null {
  const { cell, text, wrong, isFaultless } = csvLine(record, places, faults)
  const name = (column: ImportColumn): string => {
    const value = text(column)
    if (formula.test(value)) wrong(column, 'begins like a formula. Take away the first character.')
    return value
  }
  const read = {
    line: record.line,
    name: name('company'),
    accountExecutive: name('account executive'),
    contact: text('contact'),
    applicationIds: applicationsIn(cell('applications'), wrong),
    person: personIn(text('admin e-mail'), cell('role'), wrong),
  }
  if (read.name === '') wrong('company', 'is missing.')
  if (!contact.test(read.contact)) wrong('contact', `${contactMessage}.`)
  if (read.contact !== '' && read.accountExecutive === '')
    wrong('account executive', 'is missing, although there is a contact.')
  return isFaultless() ? read : null
}

type Wrong = (column: ImportColumn, message: string) => void

function applicationsIn(cell: string, wrong: Wrong): ApplicationId[] {
  const labels = cell
    .split(/[;,|]/)
    .map((label) => label.trim())
    .filter((label) => label !== '')
  const known = labels.slice(0, 10).flatMap((label) => {
    const id = applicationsByLetters.get(lettersOf(label))
    if (!id)
      wrong(
        'applications',
        `"${shortened(label)}" is none. There are: ${applications.map(({ slug }) => slug).join(', ')}.`,
      )
    return id ?? []
  })
  return applicationIds.filter((id) => known.includes(id))
}

function personIn(email: string, role: string, wrong: Wrong): ImportLine['person'] {
  if (email === '') {
    if (role !== '') wrong('admin e-mail', 'is missing, although there is a role.')
    return null
  }
  if (email.length > longestAddress || !mailAddress.test(email)) wrong('admin e-mail', 'is no mail address.')
  const known = companyRoles.find((each) => each === role.toUpperCase())
  if (role !== '' && !known) wrong('role', 'must be admin or viewer; admin where it is left empty.')
  return { email, role: known ?? 'ADMIN' }
}
