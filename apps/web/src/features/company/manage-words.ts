import type { Question } from '../../ui/BaseQuestion.vue'

const counted = (count: number, one: string, many: string) =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`

interface Sum {
  companies: number
  enrolments: number
  invitations: number
}

const all = ({ companies, enrolments, invitations }: Sum) =>
  [
    counted(companies, 'company', 'companies'),
    counted(enrolments, 'enrolment', 'enrolments'),
    ...(invitations > 0 ? [counted(invitations, 'invitation', 'invitations')] : []),
  ].join(', ')

export const words = {
  companies: 'Companies',
  company: 'Company',
  lead: 'Who opts in, in which applications, and whom they turn to.',
  search: 'Find a company by the beginning of its name',
  enrolled: (authorized: number, enrolled: number) =>
    enrolled === 0
      ? 'In no application'
      : `${authorized} of ${counted(enrolled, 'application', 'applications')} authorized`,
  attention: (count: number) => (count === 1 ? '1 has to opt in again' : `${count} have to opt in again`),
  executive: (name: string) => `Account Executive: ${name}`,

  create: 'Create a company',
  createConfirm: 'Create',
  createdForOthers: (name: string) =>
    `${name} was created. A solution admin sees a company only once it has authorized an application, so it is not in the list yet.`,
  name: 'Name',
  nameHint: 'At most 200 characters.',
  nameMissing: 'Give the company a name.',
  accountExecutive: 'Account Executive',
  accountExecutiveHint: 'The person to turn to for help; shown at the foot of each flow.',
  contact: 'Contact',
  contactHint: 'A mail address, a phone number or a link that begins with https://.',
  contactWrong: 'This is neither a mail address, nor a phone number, nor a link that begins with https://.',
  contactAlone: 'Name the Account Executive as well.',
  applications: 'Applications',
  cancel: 'Cancel',
  save: 'Save',
  saved: 'Saved.',
  particulars: 'Name and Account Executive',
  readOnly: 'Only an admin of this company can change it.',
  absent: 'There is no such company, or it is not among those you may see.',
  backToList: 'All companies',

  enrolments: 'Applications',
  enrolmentsLead: 'Where this company takes part. Withdrawing ends what was authorized there.',
  notEnrolled: 'Not in use',
  unseen: 'Not authorized or not in use',
  statuses: {
    NOT_AUTHORIZED: 'Not authorized',
    AUTHORIZED: 'Authorized',
    REAUTHORIZATION_REQUIRED: 'Has to opt in again',
  },
  enrol: 'Enrol',
  enrolIn: (application: string) => `Enrol in ${application}`,
  enrolledIn: (application: string) => `The company is enrolled in ${application}.`,
  withdraw: 'Withdraw',
  withdrawFrom: (application: string) => `Withdraw from ${application}`,

  remove: 'Remove the company',
  removeLead:
    'Every authorization ends, every token is destroyed, and nobody has access any more. The audit trail stays. This cannot be undone.',
  removed: (name: string) => `${name} was removed.`,

  importTitle: 'Import companies',
  importLead:
    'A CSV file in UTF-8, with a first line that names the columns. It is checked first; nothing is imported while anything in it is wrong. One file invites at most 1,000 people; divide a longer one.',
  importNotYours: 'Only a solution admin can import companies.',
  columns: [
    ['company', 'The name; the one column that must be there. Lines with the same name are one company.'],
    ['account executive', 'The person to turn to for help.'],
    ['contact', 'Of the Account Executive: a mail address, a phone number or a link with https.'],
    ['applications', 'What to enrol it in, with a semicolon between: rating; pickup-manager'],
    ['admin e-mail', 'Whom to invite for the company.'],
    ['role', 'Of that person: admin, which also holds where it is empty, or viewer.'],
  ] as const,
  writing: 'Writing the companies',
  wouldMake: (sum: Sum) => `It holds ${all(sum)}. Nothing has been imported yet.`,
  made: (sum: Sum) =>
    `Imported: ${all(sum)}. You will see each company once it has authorized an application.`,
}

export const withdrawal = (application: string, company: string): Question => ({
  title: `Withdraw from ${application}?`,
  question: `${company} will not take part any more. If it has authorized the application, its tokens are destroyed at once.`,
  consequence: 'It can be enrolled again; then it has to opt in anew.',
  confirm: words.withdraw,
  cancel: words.cancel,
})

export const removal = (company: string): Question => ({
  title: `Remove ${company}?`,
  question: words.removeLead,
  confirm: words.remove,
  cancel: words.cancel,
})

export const typing = (company: string) => ({
  label: `To confirm, type the name: ${company}`,
  text: company,
  wrong: 'This is not the name of the company. Nothing has changed.',
})
