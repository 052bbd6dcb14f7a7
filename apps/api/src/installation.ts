import { Secret } from '@optin-hub/oauth-client'
import type { Clock } from './clock.js'
import { InstallationEntity } from './db/installation.entity.js'
import { isUniqueViolation, type Database } from './db/transaction.js'
import { StartError } from './errors.js'
import { createKeyedHash, type KeyedHash } from './keyed-hash.js'
import type { SealContext, Sealer } from './seal.js'

interface Surroundings {
  upsEnvironment: string
  sealer: Sealer
  clock: Clock
  randomBytes: (size: number) => Buffer
}

const rowId = 'this'
const hashKeyContext: SealContext = {
  table: 'installation',
  rowId,
  column: 'hashKey',
  companyId: null,
  application: null,
  generation: null,
}

/**
 * Reads what this database belongs to, or writes it at the first start. Refuses a database of another UPS
 * environment, since its tokens would be sent to the wrong host, and a root key that does not open it.
 */
export async function openInstallation(database: Database, surroundings: Surroundings): Promise<KeyedHash> {
  const row = await readOrWrite(database, surroundings)
  if (row.upsEnvironment !== surroundings.upsEnvironment) {
    throw new StartError(
      `This database belongs to UPS_ENVIRONMENT=${row.upsEnvironment}. Set that, or give DATABASE_URL a database of its own for ${surroundings.upsEnvironment}.`,
    )
  }
  const hashKey = openHashKey(row, surroundings.sealer)
  return createKeyedHash(Buffer.from(hashKey.reveal(), 'base64url'))
}

async function readOrWrite(database: Database, surroundings: Surroundings): Promise<InstallationEntity> {
  try {
    return await database.inTransaction(async (manager) => {
      const existing = await manager.findOneBy(InstallationEntity, { id: rowId })
      if (existing) return existing
      const hashKey = Secret.of(surroundings.randomBytes(32).toString('base64url'))
      const fresh = manager.create(InstallationEntity, {
        id: rowId,
        upsEnvironment: surroundings.upsEnvironment,
        hashKey: surroundings.sealer.seal(hashKey, hashKeyContext),
        createdAt: surroundings.clock(),
      })
      await manager.insert(InstallationEntity, fresh)
      return fresh
    })
  } catch (error) {
    // Another process has started for the first time at the same moment: its row counts.
    if (!isUniqueViolation(error)) throw error
    return database.reader.findOneByOrFail(InstallationEntity, { id: rowId })
  }
}

function openHashKey(row: InstallationEntity, sealer: Sealer): Secret {
  try {
    return sealer.open(row.hashKey, hashKeyContext)
  } catch (cause) {
    throw new StartError(
      'The keys of VAULT_KEYS do not open this database. Give the key that it was made with, or another database. Nothing was changed.',
      { cause },
    )
  }
}
