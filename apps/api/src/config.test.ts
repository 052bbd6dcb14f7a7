import { readFileSync } from 'node:fs'
import { inspect, parseEnv } from 'node:util'
import { describe, expect, it } from 'vitest'
import { applicationIds } from './application/applications.js'
import { environmentAt, readConfig, settingNames, type Settings } from './config.js'
import { documentationSampleKey } from './sealing-key.js'
import { ConfigError, type Environment } from './settings-reader.js'

const root = '/srv/hub'
const key = (fill: string) => Buffer.from(fill.padEnd(32, '0123456789')).toString('base64')

const read = (environment: Environment = {}): Settings => readConfig(environment, { root })

function faultsOf(environment: Environment): string[] {
  try {
    read(environment)
  } catch (error) {
    if (error instanceof ConfigError) return error.faults.map(({ setting }) => setting)
    throw error
  }
  return []
}

function messageOf(environment: Environment): string {
  try {
    read(environment)
    return ''
  } catch (error) {
    return error instanceof ConfigError ? error.message : 'no ConfigError'
  }
}

const credentials = Object.fromEntries(
  applicationIds.flatMap((id) => [
    [`UPS_${id}_CLIENT_ID`, `id-${id}`],
    [`UPS_${id}_CLIENT_SECRET`, `canary-secret-${id}`],
  ]),
)
const production = {
  UPS_ENVIRONMENT: 'production',
  PUBLIC_URL: 'https://hub.example.com',
  VAULT_KEYS: `k1:${key('one')}`,
  ...credentials,
}
const cie = { ...production, UPS_ENVIRONMENT: 'cie', PUBLIC_URL: 'http://localhost:4000' }

describe('without any setting', () => {
  it('is the rehearsal on this machine', () => {
    const { publicUrl, ups, ...rest } = read()
    expect(rest).toEqual({
      host: '127.0.0.1',
      port: 4000,
      dataDir: '/srv/hub/.data',
      database: { kind: 'sqlite', path: '/srv/hub/.data/hub.db' },
      vaultKeys: null,
      trustedProxies: [],
      mail: null,
      logLevel: 'info',
      metricsToken: null,
      apiLimits: { client: 2000, company: 4000 },
    })
    expect(publicUrl.href).toBe('http://localhost:4000/')
    expect([ups.environment, ups.baseUrl.href, ups.standInPort]).toEqual([
      'stand-in',
      'http://127.0.0.1:4010/',
      4010,
    ])
    expect(ups.applications.RATING).toEqual({ clientId: null, clientSecrets: null, pkce: 'off' })
  })

  it('takes empty for unset, as compose files write it', () => {
    expect(read(Object.fromEntries(settingNames.map((name) => [name, ' '])))).toEqual(read())
  })

  it('answers on the port that was set when nothing is said about the public address', () => {
    expect(read({ PORT: '4100' }).publicUrl.href).toBe('http://localhost:4100/')
  })
})

