import type { AuditEntry } from '../audit-trail/audit-entry.js'
import { csvLine } from './csv.js'

const columns = [
  'at',
  'event',
  'result',
  'person',
  'personId',
  'apiClient',
  'company',
  'companyId',
  'application',
  'address',
  'requestId',
  'details',
  'id',
] as const

const valuesOf = (entry: AuditEntry): Record<(typeof columns)[number], string | null> => ({
  at: entry.at.toISOString(),
  event: entry.name,
  result: entry.result,
  person: entry.actor?.displayName ?? null,
  personId: entry.actorId,
  apiClient: entry.apiClient?.name ?? null,
  company: entry.company?.name ?? null,
  companyId: entry.companyId,
  application: entry.applicationId,
  address: entry.address,
  requestId: entry.requestId,
  details: Object.keys(entry.details).length > 0 ? JSON.stringify(entry.details) : null,
  id: entry.id,
})

/** The file in pieces, a record each: whoever sends it on holds one at a time. */
export async function* auditCsv(entries: AsyncIterable<AuditEntry>): AsyncGenerator<string> {
  yield csvLine(columns)
  for await (const entry of entries) {
    const values = valuesOf(entry)
    yield csvLine(columns.map((column) => values[column]))
  }
}

/** As above; one array, a record on each line. */
export async function* auditJson(entries: AsyncIterable<AuditEntry>): AsyncGenerator<string> {
  let before = '[\n'
  for await (const entry of entries) {
    yield `${before}${JSON.stringify({ ...valuesOf(entry), details: entry.details })}`
    before = ',\n'
  }
  yield before === '[\n' ? '[]\n' : '\n]\n'
}
