import { In, type EntityManager } from 'typeorm'
import { ApiClientEntity } from '../api-client/api-client.entity.js'
import { AuditActorEntity } from '../audit/audit-actor.entity.js'
import type { AuditEventEntity } from '../audit/audit-event.entity.js'
import { AuditOriginEntity } from '../audit/audit-origin.entity.js'
import { CompanyEntity } from '../company/company.entity.js'
import { UserEntity } from '../user/user.entity.js'

interface Named {
  id: string
  name: string
}

/** A record with what its ids stand for today. */
export interface AuditEntry extends AuditEventEntity {
  /** Null where the hub itself acted, or an API client, or nobody known; the name is null once the person was erased. */
  actor: { id: string; displayName: string | null } | null
  apiClient: Named | null
  company: Named | null
  address: string | null
}

/** As many statements for a page as for one record. */
export async function completed(reader: EntityManager, events: AuditEventEntity[]): Promise<AuditEntry[]> {
  if (events.length === 0) return []
  const [people, companies, apiClients, origins] = await Promise.all([
    namesOf(reader, idsOf(events, 'actorId')),
    reader.findBy(CompanyEntity, { id: In(idsOf(events, 'companyId')) }),
    reader.findBy(ApiClientEntity, { id: In(idsOf(events, 'apiClientId')) }),
    reader.findBy(AuditOriginEntity, { id: In(idsOf(events, 'originId')) }),
  ])
  const named = (from: readonly Named[], id: string | null): Named | null => {
    const found = from.find((each) => each.id === id)
    return found ? { id: found.id, name: found.name } : null
  }
  return events.map((event) => ({
    ...event,
    actor: event.actorId ? { id: event.actorId, displayName: people.get(event.actorId) ?? null } : null,
    apiClient: named(apiClients, event.apiClientId),
    company: named(companies, event.companyId),
    address: origins.find(({ id }) => id === event.originId)?.address ?? null,
  }))
}

async function namesOf(reader: EntityManager, actorIds: string[]): Promise<Map<string, string>> {
  const rows = await reader
    .createQueryBuilder(AuditActorEntity, 'actor')
    .innerJoin(UserEntity, 'person', 'person.id = actor.userId')
    .select(['actor.id AS id', 'person.displayName AS name'])
    .where('actor.id IN (:...actorIds)', { actorIds: [...actorIds, ''] })
    .getRawMany<Named>()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

type Reference = 'actorId' | 'companyId' | 'apiClientId' | 'originId'

const idsOf = (events: readonly AuditEventEntity[], column: Reference): string[] => [
  ...new Set(events.map((event) => event[column]).filter((id) => id !== null)),
]