describe('with settings', () => {
  it('reads all of them', () => {
    const config = read({
      ...production,
      HOST: '::',
      PORT: '8080',
      DATA_DIR: '/var/lib/hub',
      DATABASE_URL: 'postgres://hub:canary-password@db.internal/hub',
      UPS_BASE_URL: 'https://egress.example.com:8443',
      UPS_RATING_CLIENT_SECRET: 'canary-new, canary-old',
      UPS_RATING_PKCE: 'public',
      VAULT_KEYS: `k2:${key('two')}, k1:${key('one')}`,
      TRUSTED_PROXIES: '10.0.0.0/8, ::1',
      LOG_LEVEL: 'debug',
    })
    expect(config).toMatchObject({ host: '::', port: 8080, dataDir: '/var/lib/hub', logLevel: 'debug' })
    expect(config.database.kind === 'postgres' && config.database.url.reveal()).toContain('canary-password')
    expect(config.ups.baseUrl.origin).toBe('https://egress.example.com:8443')
    expect(config.ups.standInPort).toBeNull()
    expect(config.ups.applications.RATING).toMatchObject({ clientId: 'id-RATING', pkce: 'public' })
    const secrets = config.ups.applications.RATING.clientSecrets?.map((secret) => secret.reveal())
    expect(secrets).toEqual(['canary-new', 'canary-old'])
    expect(config.vaultKeys?.map(({ id, key: bytes }) => [id, bytes.length])).toEqual([
      ['k2', 32],
      ['k1', 32],
    ])
    expect(config.trustedProxies).toEqual(['10.0.0.0/8', '::1'])
  })

  it('lets the rehearsal listen to others only where that is said in so many words', () => {
    expect(read({ HOST: '0.0.0.0', STAND_IN_EXPOSED: 'yes' }).host).toBe('0.0.0.0')
    for (const host of ['localhost', '127.0.0.2', '::1']) expect(read({ HOST: host }).host).toBe(host)
  })

  it('knows the hosts of UPS, and counts relative paths from the root of the repository', () => {
    expect(read(production).ups.baseUrl.href).toBe('https://onlinetools.ups.com/')
    expect(read(cie).ups.baseUrl.href).toBe('https://wwwcie.ups.com/')
    expect(read({ DATA_DIR: 'here' }).database).toEqual({ kind: 'sqlite', path: '/srv/hub/here/hub.db' })
    expect(read({ DATABASE_URL: 'sqlite:there/x.db' }).database).toMatchObject({
      path: '/srv/hub/there/x.db',
    })
  })

  it('cannot be changed afterwards', () => {
    const config = read(production)
    for (const part of [
      config,
      config.ups,
      config.ups.applications.RATING,
      config.database,
      config.trustedProxies,
    ])
      expect(Object.isFrozen(part)).toBe(true)
  })

  it('shows no secret when it is printed', () => {
    const bytes = Buffer.from('one'.padEnd(32, '0123456789'))
    const config = read({ ...production, DATABASE_URL: 'postgres://hub:canary-password@db/hub' })
    const printed =
      JSON.stringify(config) + inspect(config, { depth: 9, showHidden: true }) + String(config.database)
    expect(printed).not.toMatch(/canary/)
    expect(printed).not.toContain(bytes.toString('base64'))
    expect(printed).not.toContain(JSON.stringify([...bytes]).slice(1, 20))
    expect(printed).not.toContain(bytes.toString('hex').slice(0, 16))
  })
})

