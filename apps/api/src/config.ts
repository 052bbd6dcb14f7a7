import { existsSync, readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { Secret } from '@optin-hub/oauth-client'
import { applicationIds, type ApplicationId } from './application/applications.js'
import { parseSealingKeys, sealingKeyFormat, type SealingKey } from './sealing-key.js'
import { readHost, readMetricsToken } from './reach-settings.js'
import { ConfigError, isLoopback, SettingsReader, type Environment } from './settings-reader.js'

const environments = ['stand-in', 'cie', 'production'] as const
const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const
const pkceModes = ['off', 'public'] as const

type UpsEnvironment = (typeof environments)[number]

export interface ApplicationCredentials {
  readonly clientId: string
  /** The first is current, the others are still accepted by UPS while the secret is being changed. */
  readonly clientSecrets: readonly Secret[]
  readonly pkce: (typeof pkceModes)[number]
}

type Database =
  { readonly kind: 'sqlite'; readonly path: string } | { readonly kind: 'postgres'; readonly url: Secret }

interface Settled {
  readonly host: string
  readonly port: number
  readonly publicUrl: URL
  readonly dataDir: string
  readonly database: Database
  readonly trustedProxies: readonly string[]
  /** null: letters become files in the data folder. */
  readonly mail: { readonly url: Secret; readonly from: string } | null
  readonly logLevel: (typeof logLevels)[number]
  /** null: there are no metrics. */
  readonly metricsToken: Secret | null
  /** Requests in ten seconds: of one API client, and about one company. */
  readonly apiLimits: { readonly client: number; readonly company: number }
}

interface Ups<Application> {
  readonly environment: UpsEnvironment
  readonly baseUrl: URL
  /** null: no stand-in is started. */
  readonly standInPort: number | null
  readonly applications: Readonly<Record<ApplicationId, Application>>
}

export interface Config extends Settled {
  readonly ups: Ups<ApplicationCredentials>
  readonly vaultKeys: readonly SealingKey[]
}

type OrNull<T> = { readonly [K in keyof T]: T[K] | null }

type ApplicationSettings = OrNull<Omit<ApplicationCredentials, 'pkce'>> & Pick<ApplicationCredentials, 'pkce'>

/** What was set. The nulls exist in stand-in mode only, where `stand-in-files.ts` generates what is missing. */
export interface Settings extends Settled {
  readonly ups: Ups<ApplicationSettings>
  readonly vaultKeys: readonly SealingKey[] | null
}

/** Every variable that is read. The README's table and `.env.example` are checked against it. */
export const settingNames: readonly string[] = [
  ...[
    'HOST',
    'PORT',
    'PUBLIC_URL',
    'DATA_DIR',
    'DATABASE_URL',
    'UPS_ENVIRONMENT',
    'UPS_BASE_URL',
    'STAND_IN_PORT',
    'STAND_IN_EXPOSED',
  ],
  ...applicationIds.flatMap((id) =>
    ['CLIENT_ID', 'CLIENT_SECRET', 'PKCE'].map((name) => `UPS_${id}_${name}`),
  ),
  ...[
    'VAULT_KEYS',
    'SMTP_URL',
    'MAIL_FROM',
    'TRUSTED_PROXIES',
    'LOG_LEVEL',
    'METRICS_TOKEN',
    'API_CLIENT_LIMIT',
    'API_COMPANY_LIMIT',
  ],
]

/** Close enough to ours to be a misspelt one. `VAULT_` alone belongs to another product, which may well be installed. */
const looksLikeOurs = /^(UPS_|STAND_IN_|VAULT_KEY|TRUSTED_PROX|METRICS_TOK|API_(CLIENT|COMPANY)_)/

const hosts = { cie: 'https://wwwcie.ups.com', production: 'https://onlinetools.ups.com' }

/** The process's own variables, on top of the `.env` at the root of the repository. */
export function environmentAt(root: string): Environment {
  const file = join(root, '.env')
  return { ...(existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {}), ...process.env }
}

/** @throws {ConfigError} naming every fault at once */
export function readConfig(environment: Environment, { root }: { root: string }): Settings {
  const reader = new SettingsReader(environment)
  const ups = readUps(reader)
  const port = reader.port('PORT', { fallback: 4000, lowest: 1 })
  if (ups.standInPort === port) reader.fault('STAND_IN_PORT', 'expected another port than that of PORT')
  const dataDir = resolve(root, reader.text('DATA_DIR') ?? '.data')
  const settings: Settings = {
    host: readHost(reader, ups.environment),
    port,
    publicUrl: readPublicUrl(reader, ups.environment, port),
    dataDir,
    database: readDatabase(reader, root, dataDir),
    ups,
    vaultKeys: readVaultKeys(reader, ups.environment),
    trustedProxies: readTrustedProxies(reader),
    mail: readMail(reader),
    logLevel: reader.oneOf('LOG_LEVEL', logLevels, 'info'),
    metricsToken: readMetricsToken(reader),
    apiLimits: {
      client: reader.count('API_CLIENT_LIMIT', 2000),
      company: reader.count('API_COMPANY_LIMIT', 4000),
    },
  }
  refuseWhatMustNotBeSet(reader, environment)
  if (reader.faults.length > 0) throw new ConfigError(reader.faults)
  return deepFreeze(settings)
}

function readUps(reader: SettingsReader): Settings['ups'] {
  const environment = reader.oneOf('UPS_ENVIRONMENT', environments, 'stand-in')
  const port = reader.port('STAND_IN_PORT', { fallback: environment === 'stand-in' ? 4010 : 0, lowest: 0 })
  if (environment !== 'stand-in' && port !== 0)
    reader.fault('STAND_IN_PORT', `expected to be left out, since UPS_ENVIRONMENT is ${environment}`)
  return {
    environment,
    baseUrl: readBaseUrl(reader, environment, port),
    standInPort: port === 0 ? null : port,
    applications: readApplications(reader, environment),
  }
}

function readBaseUrl(reader: SettingsReader, environment: UpsEnvironment, standInPort: number): URL {
  const name = 'UPS_BASE_URL'
  const fallback = environment === 'stand-in' ? `http://127.0.0.1:${standInPort}` : hosts[environment]
  const url = reader.origin(name, fallback)
  if (environment === 'stand-in') {
    if (standInPort === 0 && reader.text(name) === null)
      reader.fault(name, 'expected the address of your own stand-in, since STAND_IN_PORT is 0')
    if (!isLoopback(url)) reader.fault(name, 'expected a loopback address, since UPS_ENVIRONMENT is stand-in')
    return url
  }
  const other = environment === 'cie' ? hosts.production : hosts.cie
  if (url.hostname === new URL(other).hostname)
    reader.fault(name, `expected a host of UPS_ENVIRONMENT ${environment}, not the other environment's`)
  if (url.protocol !== 'https:' && !isLoopback(url)) reader.fault(name, 'expected https')
  return url
}

function readApplications(
  reader: SettingsReader,
  environment: UpsEnvironment,
): Settings['ups']['applications'] {
  const read = applicationIds.map((id) => {
    const names = { id: `UPS_${id}_CLIENT_ID`, secret: `UPS_${id}_CLIENT_SECRET` }
    const clientId = reader.text(names.id)
    const secrets = reader.list(names.secret)
    if (environment !== 'stand-in') {
      if (clientId === null) reader.fault(names.id, 'required: the client id of this application at UPS')
      if (secrets === null)
        reader.fault(names.secret, 'required: the client secret of this application at UPS')
    }
    // The pair travels as "id:secret" in Basic authentication (RFC 7617 section 2).
    if (clientId !== null && !/^[!-9;-~]+$/.test(clientId))
      reader.fault(names.id, 'expected printable ASCII without blanks and colons')
    if (secrets?.some((secret, index) => !/^[!-~]+$/.test(secret) || secrets.indexOf(secret) !== index))
      reader.fault(
        names.secret,
        'expected different secrets of printable ASCII, separated by commas, current first',
      )
    const clientSecrets =
      secrets?.filter((secret) => secret !== '').map((secret) => Secret.of(secret)) ?? null
    return [id, { clientId, clientSecrets, pkce: reader.oneOf(`UPS_${id}_PKCE`, pkceModes, 'off') }] as const
  })
  for (const [index, [id, { clientId }]] of read.entries()) {
    const twin = read
      .slice(0, index)
      .find(([, earlier]) => clientId !== null && earlier.clientId === clientId)
    // With one client id for two applications, UPS could not tell whose consent it asks for.
    if (twin)
      reader.fault(`UPS_${id}_CLIENT_ID`, `expected another client id than that of UPS_${twin[0]}_CLIENT_ID`)
  }
  return Object.fromEntries(read) as Record<ApplicationId, ApplicationSettings>
}

function readPublicUrl(reader: SettingsReader, environment: UpsEnvironment, port: number): URL {
  const url = reader.origin('PUBLIC_URL', `http://localhost:${port}`)
  const isClear = url.protocol !== 'https:'
  if (environment === 'production' && isClear)
    reader.fault('PUBLIC_URL', 'expected https, since this is production')
  if (environment === 'cie' && isClear && !isLoopback(url))
    reader.fault('PUBLIC_URL', 'expected https, or http on localhost')
  return url
}

function readDatabase(reader: SettingsReader, root: string, dataDir: string): Database {
  const text = reader.text('DATABASE_URL')
  if (text === null) return { kind: 'sqlite', path: join(dataDir, 'hub.db') }
  if (/^postgres(ql)?:\/\//.test(text) && URL.canParse(text))
    return { kind: 'postgres', url: Secret.of(text) }
  const path = /^sqlite:(?!\/\/)(.+)$/.exec(text)?.[1]
  // Reader and writer are two connections: in memory, each would have a database of its own.
  if (path && !path.startsWith(':')) return { kind: 'sqlite', path: resolve(root, path) }
  reader.fault('DATABASE_URL', 'expected sqlite:<path of a file> or postgres://…')
  return { kind: 'sqlite', path: join(dataDir, 'hub.db') }
}

function readVaultKeys(reader: SettingsReader, environment: UpsEnvironment): Settings['vaultKeys'] {
  const text = reader.text('VAULT_KEYS')
  if (text === null) {
    if (environment !== 'stand-in') reader.fault('VAULT_KEYS', `required: ${sealingKeyFormat}`)
    return null
  }
  const { keys, faults } = parseSealingKeys(text)
  for (const fault of faults) reader.fault('VAULT_KEYS', `${fault}; expected ${sealingKeyFormat}`)
  return keys
}

function readMail(reader: SettingsReader): Settings['mail'] {
  const url = reader.text('SMTP_URL')
  const from = reader.text('MAIL_FROM')
  // Options in a query could turn off the verification of certificates.
  if (url !== null && !/^smtps?:\/\/[^\s/?#]+\/?$/.test(url))
    reader.fault('SMTP_URL', 'expected smtp://user:password@host:port or smtps://…, without path and query')
  else if (url !== null && !URL.canParse(url))
    reader.fault('SMTP_URL', 'expected the address of a mail server')
  if (from !== null && !/^[^\s@<>(),;:"]+@[^\s@<>(),;:"]+$/.test(from))
    reader.fault('MAIL_FROM', 'expected a plain mail address such as hub@example.com')
  if ((url === null) !== (from === null))
    reader.fault(url === null ? 'SMTP_URL' : 'MAIL_FROM', 'required together with the other of the two')
  return url !== null && from !== null ? { url: Secret.of(url), from } : null
}

function readTrustedProxies(reader: SettingsReader): string[] {
  const proxies = reader.list('TRUSTED_PROXIES') ?? []
  const isProxy = (text: string): boolean => {
    const [address = '', prefix, ...rest] = text.split('/')
    const longest = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0
    if (rest.length > 0 || longest === 0) return false
    // A prefix of 0 would trust whoever asks.
    return (
      prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) >= 1 && Number(prefix) <= longest)
    )
  }
  if (!proxies.every(isProxy))
    reader.fault('TRUSTED_PROXIES', 'expected IP addresses or ranges such as 10.0.0.0/8, separated by commas')
  return proxies
}

function refuseWhatMustNotBeSet(reader: SettingsReader, environment: Environment): void {
  if (environment.NODE_TLS_REJECT_UNAUTHORIZED?.trim() === '0')
    reader.fault(
      'NODE_TLS_REJECT_UNAUTHORIZED',
      'expected to be left out: without it, anyone could pose as UPS',
    )
  for (const name of Object.keys(environment).sort())
    if (looksLikeOurs.test(name) && !settingNames.includes(name))
      reader.fault(name, 'is not a setting of this program; please check the spelling or remove it')
}

/** Plain objects and lists only: a URL, a Secret or a key keeps what it is in private fields. */
function deepFreeze<T>(value: T): T {
  const isPlain =
    Array.isArray(value) || (value !== null && Object.getPrototypeOf(value) === Object.prototype)
  if (!isPlain) return value
  for (const part of Object.values(value as object)) deepFreeze(part)
  return Object.freeze(value)
}
