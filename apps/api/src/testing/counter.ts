import { InstallationEntity } from '../db/installation.entity.js'
import type { Database } from '../db/transaction.js'
import type { Sealed } from '../seal.js'

/** A number that transactions read and write back: a lost update or a half-done one shows in it. */
export async function counter(database: Database) {
  const name = 'counter'
  const zero = { id: name, upsEnvironment: '0', hashKey: '' as Sealed, createdAt: new Date(0) }
  await database.inTransaction((manager) => manager.insert(InstallationEntity, zero))
  return {
    name,
    value: async () =>
      Number((await database.reader.findOneByOrFail(InstallationEntity, { id: name })).upsEnvironment),
  }
}

/** Other work of the process gets its turns. */
export async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve))
}