describe('faults', () => {
  it('are reported all at once, by name and expectation', () => {
    const message = messageOf({
      PORT: 'http',
      PUBLIC_URL: 'hub',
      DATABASE_URL: 'mysql://x',
      UPS_RATING_PKCE: 'S256',
      LOG_LEVEL: 'loud',
      API_CLIENT_LIMIT: '0',
      API_COMPANY_LIMIT: '1e3',
    })
    expect(message.split('\n')).toEqual([
      'The settings cannot be used:',
      '  UPS_RATING_PKCE: expected one of off, public',
      '  PORT: expected a port from 1 to 65535',
      '  PUBLIC_URL: expected an origin such as https://hub.example.com, without path, query or user',
      '  DATABASE_URL: expected sqlite:<path of a file> or postgres://…',
      '  LOG_LEVEL: expected one of fatal, error, warn, info, debug, trace',
      '  API_CLIENT_LIMIT: expected a whole number from 1 to 999999999',
      '  API_COMPANY_LIMIT: expected a whole number from 1 to 999999999',
    ])
  })

  it('never repeat a value, not even of a setting that is no secret', () => {
    const canary = 'canary value:/?#'
    const all = Object.fromEntries([...settingNames, 'UPS_TYPO'].map((name) => [name, canary]))
    expect(faultsOf(all).length).toBeGreaterThan(20)
    expect(messageOf(all)).not.toContain('canary')
  })

  const single: [string, string, Environment][] = [
    ['PORT', 'zero, since redirect URIs are built from the public address', { PORT: '0' }],
    ['PORT', 'too high', { PORT: '65536' }],
    ['PORT', 'not whole', { PORT: '80.5' }],
    ['STAND_IN_PORT', 'negative', { STAND_IN_PORT: '-1' }],
    ['STAND_IN_PORT', 'the port of the hub', { PORT: '4010' }],
    ['HOST', 'a URL', { HOST: 'http://localhost' }],
    ['HOST', 'open to others in a rehearsal', { HOST: '0.0.0.0' }],
    ['HOST', 'all interfaces in a rehearsal', { HOST: '::' }],
    ['STAND_IN_EXPOSED', 'set where it means nothing', { ...production, STAND_IN_EXPOSED: 'yes' }],
    ['METRICS_TOKEN', 'short enough to be guessed', { METRICS_TOKEN: 'secret' }],
    ['PUBLIC_URL', 'with a path', { PUBLIC_URL: 'https://hub.example.com/hub' }],
    ['PUBLIC_URL', 'with a query', { PUBLIC_URL: 'https://hub.example.com/?a=b' }],
    ['PUBLIC_URL', 'with a user', { PUBLIC_URL: 'https://me@hub.example.com' }],
    ['PUBLIC_URL', 'of another scheme', { PUBLIC_URL: 'ftp://hub.example.com' }],
    ['DATABASE_URL', 'in memory', { DATABASE_URL: 'sqlite::memory:' }],
    ['DATABASE_URL', 'without a path', { DATABASE_URL: 'sqlite:' }],
    ['DATABASE_URL', 'SQLite with a host', { DATABASE_URL: 'sqlite://host/x.db' }],
    ['UPS_ENVIRONMENT', 'unknown', { UPS_ENVIRONMENT: 'prod' }],
    ['UPS_RATING_CLIENT_ID', 'with a colon', { UPS_RATING_CLIENT_ID: 'a:b' }],
    ['UPS_RATING_CLIENT_SECRET', 'with a blank', { UPS_RATING_CLIENT_SECRET: 'a b' }],
    ['UPS_RATING_CLIENT_SECRET', 'with a gap in the list', { UPS_RATING_CLIENT_SECRET: 'a,,b' }],
    ['UPS_RATING_CLIENT_SECRET', 'given twice', { UPS_RATING_CLIENT_SECRET: 'a,a' }],
    ['TRUSTED_PROXIES', 'everybody', { TRUSTED_PROXIES: '0.0.0.0/0' }],
    ['TRUSTED_PROXIES', 'a name', { TRUSTED_PROXIES: 'proxy.internal' }],
    ['TRUSTED_PROXIES', 'a range that is too long', { TRUSTED_PROXIES: '10.0.0.0/33' }],
  ]
  it.each(single)('name %s when it is %s', (name, _what, environment) => {
    expect(faultsOf(environment)).toEqual([name])
  })

  it('name a misspelt setting of ours, and leave the variables of others alone', () => {
    expect(faultsOf({ UPS_RATING_CLIENTID: 'x', UPS_ENVIROMENT: 'cie', VAULT_KEY: 'x' })).toEqual([
      'UPS_ENVIROMENT',
      'UPS_RATING_CLIENTID',
      'VAULT_KEY',
    ])
    expect(
      faultsOf({ PATH: '/bin', VAULT_ADDR: 'https://vault', DATABASE_HOST: 'db', LOG_FORMAT: 'x' }),
    ).toEqual([])
  })
})

