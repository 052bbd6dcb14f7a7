import { IsNull } from 'typeorm'
import { AuditEventEntity } from '../audit/audit-event.entity.js'
import { AuditService } from '../audit/audit.service.js'
import type { ChainHead } from '../audit/chain-head.js'
import { verifyChain, type ChainFault, type Verified } from '../audit/verify-chain.js'
import { timeBefore } from '../db/columns.js'
import { openHashKey, SealedError } from '../installation.js'
import { createKeyedHash } from '../keyed-hash.js'
import { HandOutDigestService } from '../token-api/hand-out-digest.service.js'
import type { Finding } from './findings.js'
import type { OpenHub } from './open-hub.js'
import type { Terminal } from './terminal.js'

const waitsAtMostMs = 5 * 60_000

/** @throws {SealedError} the chain is under the hash key */
export function verifiedTrail(hub: OpenHub, { clock }: Terminal, notedHead?: ChainHead): Promise<Verified> {
  const { database } = hub
  const hashKey = Buffer.from(openHashKey(hub.installation, hub.sealer).reveal(), 'base64url')
  const digests = new HandOutDigestService({ database, clock, audit: new AuditService(clock) })
  const on = { hash: createKeyedHash(hashKey), digests, ...(notedHead && { notedHead }) }
  return verifyChain(database.reader, on)
}

export const faultLine = ({ position, what }: ChainFault): string => `place ${position}: ${what}`

export async function trailViolations(hub: OpenHub, terminal: Terminal): Promise<string[]> {
  try {
    const { fault } = await verifiedTrail(hub, terminal)
    return fault ? [faultLine(fault)] : []
  } catch (error) {
    if (!(error instanceof SealedError)) throw error
    return ['cannot be verified without the hash key of the installation']
  }
}

export async function trailFindings(hub: OpenHub, terminal: Terminal): Promise<Finding[]> {
  const { fault } = await verifiedTrail(hub, terminal)
  const long = timeBefore(new Date(terminal.clock().getTime() - waitsAtMostMs))
  const waiting = await hub.database.reader.countBy(AuditEventEntity, { position: IsNull(), at: long })
  const findings: Finding[] = [
    fault
      ? {
          kind: 'to do',
          text: 'The audit trail was tampered with. Keep a copy of the database, compare it with a backup, and find out who could write to it. The first bad record:',
          list: [faultLine(fault)],
        }
      : { kind: 'ok', text: 'The audit trail is whole.' },
  ]
  if (waiting > 0)
    findings.push({
      kind: 'note',
      text: `${waiting} records of the audit trail wait for their place in its chain. A running hub gives it within seconds.`,
    })
  return findings
}
