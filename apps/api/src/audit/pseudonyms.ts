import type { EntityManager } from 'typeorm'
import { timeAfter, timeBefore } from '../db/columns.js'
import { newId } from '../db/new-id.js'
import { AuditActorEntity } from './audit-actor.entity.js'
import { AuditOriginEntity } from './audit-origin.entity.js'

const day = 24 * 3600_000
/** Somebody's row for an address serves for so long, so that a busy person costs a row a day. */
const originReusedForMs = day
/** Addresses are personal data: enough to look into an incident, not a diary. */
export const originKeptForMs = 180 * day

/** The pseudonym of a person, made when it is first needed. */
export async function pseudonymOf(manager: EntityManager, userId: string, now: Date): Promise<string> {
  const known = await manager.findOneBy(AuditActorEntity, { userId })
  if (known) return known.id
  // Two acts of a person at the same moment: the second waits here for the first, and finds its row.
  const fresh = manager.createQueryBuilder().insert().into(AuditActorEntity)
  await fresh
    .values({ id: newId(now), userId })
    .orIgnore()
    .execute()
  return (await manager.findOneByOrFail(AuditActorEntity, { userId })).id
}

export async function originOf(
  manager: EntityManager,
  from: { actorId: string | null; address: string },
  now: Date,
): Promise<string> {
  const { actorId, address } = from
  const since = timeAfter(new Date(now.getTime() - originReusedForMs))
  // What is known of nobody is not put together either: each such record has an address of its own.
  const known = actorId && (await manager.findOneBy(AuditOriginEntity, { actorId, address, at: since }))
  if (known) return known.id
  const id = newId(now)
  await manager.insert(AuditOriginEntity, { id, actorId, address, at: now })
  return id
}

export async function forgetOldOrigins(manager: EntityManager, now: Date): Promise<void> {
  await manager.delete(AuditOriginEntity, { at: timeBefore(new Date(now.getTime() - originKeptForMs)) })
}

/** From now on the trail tells what was done, and no longer by whom or from where. */
export async function forgetActor(manager: EntityManager, userId: string): Promise<void> {
  const known = await manager.findOneBy(AuditActorEntity, { userId })
  if (!known) return
  await manager.delete(AuditOriginEntity, { actorId: known.id })
  await manager.delete(AuditActorEntity, { id: known.id })
}