describe('contradictions', () => {
  it('in stand-in mode: no host but this machine', () => {
    for (const host of [
      'https://onlinetools.ups.com',
      'https://wwwcie.ups.com',
      'http://127.0.0.1.example.com',
    ])
      expect(faultsOf({ UPS_BASE_URL: host })).toEqual(['UPS_BASE_URL'])
    for (const host of ['http://localhost:5000', 'http://[::1]:5000', 'http://127.1:5000'])
      expect(faultsOf({ UPS_BASE_URL: host })).toEqual([])
  })

  it('in stand-in mode: without a stand-in of ours, the address of another one is needed', () => {
    expect(faultsOf({ STAND_IN_PORT: '0' })).toEqual(['UPS_BASE_URL'])
    expect(read({ STAND_IN_PORT: '0', UPS_BASE_URL: 'http://127.0.0.1:5000' }).ups.standInPort).toBeNull()
  })

  it('outside stand-in mode: every secret must be given', () => {
    const required = applicationIds.flatMap((id) => [`UPS_${id}_CLIENT_ID`, `UPS_${id}_CLIENT_SECRET`])
    expect(faultsOf({ UPS_ENVIRONMENT: 'cie' })).toEqual([...required, 'VAULT_KEYS'])
    expect(faultsOf({ UPS_ENVIRONMENT: 'production' })).toEqual([...required, 'PUBLIC_URL', 'VAULT_KEYS'])
    expect(faultsOf(cie)).toEqual([])
    expect(faultsOf(production)).toEqual([])
  })

  it('outside stand-in mode: no port for a stand-in', () => {
    expect(faultsOf({ ...cie, STAND_IN_PORT: '4010' })).toEqual(['STAND_IN_PORT'])
    expect(faultsOf({ ...cie, STAND_IN_PORT: '0' })).toEqual([])
  })

  it('test and production: not the host of the other, and no plain http across a network', () => {
    expect(faultsOf({ ...cie, UPS_BASE_URL: 'https://onlinetools.ups.com' })).toEqual(['UPS_BASE_URL'])
    expect(faultsOf({ ...production, UPS_BASE_URL: 'https://wwwcie.ups.com' })).toEqual(['UPS_BASE_URL'])
    expect(faultsOf({ ...production, UPS_BASE_URL: 'http://onlinetools.ups.com' })).toEqual(['UPS_BASE_URL'])
    expect(faultsOf({ ...production, UPS_BASE_URL: 'http://127.0.0.1:8080' })).toEqual([])
  })

  it('the public address: https in production, https or localhost against the test environment', () => {
    expect(faultsOf({ ...production, PUBLIC_URL: 'http://hub.example.com' })).toEqual(['PUBLIC_URL'])
    expect(faultsOf({ ...production, PUBLIC_URL: 'http://localhost:4000' })).toEqual(['PUBLIC_URL'])
    expect(faultsOf({ ...cie, PUBLIC_URL: 'http://hub.example.com' })).toEqual(['PUBLIC_URL'])
  })

  it('two applications with one client id', () => {
    const twins = { ...cie, UPS_RATING_CLIENT_ID: 'id-PICKUP_MANAGER' }
    expect(faultsOf(twins)).toEqual(['UPS_RATING_CLIENT_ID'])
  })

  it('a verification of certificates that is switched off, in every environment', () => {
    for (const environment of [{}, cie, production])
      expect(faultsOf({ ...environment, NODE_TLS_REJECT_UNAUTHORIZED: '0' })).toEqual([
        'NODE_TLS_REJECT_UNAUTHORIZED',
      ])
    expect(faultsOf({ NODE_TLS_REJECT_UNAUTHORIZED: '1' })).toEqual([])
  })
})

