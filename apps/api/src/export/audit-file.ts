import type { AuditEntry } from '../audit-trail/audit-entry.js'
import { csvFile, jsonFile, mapped } from './file-formats.js'

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

export const auditCsv = (entries: AsyncIterable<AuditEntry>): AsyncGenerator<string> =>
  csvFile(columns, mapped(entries, valuesOf))

export const auditJson = (entries: AsyncIterable<AuditEntry>): AsyncGenerator<string> =>
  jsonFile(mapped(entries, (entry) => ({ ...valuesOf(entry), details: entry.details })))
