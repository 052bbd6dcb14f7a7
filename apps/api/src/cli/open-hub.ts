import { Cursors } from '../cursor.js'
import { readConfig, type Settings } from '../config.js'
import { openExistingDatabase } from '../db/data-source.js'
import type { InstallationEntity } from '../db/installation.entity.js'
import type { Database } from '../db/transaction.js'
import { expectEnvironment, findInstallation } from '../installation.js'
import { createSealer, type Sealer } from '../seal.js'
import type { SealingKey } from '../sealing-key.js'
import { readVaultKeyFile, vaultKeyFile } from '../stand-in-files.js'
import { VaultService } from '../vault/vault.service.js'
import { CliError, type Terminal } from './terminal.js'

export interface Keys {
  ring: readonly SealingKey[]
  sealer: Sealer
}

export interface OpenHub extends Keys {
  settings: Settings
  database: Database
  installation: InstallationEntity
  cursors: Cursors
  vault: VaultService
}

/** Settings, keys and database as the hub would use them; unlike its start, this generates, migrates and writes nothing. */
export async function withHub<T>(terminal: Terminal, work: (hub: OpenHub) => Promise<T>): Promise<T> {
  const settings = readConfig(terminal.env, { root: terminal.root })
  const keys = readKeys(settings)
  const database = await openExistingDatabase(settings.database)
  try {
    const installation = await expectInstallation(database, settings)
    const cursors = new Cursors(noHash)
    const vault = new VaultService(database, keys.sealer, cursors)
    return await work({ ...keys, settings, database, installation, cursors, vault })
  } finally {
    await database.close()
  }
}

export function readKeys(settings: Settings): Keys {
  const ring = settings.vaultKeys ?? readVaultKeyFile(settings.dataDir)
  if (ring) return { ring, sealer: createSealer(ring) }
  throw new CliError(
    `There are no keys: VAULT_KEYS is not set, and ${vaultKeyFile(settings.dataDir)} is missing. Restore that file from a copy if the hub has run here before; otherwise start the hub once.`,
  )
}

export async function expectInstallation(
  database: Database,
  settings: Settings,
): Promise<InstallationEntity> {
  const installation = await findInstallation(database.reader)
  if (!installation) throw new CliError('Nothing was ever stored in this database. Start the hub once.')
  expectEnvironment(installation, settings.ups.environment)
  return installation
}

/** Cursors are for browsers; a command that came to need one must open the hash key first. */
function noHash(): never {
  throw new Error('commands have no hash key')
}
