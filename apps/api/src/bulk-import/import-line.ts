import { applicationIds, applications, type ApplicationId } from '../application/applications.js'
import { contact, contactMessage, longestName } from '../company/company-fields.js'
import { mailAddress } from '../mail-address.js'
import { companyRoles, type CompanyRole } from '../permissions.js'
import { plainText, plainTextMessage } from '../plain-text.js'
import type { Faults, ImportColumn } from './import-columns.js'
import { shortened } from './import-header.js'
import type { CsvRecord } from './read-csv.js'

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
  { line, cells }: CsvRecord,
  places: ReadonlyMap<ImportColumn, number>,
  faults: Faults,
): ImportLine | null {
  const before = faults.count
  const wrong = (column: ImportColumn, message: string): void => faults.add(line, message, column)
  const cell = (column: ImportColumn): string => cells[places.get(column) ?? -1]?.trim() ?? ''
  const text = (column: ImportColumn): string => {
    const value = cell(column)
    if ([...value].length > longestName) wrong(column, 'is longer than 200 characters.')
    else if (!plainText.test(value)) wrong(column, `${plainTextMessage}, such as a line break.`)
    return value
  }
  const name = (column: ImportColumn): string => {
    const value = text(column)
    if (formula.test(value)) wrong(column, 'begins like a formula. Take away the first character.')
    return value
  }

  const excess = cells.length - places.size
  if (excess > 0 && cells.slice(places.size).some((value) => value !== ''))
    faults.add(line, `This line has ${cells.length} cells, the first line ${places.size}.`)
  const read = {
    line,
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
  return faults.count === before ? read : null
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
