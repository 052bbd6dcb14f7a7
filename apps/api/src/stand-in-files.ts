import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { Secret } from '@optin-hub/oauth-client'
import { applicationIds, applications, type ApplicationId } from './application/applications.js'
import type { ApplicationCredentials, Config, Settings } from './config.js'
import { parseSealingKeys, type SealingKey } from './sealing-key.js'
import { ConfigError } from './settings-reader.js'

type Random = (size: number) => Uint8Array

/** What the stand-in is told about one application; its file holds a list of these. */
interface StandInApplication {
  readonly id: ApplicationId
  readonly name: string
  readonly clientId: string
  readonly clientSecret: string | readonly string[]
  readonly redirectUri: string
}

export const standInFile = (dataDir: string): string => join(dataDir, 'stand-in.json')
export const vaultKeyFile = (dataDir: string): string => join(dataDir, 'vault-keys')

/**
 * Completes the settings. In stand-in mode, what was not set is generated once and kept in the data folder; what
 * was set wins, and is written down as well, because the stand-in must know it. Elsewhere nothing is generated.
 *
 * @throws {ConfigError} when a file of an earlier start cannot be understood. It is never replaced: values in the
 * database, and grants at the stand-in, may depend on it.
 */
export function prepareStandInFiles(settings: Settings, random: Random): Config {
  const { dataDir, ups } = settings
  if (ups.environment !== 'stand-in') {
    if (!isComplete(settings))
      throw new Error('settings of a real environment have no gaps once they were read')
    return settings
  }
  makePrivateFolder(dataDir)
  const vaultKeys = settings.vaultKeys ?? keptVaultKeys(dataDir, random)
  const credentials = keptCredentials(settings, random)
  return Object.freeze({ ...settings, vaultKeys, ups: Object.freeze({ ...ups, applications: credentials }) })
}

function isComplete(settings: Settings): settings is Config {
  const credentials = Object.values(settings.ups.applications)
  return (
    settings.vaultKeys !== null &&
    credentials.every((one) => one.clientId !== null && one.clientSecrets !== null)
  )
}

function makePrivateFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    accessSync(dataDir, constants.W_OK)
  } catch {
    // Whatever the reason, what there is to do is the same.
    throw new ConfigError([
      { setting: 'DATA_DIR', expected: `expected a folder that can be written: ${dataDir}` },
    ])
  }
}

function keptVaultKeys(dataDir: string, random: Random): readonly SealingKey[] {
  const kept = readVaultKeyFile(dataDir)
  if (kept !== null) return kept
  const path = vaultKeyFile(dataDir)
  // The random id tells a lost key from a damaged value: what a lost key sealed names an id that is not there.
  const text = `g-${hex(random(4))}:${Buffer.from(random(32)).toString('base64')}\n`
  // Two first starts at once: the second finds the file of the first, and must seal with that.
  return createPrivate(path, text) ? parseKeyFile(path, text) : keptVaultKeys(dataDir, random)
}

/** The keys that an earlier start has generated, or null where there was none. */
export function readVaultKeyFile(dataDir: string): readonly SealingKey[] | null {
  const path = vaultKeyFile(dataDir)
  const text = readPrivate(path)
  return text === null ? null : parseKeyFile(path, text)
}

function parseKeyFile(path: string, text: string): readonly SealingKey[] {
  const { keys, faults } = parseSealingKeys(text.trim())
  if (faults.length === 0) return keys
  throw new ConfigError(
    faults.map((fault) => ({ setting: path, expected: `${fault}; restore it from a copy` })),
  )
}

function keptCredentials(settings: Settings, random: Random): Config['ups']['applications'] {
  const path = standInFile(settings.dataDir)
  const text = readPrivate(path)
  const kept = text === null ? [] : parseStandInFile(path, text)
  const entries = applicationIds.map((id): [ApplicationId, ApplicationCredentials] => {
    const set = settings.ups.applications[id]
    const earlier = kept.find((application) => application.id === id)
    const clientId = set.clientId ?? earlier?.clientId ?? token(random)
    const secrets = earlier ? [earlier.clientSecret].flat() : [token(random)]
    const clientSecrets = set.clientSecrets ?? secrets.map((secret) => Secret.of(secret))
    return [id, Object.freeze({ clientId, clientSecrets: Object.freeze(clientSecrets), pkce: set.pkce })]
  })
  const credentials = Object.freeze(Object.fromEntries(entries) as Config['ups']['applications'])
  const wanted = standInFileText(settings.publicUrl, credentials)
  // As with the keys: of two first starts at once, the later one must use what the earlier one wrote.
  if (text === null && !createPrivate(path, wanted)) return keptCredentials(settings, random)
  if (text !== null && text !== wanted) replacePrivate(path, wanted)
  return credentials
}

function standInFileText(publicUrl: URL, credentials: Config['ups']['applications']): string {
  const list = applications.map(({ id, slug, name }): StandInApplication => {
    const { clientId, clientSecrets } = credentials[id]
    const redirectUri = new URL(`/oauth/callback/${slug}`, publicUrl).href
    return { id, name, clientId, clientSecret: clientSecrets.map((secret) => secret.reveal()), redirectUri }
  })
  return `${JSON.stringify({ applications: list }, null, 2)}\n`
}

function parseStandInFile(path: string, text: string): StandInApplication[] {
  const isText = (value: unknown): boolean => typeof value === 'string' && value !== ''
  const isApplication = (one: Partial<StandInApplication> | null): boolean =>
    isText(one?.id) &&
    isText(one?.clientId) &&
    [one?.clientSecret ?? []].flat().length > 0 &&
    [one?.clientSecret].flat().every(isText)
  try {
    const list = (JSON.parse(text) as { applications: StandInApplication[] }).applications
    if (list.every(isApplication)) return list
  } catch {
    // Falls through: the parser's own message would quote the file, and with it a secret.
  }
  const expected =
    'expected the file of an earlier start; delete it to have new client ids and secrets generated'
  throw new ConfigError([{ setting: path, expected }])
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const token = (random: Random): string => Buffer.from(random(32)).toString('base64url')

const has = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code

function readPrivate(path: string): string | null {
  try {
    const text = readFileSync(path, 'utf8')
    chmodSync(path, 0o600)
    return text
  } catch (error) {
    if (has(error, 'ENOENT')) return null
    throw error
  }
}

/** @returns false when somebody else has created it meanwhile */
function createPrivate(path: string, text: string): boolean {
  try {
    writePrivate(path, text, 'wx')
    return true
  } catch (error) {
    if (has(error, 'EEXIST')) return false
    throw error
  }
}

function replacePrivate(path: string, text: string): void {
  const temporary = `${path}.${process.pid}.tmp`
  writePrivate(temporary, text, 'w')
  renameSync(temporary, path)
}

/** Synced, because what is sealed under a key must not be more durable than the key. */
function writePrivate(path: string, text: string, flag: 'w' | 'wx'): void {
  const file = openSync(path, flag, 0o600)
  try {
    writeFileSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
