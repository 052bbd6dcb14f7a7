import type { AuditDetails, AuditEventEntity } from './audit-event.entity.js'
import { retentionMs, type RetentionClass } from './audit-events.js'
import type { ChainHead } from './chain-head.js'

/** What a checkpoint of the trail says: which records are gone because their time was over, and where the chain begins since. */
export interface SweepRecord {
  retention: RetentionClass
  before: Date
  /** The last link that was removed with all before it. */
  base: ChainHead | null
}

export function sweepDetails({ retention, before, base }: SweepRecord, count: number): AuditDetails {
  return {
    retention,
    before: before.toISOString(),
    count,
    ...(base && { basePosition: base.position, baseHash: base.hash }),
  }
}

/** Null where it would excuse more than retention does: no sweep of ours has written that. */
export function sweepRecordOf({ at, details }: AuditEventEntity): SweepRecord | null {
  const retention = details.retention as RetentionClass
  const before = new Date(String(details.before))
  if (!Object.hasOwn(retentionMs, retention)) return null
  if (!(before.getTime() <= at.getTime() - retentionMs[retention])) return null
  const base =
    details.baseHash === undefined
      ? null
      : { position: Number(details.basePosition), hash: String(details.baseHash) }
  return { retention, before, base }
}
