import type { EntityManager, ObjectLiteral, SelectQueryBuilder } from 'typeorm'
import { AuditEventEntity } from '../audit/audit-event.entity.js'
import { AuthorizationEntity } from '../authorization/authorization.entity.js'
import { oneOf } from '../db/one-of.js'
import { TokenSetEntity } from '../vault/token-set.entity.js'
import {
  changesOfState,
  comingDays,
  dayMs,
  hourMs,
  startOf,
  type Change,
  type CountedStatus,
  type Enrolment,
} from './figure-policy.js'

/** Counted by the moment that a bucket begins with. */
export type Buckets = Map<number, number>

/** null: of the whole installation. */
type Of = readonly string[] | null

export interface Renewals {
  renewed: Buckets
  failed: Buckets
}

export async function renewalsSince(manager: EntityManager, of: Of, since: Date): Promise<Renewals> {
  const query = manager
    .createQueryBuilder(AuditEventEntity, 'event')
    .select(bucketOf('event.at', hourMs), 'bucket')
    .addSelect('event.name', 'name')
    .addSelect('COUNT(*)', 'count')
    .where('event.name IN (:...names)', { names: Object.keys(cameOf) })
    .andWhere('event.at >= :since', { since: since.getTime() })
    .groupBy('bucket')
    .addGroupBy('event.name')
  const rows = await only(query, 'event', of).getRawMany<{ bucket: string; name: string; count: string }>()
  const renewals: Renewals = { renewed: new Map(), failed: new Map() }
  for (const { bucket, name, count } of rows) {
    const buckets = renewals[cameOf[name] ?? 'failed']
    const at = Number(bucket) * hourMs
    buckets.set(at, (buckets.get(at) ?? 0) + Number(count))
  }
  return renewals
}

const cameOf: Readonly<Record<string, keyof Renewals>> = {
  'authorization.refreshed': 'renewed',
  'authorization.recovered': 'renewed',
  'authorization.refresh_failed': 'failed',
  'authorization.invalidated': 'failed',
}

export async function runningOutFrom(manager: EntityManager, of: Of, now: Date): Promise<Buckets> {
  const from = startOf(now, dayMs)
  const query = manager
    .createQueryBuilder(TokenSetEntity, 'pair')
    .innerJoin(AuthorizationEntity, 'standing', 'standing.id = pair.authorizationId')
    .select(bucketOf('pair.refreshExpiresAt', dayMs), 'bucket')
    .addSelect('COUNT(*)', 'count')
    .where('pair.refreshExpiresAt >= :from AND pair.refreshExpiresAt < :until', {
      from,
      until: from + comingDays(now).length * dayMs,
    })
    .andWhere(`standing.status = 'AUTHORIZED' AND standing.withdrawnAt IS NULL`)
    .groupBy('bucket')
  const rows = await only(query, 'standing', of).getRawMany<{ bucket: string; count: string }>()
  return new Map(rows.map(({ bucket, count }) => [Number(bucket) * dayMs, Number(count)]))
}

export async function statesNow(manager: EntityManager): Promise<Map<CountedStatus, number>> {
  const rows = await manager
    .createQueryBuilder(AuthorizationEntity, 'one')
    .select('one.status', 'status')
    .addSelect('COUNT(*)', 'count')
    .where('one.withdrawnAt IS NULL')
    .groupBy('one.status')
    .getRawMany<{ status: CountedStatus; count: string }>()
  return new Map(rows.map(({ status, count }) => [status, Number(count)]))
}

const keyOf = (one: { companyId: string | null; applicationId: string | null }): string =>
  `${one.companyId} ${one.applicationId}`

export async function enrolmentsOf(
  manager: EntityManager,
  companyIds: readonly string[],
): Promise<Enrolment[]> {
  const query = manager.createQueryBuilder(AuthorizationEntity, 'one')
  const rows = await only(query, 'one', companyIds).getMany()
  return rows.map((row) => ({
    key: keyOf(row),
    enrolledAt: row.createdAt.getTime(),
    status: row.withdrawnAt ? null : row.status,
  }))
}

/** In the words of the index that holds these and not the renewals among them. */
const isChange = `event.name IN (${changesOfState.map((name) => `'${name}'`).join(', ')})`

export async function changesOf(manager: EntityManager, companyIds: readonly string[]): Promise<Change[]> {
  const query = manager
    .createQueryBuilder(AuditEventEntity, 'event')
    .where(isChange)
    .orderBy('event.at')
    .addOrderBy('event.id')
  const rows = await only(query, 'event', companyIds).getMany()
  return rows.map((row) => ({ key: keyOf(row), at: row.at.getTime(), name: row.name }))
}

function only<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  alias: string,
  of: Of,
): SelectQueryBuilder<T> {
  if (of === null) return query
  const own = oneOf(query.connection, `${alias}.companyId`, { own: of })
  return query.andWhere(own.condition, own.parameters)
}

/** Whole numbers divide to whole numbers on both databases. */
const bucketOf = (column: string, stepMs: number): string => `${column} / ${stepMs}`
