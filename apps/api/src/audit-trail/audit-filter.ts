import type { SelectQueryBuilder } from 'typeorm'
import type { ApplicationId } from '../application/applications.js'
import type { AuditEventEntity } from '../audit/audit-event.entity.js'
import type { AuditEventName, AuditResult } from '../audit/audit-events.js'
import type { PageRequest } from '../connection.js'

/** What is looked for; whatever is left out does not matter. */
export interface AuditFilter {
  companyId?: string | null
  application?: ApplicationId | null
  actorId?: string | null
  names?: readonly AuditEventName[] | null
  result?: AuditResult | null
  from?: Date | null
  to?: Date | null
}

export interface AuditSearch extends PageRequest {
  filter: AuditFilter
}

/** Where a page goes on: the last record of the one before. */
export interface AuditPlace {
  at: number
  id: string
}

type Query = SelectQueryBuilder<AuditEventEntity>

export function narrow(query: Query, filter: AuditFilter, after: AuditPlace | null): Query {
  const { companyId, application, actorId, names, result, from, to } = filter
  if (companyId) query.andWhere('event.companyId = :companyId', { companyId })
  if (application) query.andWhere('event.applicationId = :application', { application })
  if (actorId) query.andWhere('event.actorId = :actorId', { actorId })
  if (names && names.length > 0) query.andWhere('event.name IN (:...names)', { names })
  if (result) query.andWhere('event.result = :result', { result })
  if (from) query.andWhere('event.at >= :from', { from: from.getTime() })
  if (to) query.andWhere('event.at < :to', { to: to.getTime() })
  // The first half says nothing new, but is what an index can begin at.
  if (after) query.andWhere('event.at <= :at AND (event.at < :at OR event.id < :id)', { ...after })
  return query
}
