import type { AuditEntry } from '../audit-trail/audit-entry.js'
import { csvFile, jsonFile, mapped, type FileFormat } from './file-formats.js'
import type { TokenGeneration } from './history.service.js'

const authorizationColumns = [
  'at',
  'application',
  'event',
  'result',
  'person',
  'apiClient',
  'reason',
  'generation',
  'requestId',
] as const

const tokenColumns = [
  'application',
  'generation',
  'cause',
  'issuedAt',
  'expiresAt',
  'refreshIssuedAt',
  'refreshExpiresAt',
  'supersededAt',
] as const

type Values<Columns extends readonly string[]> = Record<Columns[number], string | null>

const text = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : null

const authorizationValues = (entry: AuditEntry): Values<typeof authorizationColumns> => ({
  at: entry.at.toISOString(),
  application: entry.applicationId,
  event: entry.name,
  result: entry.result,
  person: entry.actor?.displayName ?? null,
  apiClient: entry.apiClient?.name ?? null,
  reason: text(entry.details['reason'] ?? entry.details['outcome']),
  generation: text(entry.details['generation']),
  requestId: entry.requestId,
})

const tokenValues = ({ applicationId, ...times }: TokenGeneration): Values<typeof tokenColumns> => ({
  application: applicationId,
  generation: String(times.generation),
  cause: times.cause,
  issuedAt: times.issuedAt.toISOString(),
  expiresAt: times.expiresAt.toISOString(),
  refreshIssuedAt: times.refreshIssuedAt.toISOString(),
  refreshExpiresAt: times.refreshExpiresAt.toISOString(),
  supersededAt: times.supersededAt?.toISOString() ?? null,
})

export function authorizationFile(
  entries: AsyncIterable<AuditEntry>,
  format: FileFormat,
): AsyncGenerator<string> {
  const rows = mapped(entries, authorizationValues)
  return format === 'csv' ? csvFile(authorizationColumns, rows) : jsonFile(rows)
}

export function tokenFile(
  generations: AsyncIterable<TokenGeneration>,
  format: FileFormat,
): AsyncGenerator<string> {
  const rows = mapped(generations, tokenValues)
  return format === 'csv' ? csvFile(tokenColumns, rows) : jsonFile(rows)
}
