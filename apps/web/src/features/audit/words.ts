import type { AuditResult } from '../../graphql/generated/graphql'

export const words = {
  title: 'Audit trail',
  lead: 'Who did what, when and from where. Times are in UTC.',
  filters: 'Narrow the list',
  company: 'Company',
  application: 'Application',
  event: 'What',
  result: 'Result',
  from: 'From day',
  to: 'To day',
  any: 'Any',
  clear: 'Show everything',
  onlyOf: (name: string) => `Only what ${name} did.`,
  csv: 'Download as CSV',
  json: 'Download as JSON',
  caption: 'Records',
  columns: {
    at: 'When',
    what: 'What',
    who: 'Who',
    where: 'Company and application',
    from: 'From where',
  },
  hub: 'The hub itself',
  erased: 'Erased person',
  nobody: 'Nobody known',
  apiClient: (name: string) => `API client ${name}`,
  removedClient: 'An API client that is gone',
  request: (id: string) => `Request ${id}`,
  onlyThisPerson: (name: string) => `Show only what ${name} did`,
  none: 'Nothing was recorded that fits.',
  loading: 'Loading the audit trail…',
  count: (count: number) =>
    count >= 10_000 ? 'More than 10,000 records' : count === 1 ? '1 record' : `${count} records`,
  older: 'Older records',
  newest: 'Back to the newest',
}

export const resultWords: Record<AuditResult, string> = {
  DONE: 'Done',
  REFUSED: 'Refused',
  FAILED: 'Failed',
}
