import type { CsvColumns } from '../csv-file/csv-header.js'

const names = ['company', 'account executive', 'contact', 'applications', 'admin e-mail', 'role'] as const
export type ImportColumn = (typeof names)[number]

export const importColumns: CsvColumns<ImportColumn> = {
  names,
  required: ['company'],
  otherNames: {
    companyname: 'company',
    name: 'company',
    accountexecutivename: 'account executive',
    accountexecutivecontact: 'contact',
    application: 'applications',
    email: 'admin e-mail',
    adminmail: 'admin e-mail',
  },
}
