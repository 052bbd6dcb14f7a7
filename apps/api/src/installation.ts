import { Secret } from '@optin-hub/oauth-client'
import type { EntityManager } from 'typeorm'
import type { Clock } from './clock.js'
import { InstallationEntity } from './db/installation.entity.js'
import { isUniqueViolation, type Database } from './db/transaction.js'
import { StartError } from './errors.js'
import { createKeyedHash, type KeyedHash } from './keyed-hash.js'
import { SealError, type SealContext, type Sealer } from './seal.js'

interface Surroundings {
  upsEnvironment: string
  sealer: Sealer
  clock: Clock
  randomBytes: (size: number) => Buffer
}

/** The database belongs to another UPS environment: its tokens would be sent to the wrong host. */
export class WrongEnvironmentError extends StartError {}

/** None of the keys that were given opens this database. Everything in it is safe, and waits for its key (S-43). */
export class SealedError extends Error {
  constructor(neededKeyId: string | null, cause: SealError) {
    // The right id with other bytes: there is no id to look for.
    const needed = neededKeyId === null ? '' : `; it needs the key "${neededKeyId}"`
    super(
      `The vault is sealed: the keys that were given do not open this database${needed}. Nothing was changed and nothing is lost. Put the right key into VAULT_KEYS (without that setting: restore the file vault-keys in the data folder) and start again.`,
      { cause },
    )
    this.name = 'SealedError'
  }
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
 * Reads what this database belongs to, or writes it at the first start.
 *
 * @throws {WrongEnvironmentError | SealedError} before anything was written
 */
export async function openInstallation(database: Database, surroundings: Surroundings): Promise<KeyedHash> {
  const { upsEnvironment, sealer } = surroundings
  const row = (await findInstallation(database.reader)) ?? (await install(database, surroundings))
  expectEnvironment(row, upsEnvironment)
  return keyedHashOf(row, sealer)
}

/** @throws {SealedError} */
export const keyedHashOf = (row: InstallationEntity, sealer: Sealer): KeyedHash =>
  createKeyedHash(Buffer.from(openHashKey(row, sealer).reveal(), 'base64url'))

export const findInstallation = (manager: EntityManager): Promise<InstallationEntity | null> =>
  manager.findOneBy(InstallationEntity, { id: rowId })

async function install(database: Database, on: Surroundings): Promise<InstallationEntity> {
  try {
    return await database.inTransaction((manager) => write(manager, on))
  } catch (error) {
    // Another process has started for the first time at the same moment: its row counts.
    if (!isUniqueViolation(error)) throw error
    return database.reader.findOneByOrFail(InstallationEntity, { id: rowId })
  }
}

async function write(manager: EntityManager, on: Surroundings): Promise<InstallationEntity> {
  const existing = await findInstallation(manager)
  if (existing) return existing
  const hashKey = Secret.of(on.randomBytes(32).toString('base64url'))
  const fresh = manager.create(InstallationEntity, {
    id: rowId,
    upsEnvironment: on.upsEnvironment,
    hashKey: on.sealer.seal(hashKey, hashKeyContext),
    createdAt: on.clock(),
  })
  await manager.insert(InstallationEntity, fresh)
  return fresh
}

export function expectEnvironment(row: InstallationEntity, upsEnvironment: string): void {
  if (row.upsEnvironment === upsEnvironment) return
  throw new WrongEnvironmentError(
    `This database belongs to UPS_ENVIRONMENT=${row.upsEnvironment}. Set that, or give DATABASE_URL a database of its own for ${upsEnvironment}.`,
  )
}

/** The value that tells whether the keys are those of this database. @throws {SealedError} */
export function openHashKey(row: InstallationEntity, sealer: Sealer): Secret {
  try {
    return sealer.open(row.hashKey, hashKeyContext)
  } catch (error) {
    if (!(error instanceof SealError)) throw error
    throw new SealedError(error.reason === 'UNKNOWN_KEY' ? sealer.keyIdOf(row.hashKey) : null, error)
  }
}

/** Under the current key; answers whether there was anything to do. */
export async function resealHashKey(manager: EntityManager, sealer: Sealer): Promise<boolean> {
  const row = await findInstallation(manager)
  if (!row) return false
  const opened = openHashKey(row, sealer)
  if (sealer.keyIdOf(row.hashKey) === sealer.currentKeyId) return false
  const hashKey = sealer.seal(opened, hashKeyContext)
  const { affected } = await manager.update(
    InstallationEntity,
    { id: rowId, hashKey: row.hashKey },
    { hashKey },
  )
  return affected === 1
}
