import { AuditEventEntity } from '../audit/audit-event.entity.js'
import type { TestApp } from './create-test-app.js'

export interface Recorded {
  id: string
  name: string
  result: string
  position: number | null
  person: string | null
  address: string | null
  apiClientId: string | null
  companyId: string | null
  applicationId: string | null
  requestId: string | null
  details: Record<string, unknown>
}

/** The trail as it is stored, oldest first, with what stands beside it. */
export async function recordedIn(world: TestApp): Promise<Recorded[]> {
  const { reader } = world.app.database
  const people: { id: string; signInName: string }[] = await reader.query(
    'SELECT a.id, u."signInName" FROM audit_actors a JOIN users u ON u.id = a."userId"',
  )
  const origins: { id: string; address: string }[] = await reader.query(
    'SELECT id, address FROM audit_origins',
  )
  const events = await reader.find(AuditEventEntity, { order: { at: 'ASC', id: 'ASC' } })
  return events.map(({ at: _at, actorId, originId, ...event }) => ({
    ...event,
    person: people.find(({ id }) => id === actorId)?.signInName ?? null,
    address: origins.find(({ id }) => id === originId)?.address ?? null,
  }))
}

/** What an attacker does who reached the database itself: the triggers are no obstacle to them. */
export async function tamper(world: TestApp, ...statements: string[]): Promise<void> {
  await world.app.database.inTransaction(async (manager) => {
    for (const [name, table] of [
      ['audit_events_never_change', 'audit_events'],
      ['audit_events_stay', 'audit_events'],
      ['audit_chain_never_changes', 'audit_chain'],
      ['audit_chain_stays', 'audit_chain'],
    ] as const)
      await manager.query(
        world.app.database.kind === 'postgres'
          ? `DROP TRIGGER IF EXISTS ${name} ON ${table}`
          : `DROP TRIGGER IF EXISTS ${name}`,
      )
    for (const each of statements) await manager.query(each)
  })
}