describe('root keys', () => {
  const good = key('one')
  const bad: [string, string][] = [
    ['without an id', good],
    ['with an empty id', `:${good}`],
    ['with capitals in the id', `K1:${good}`],
    ['with an id of 17 characters', `${'k'.repeat(17)}:${good}`],
    ['without bytes', 'k1:'],
    ['that is too short', `k1:${Buffer.from('canary-short').toString('base64')}`],
    ['that is too long', `k1:${Buffer.alloc(33, 'canary').toString('base64')}`],
    ['in hexadecimal', `k1:${Buffer.from(good, 'base64').toString('hex')}`],
    ['without its padding', `k1:${good.replace('=', '')}`],
    ['with a character that is not base64', `k1:!${good.slice(1)}`],
    ['of zeros', `k1:${Buffer.alloc(32).toString('base64')}`],
    ['of one repeated byte', `k1:${Buffer.alloc(32, 0x41).toString('base64')}`],
    ['from the documentation', `k1:${documentationSampleKey}`],
    ['with an id that is taken', `k1:${good},k1:${key('two')}`],
    ['with bytes that are taken', `k1:${good},k2:${good}`],
    ['with an empty entry after it', `k1:${good},`],
    ['with a third part', `k1:${good}:x`],
  ]
  it.each(bad)('refuse a key %s, without printing it', (_what, text) => {
    expect(faultsOf({ VAULT_KEYS: text })).toEqual(['VAULT_KEYS'])
    for (const part of text.split(/[,:]/).filter((piece) => piece.length > 16))
      expect(messageOf({ VAULT_KEYS: text })).not.toContain(part)
  })

  it('have each fault named by the id of its key', () => {
    const text = `new:${key('one')},short:${Buffer.alloc(5, 7).toString('base64')},zero:${Buffer.alloc(32).toString('base64')}`
    expect(messageOf({ VAULT_KEYS: text })).toMatch(
      /key "short" has 5 bytes instead of 32[^]*key "zero" consists/,
    )
  })
})

describe('the mail server', () => {
  const from = 'hub@example.com'

  it('is a server and the address that letters come from, the one not without the other', () => {
    const { mail } = read({ SMTP_URL: 'smtps://user:canary@mail.example.com', MAIL_FROM: from })
    expect([mail?.url.reveal(), mail?.from]).toEqual(['smtps://user:canary@mail.example.com', from])
    expect(inspect(mail, { depth: 9 })).not.toContain('canary')
    expect(faultsOf({ SMTP_URL: 'smtp://mail:25' })).toEqual(['MAIL_FROM'])
    expect(faultsOf({ MAIL_FROM: from })).toEqual(['SMTP_URL'])
  })

  it.each([
    'mail.example.com',
    'https://mail',
    'smtp://',
    'smtp://mail?tls.rejectUnauthorized=false',
    'smtp://a b',
  ])('is not %s', (SMTP_URL) => expect(faultsOf({ SMTP_URL, MAIL_FROM: from })).toEqual(['SMTP_URL']))

  it.each([
    'hub',
    'Hub <hub@example.com>',
    'a@example.com,b@example.com',
    'a@example.com\nBcc: b@example.com',
  ])('does not send letters from %j', (MAIL_FROM) =>
    expect(faultsOf({ SMTP_URL: 'smtp://mail', MAIL_FROM })).toEqual(['MAIL_FROM']),
  )
})

describe('the documentation', () => {
  const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8')
  const uncommented = example.replace(/^#(?=[A-Z_]+=)/gm, '')

  it('has every setting in .env.example, and no other', () => {
    expect(Object.keys(parseEnv(uncommented)).sort()).toEqual([...settingNames].sort())
  })

  it('shows the real defaults there: copied as it is, it changes nothing', () => {
    expect(read(parseEnv(example))).toEqual(read())
    const { VAULT_KEYS, ...defaults } = parseEnv(uncommented)
    expect(read(defaults)).toEqual(read())
    expect(faultsOf({ VAULT_KEYS })).toEqual(['VAULT_KEYS'])
  })

  it('has every setting in the table of the README, and no other', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
    const rows = readme.split('\n').filter((line) => /^\| `[A-Z][A-Z_<>]+`/.test(line))
    const named = rows.flatMap((row) =>
      [...(row.split('|')[1] ?? '').matchAll(/`([A-Z][A-Z_<>]+)`/g)].map((m) => m[1] ?? ''),
    )
    const all = named.flatMap((name) => applicationIds.map((id) => name.replace('<APP>', id)))
    expect([...new Set(all)].sort()).toEqual([...settingNames].sort())
  })
})

describe('the environment', () => {
  it('is that of the process where there is no .env', () => {
    expect(environmentAt('/nonexistent')).toEqual({ ...process.env })
  })
})
