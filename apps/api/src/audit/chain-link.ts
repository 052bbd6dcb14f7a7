import type { KeyedHash } from '../keyed-hash.js'
import type { AuditChainEntity } from './audit-chain.entity.js'
import type { AuditEventEntity } from './audit-event.entity.js'

/** What the first link follows. */
export const beforeTheFirst = ''

/** Under the installation's key: who can write to the database, but has no root key, cannot make a chain that fits (S-169). */
export function recordHashOf(hash: KeyedHash, event: AuditEventEntity): string {
  const { id, at, name, result, actorId, apiClientId, companyId, applicationId } = event
  const { originId, requestId, details } = event
  const what = [id, at.getTime(), name, result, actorId, apiClientId, companyId, applicationId]
  return hash('audit-record', JSON.stringify([...what, originId, requestId, details]))
}

export function linkHashOf(
  hash: KeyedHash,
  previousHash: string,
  link: Omit<AuditChainEntity, 'hash'>,
): string {
  const { position, eventId, at, retention, recordHash } = link
  return hash(
    'audit-chain',
    JSON.stringify([previousHash, position, eventId, at.getTime(), retention, recordHash]),
  )
}
