import { expect, it } from 'vitest'
import { FileFaults, type FileFault } from '../csv-file/file-faults.js'
import { readCsv } from '../csv-file/read-csv.js'
import { planImport, type PlannedCompany } from './import-plan.js'

async function read(file: string | Buffer): Promise<{ planned: PlannedCompany[]; faults: FileFault[] }> {
  const faults = new FileFaults()
  const records = await readCsv(Buffer.from(file), faults, () => undefined)
  const planned = await planImport(records, faults)
  return { planned, faults: faults.inOrder() }
}

const faultsOf = async (file: string | Buffer): Promise<string[]> =>
  (await read(file)).faults.map(
    ({ line, column, message }) => `${line}${column ? ` ${column}` : ''}: ${message}`,
  )

const zeta: PlannedCompany = {
  name: 'Zeta',
  accountExecutiveName: 'Robin',
  accountExecutiveContact: '+1 555 0100',
  applicationIds: ['PICKUP_MANAGER', 'RATING'],
  people: [{ email: 'ann@zeta.example', role: 'ADMIN' }],
}

it.each([
  [
    'commas',
    'company,account executive,contact,applications,admin e-mail,role\nZeta,Robin,+1 555 0100,rating;pickup-manager,ann@zeta.example,admin\n',
  ],
  [
    'semicolons, a byte order mark, CRLF and no end of the last line',
    '\ufeffCompany;Account Executive;Contact;Applications;Admin E-Mail;Role\r\nZeta;Robin;+1 555 0100;RATING, Pickup Manager;ann@zeta.example;ADMIN',
  ],
  [
    'tabs, another order, blank lines and blanks around',
    'ROLE\tadmin_email\tCompany Name\tapplication\tcontact\taccount-executive\n\n \t\t\n\tann@zeta.example\t Zeta \tUPS® Intelligent Rating|PICKUP_MANAGER\t+1 555 0100\tRobin\n\n',
  ],
  [
    'quotation marks, carriage returns alone and empty cells at the end, as spreadsheets write them',
    '"company","account executive","contact","applications","admin e-mail","role",,\r"Zeta","Robin","+1 555 0100","rating, pickup-manager, rating","ann@zeta.example","Admin",,\r',
  ],
])('reads %s', async (_, file) => {
  expect(await read(file)).toEqual({ planned: [zeta], faults: [] })
})

it('takes lines of one name for one company, which the first describes and the others add people to', async () => {
  const { planned, faults } = await read(
    `company,account executive,applications,admin e-mail,role
Zeta,Robin,rating,ann@zeta.example,
 ZETA ,,,ben@zeta.example,viewer
Zeta,Robin,RATING,cem@zeta.example,admin
Eta,,,,
`,
  )
  expect(faults).toEqual([])
  expect(planned).toMatchObject([
    {
      name: 'Zeta',
      people: [
        { email: 'ann@zeta.example', role: 'ADMIN' },
        { email: 'ben@zeta.example', role: 'VIEWER' },
        { email: 'cem@zeta.example', role: 'ADMIN' },
      ],
    },
    { name: 'Eta', applicationIds: [], people: [] },
  ])
})

it('names the line and the cell of each thing that is wrong, and all of them at once', async () => {
  expect(
    await faultsOf(`company,account executive,contact,applications,admin e-mail,role
,Robin,,,,
Alpha,,robin@example.com,,,
Beta,Robin,javascript:alert(1),,,
Gamma,Robin,http://example.com,tracking,,
Delta,,,,not an address,owner
Epsilon,,,,,viewer
Zeta,,,,ann@zeta.example,
Zeta,,,,ANN@zeta.example,
Zeta,,,,,
Eta,Robin,,rating,,
Eta,Kim,,pickup-manager,kim@eta.example,
Theta,,,,,,too many
"Io
ta",,,,,
${'x'.repeat(201)},,,,,
`),
  ).toEqual([
    '2 company: is missing.',
    '3 account executive: is missing, although there is a contact.',
    '4 contact: must be a mail address, a phone number or a link that begins with https://.',
    '5 applications: "tracking" is none. There are: consumer-returns, reverse-logistics, pickup-manager, data-management, rating.',
    '5 contact: must be a mail address, a phone number or a link that begins with https://.',
    '6 admin e-mail: is no mail address.',
    '6 role: must be admin or viewer; admin where it is left empty.',
    '7 admin e-mail: is missing, although there is a role.',
    '9 admin e-mail: repeats line 8.',
    '10 company: repeats the company of line 8 and adds no person.',
    '12 account executive: is not what line 11 says of the same company.',
    '12 applications: is not what line 11 says of the same company.',
    '13: This line has 7 cells, the first line 6.',
    '14 company: must not contain control or invisible characters, such as a line break.',
    '16 company: is longer than 200 characters.',
  ])
})

const head = 'company,contact\n'

it.each([
  ['an empty file', '', '1: The file is empty.'],
  ['a header alone', head, '2: There is no line below the names of the columns.'],
  ['no header', 'Zeta,robin@example.com\n', '1: "Zeta" is no column of an import.'],
  ['a column twice', 'company,Company\nZeta,Eta\n', '1: The column "company" is there twice.'],
  ['no company', 'contact\nx\n', '1: The first line must name the columns, "company" among them.'],
  ['a formula', `${head}Zeta,\n=HYPERLINK(1),\n`, '3 company: begins like a formula.'],
  ['another formula', `${head}@SUM(A1),\n`, '2 company: begins like a formula.'],
  ['NUL', `${head}Zeta,\nE\0ta,\n`, '3: The character NUL is in this line'],
  ['Latin-1', Buffer.from(`${head}Zeta,\nJosé,\n`, 'latin1'), '3: This line is not in UTF-8.'],
  ['UTF-16', Buffer.from(`\ufeff${head}`, 'utf16le'), '1: The file is in UTF-16.'],
  ['a direction override', `${head}Ze\u202eta,\n`, '2 company: must not contain control or invisible'],
  ['a cell of a megabyte', `${head}Zeta,\n${'x'.repeat(1_000_000)},\n`, '3: What begins here is longer than'],
  [
    'a quotation mark never closed',
    `${head}"Zeta,\nEta,\nTheta,`,
    '2: A quotation mark that begins here is never closed.',
  ],
  [
    'one never closed in a long file',
    `${head}Zeta,\n"Eta,\n${'Theta,\n'.repeat(9000)}`,
    '3: What begins here is longer than 10,000 characters. Is a quotation mark not closed?',
  ],
  [
    'a quotation mark within a cell',
    `${head}Zeta,\n5" Pipes,\n`,
    '3: There is a quotation mark within a cell.',
  ],
  ['a link that runs', `${head}Zeta,data:text/html\n`, '2 contact: must be a mail address'],
])('says what is wrong with %s', async (_, file, expected) => {
  const faults = await faultsOf(file)
  expect(faults.join('\n')).toContain(expected)
  expect(faults.length).toBeLessThan(3)
})

it('lists a hundred faults and counts the others', async () => {
  const faults = new FileFaults()
  const file = `company\n${'=1\n'.repeat(1234)}`
  await planImport(await readCsv(Buffer.from(file), faults, () => undefined), faults)
  expect([faults.count, faults.inOrder().length]).toEqual([1234, 100])
})

it('keeps what it found before a line that cannot be read', async () => {
  expect(await faultsOf(`${head}=1,\nZeta,\n5" Pipes,\n`)).toEqual([
    '2 company: begins like a formula. Take away the first character.',
    '4: There is a quotation mark within a cell. Put the whole cell in quotation marks and double the one within. Nothing from here on could be read.',
  ])
})
