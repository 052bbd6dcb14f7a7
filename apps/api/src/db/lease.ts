import { Between, type EntityManager } from 'typeorm'
import { LeaseEntity } from './lease.entity.js'
import { newId } from './new-id.js'
import type { Database } from './transaction.js'

interface Turn {
  name: string
  now: Date
  ms: number
}

interface Lease extends Turn {
  /** This process; it renews what it holds already. */
  owner: string
}

/**
 * Whether the work is ours from now on, for `ms`. What is written in the same transaction is written by the holder alone:
 * the row stays locked until it ends.
 */
export async function takeLease(manager: EntityManager, { name, owner, now, ms }: Lease): Promise<boolean> {
  const until = new Date(now.getTime() + ms)
  const fresh = manager.createQueryBuilder().insert().into(LeaseEntity)
  await fresh.values({ name, owner: '', until: now }).orIgnore().execute()
  const { affected } = await manager
    .createQueryBuilder()
    .update(LeaseEntity)
    .set({ owner, until })
    // The last is one that a clock which was wrong has left behind.
    .where('name = :name AND (owner = :owner OR until <= :now OR until > :latest)', {
      name,
      owner,
      now: now.getTime(),
      latest: until.getTime(),
    })
    .execute()
  return affected === 1
}

/** A lease that is never renewed: whether the work that one process should do once in `ms` is ours this time. */
export async function takeTurn(database: Database, { name, now, ms }: Turn): Promise<boolean> {
  const still = Between(now.getTime() + 1, now.getTime() + ms) as unknown as Date
  if (await database.reader.existsBy(LeaseEntity, { name, until: still })) return false
  return database.inTransaction((manager) => takeLease(manager, { name, owner: newId(now), now, ms }))
}
