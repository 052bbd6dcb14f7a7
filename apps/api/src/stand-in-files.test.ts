import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { applicationIds, type ApplicationId } from './application/applications.js'
import { readConfig, type Config } from './config.js'
import { ConfigError, type Environment } from './settings-reader.js'
import { prepareStandInFiles, standInFile, vaultKeyFile } from './stand-in-files.js'

let root: string
let dataDir: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'stand-in-files-'))
  dataDir = join(root, '.data')
})
afterEach(() => rmSync(root, { recursive: true }))

const start = (environment: Environment = {}): Config =>
  prepareStandInFiles(readConfig(environment, { root }), randomBytes)

interface Told {
  id: ApplicationId
  name: string
  clientId: string
  clientSecret: string[]
  redirectUri: string
}
const told = (): Told[] =>
  (JSON.parse(readFileSync(standInFile(dataDir), 'utf8')) as { applications: Told[] }).applications

const credentialsOf = (config: Config) =>
  applicationIds.map((id) => {
    const { clientId, clientSecrets } = config.ups.applications[id]
    return { id, clientId, clientSecret: clientSecrets.map((secret) => secret.reveal()) }
  })
const keysOf = (config: Config) => config.vaultKeys.map(({ id, key }) => `${id}:${key.toString('base64')}`)
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)

describe('a first start in stand-in mode', () => {
  it('makes client ids and secrets of its own for the five applications, and one root key', () => {
    const config = start()
    const made = credentialsOf(config).flatMap(({ clientId, clientSecret }) => [clientId, ...clientSecret])
    expect(new Set(made).size).toBe(10)
    expect(config.vaultKeys).toHaveLength(1)
    expect(config.vaultKeys[0]?.key).toHaveLength(32)
  })

  it('tells the stand-in the very same, with names and redirect URIs', () => {
    const config = start()
    expect(told().map(({ id, clientId, clientSecret }) => ({ id, clientId, clientSecret }))).toEqual(
      credentialsOf(config),
    )
    expect(told().find(({ id }) => id === 'RATING')).toMatchObject({
      name: 'UPS® Intelligent Rating',
      redirectUri: 'http://localhost:4000/oauth/callback/rating',
    })
  })

  it('lets nobody else on the machine read them, and leaves nothing lying about', () => {
    start()
    expect([modeOf(dataDir), modeOf(standInFile(dataDir)), modeOf(vaultKeyFile(dataDir))]).toEqual([
      '700',
      '600',
      '600',
    ])
    expect(readdirSync(dataDir).sort()).toEqual(['stand-in.json', 'vault-keys'])
  })

  it('takes its randomness from the argument', () => {
    let calls = 0
    const counting = (size: number) => Buffer.from(Array.from({ length: size }, (_, n) => (calls += 1) + n))
    const config = prepareStandInFiles(readConfig({}, { root }), counting)
    expect(calls).toBe(36 + 10 * 32)
    expect(config.vaultKeys[0]?.id).toBe('g-01030507')
  })

  it('answers a frozen configuration', () => {
    const config = start()
    expect(
      [config, config.ups, config.ups.applications, config.ups.applications.RATING].every(Object.isFrozen),
    ).toBe(true)
  })
})

describe('a second start', () => {
  it('finds everything as it was', () => {
    const first = start()
    const second = start()
    expect(credentialsOf(second)).toEqual(credentialsOf(first))
    expect(keysOf(second)).toEqual(keysOf(first))
  })

  it('does not write what has not changed', () => {
    start()
    const before = statSync(standInFile(dataDir), { bigint: true })
    start()
    expect(statSync(standInFile(dataDir), { bigint: true }).ino).toBe(before.ino)
  })

  it('at another public address rewrites the redirect URIs and keeps the credentials', () => {
    const first = start()
    const second = start({ PUBLIC_URL: 'https://hub.example.com' })
    expect(credentialsOf(second)).toEqual(credentialsOf(first))
    expect(told().map(({ redirectUri }) => new URL(redirectUri).origin)).toEqual(
      applicationIds.map(() => 'https://hub.example.com'),
    )
    expect(modeOf(standInFile(dataDir))).toBe('600')
  })

  it('closes files that were opened to others meanwhile', () => {
    start()
    chmodSync(standInFile(dataDir), 0o644)
    chmodSync(vaultKeyFile(dataDir), 0o644)
    start()
    expect([modeOf(standInFile(dataDir)), modeOf(vaultKeyFile(dataDir))]).toEqual(['600', '600'])
  })
})

describe('what was set', () => {
  const set = {
    UPS_RATING_CLIENT_ID: 'mine',
    UPS_RATING_CLIENT_SECRET: 'new,old',
    VAULT_KEYS: `mine:${randomBytes(32).toString('base64')}`,
  }

  it('wins over what was generated, and the stand-in is told', () => {
    const first = start()
    const second = start(set)
    expect(keysOf(second)).toEqual([set.VAULT_KEYS])
    const rating = { id: 'RATING', clientId: 'mine', clientSecret: ['new', 'old'] }
    expect(told().find(({ id }) => id === 'RATING')).toMatchObject(rating)
    const others = (config: Config) => credentialsOf(config).filter(({ id }) => id !== 'RATING')
    expect(others(second)).toEqual(others(first))
  })

  it('needs no file of root keys', () => {
    start(set)
    expect(readdirSync(dataDir)).toEqual(['stand-in.json'])
  })
})

describe('a file that cannot be understood', () => {
  const faultOf = (): ConfigError => {
    try {
      start()
    } catch (error) {
      if (error instanceof ConfigError) return error
    }
    throw new Error('the start was not refused')
  }

  it.each([
    '',
    '{',
    '[]',
    '{"applications":[{"id":"RATING"}]}',
    '{"applications":[null]}',
    '{"clientSecret":"canary"',
  ])('is named and kept: a stand-in.json of %j', (text) => {
    start()
    writeFileSync(standInFile(dataDir), text)
    expect(faultOf().message).toContain('stand-in.json')
    expect(faultOf().message).not.toContain('canary')
    expect(readFileSync(standInFile(dataDir), 'utf8')).toBe(text)
  })

  it.each(['', 'k1:canary', `k1:${Buffer.alloc(32).toString('base64')}`])(
    'is named and kept: root keys of %j',
    (text) => {
      start()
      writeFileSync(vaultKeyFile(dataDir), text)
      expect(faultOf().message).toContain('vault-keys')
      expect(faultOf().message).not.toContain('canary')
      expect(readFileSync(vaultKeyFile(dataDir), 'utf8')).toBe(text)
    },
  )
})

describe('a data folder that cannot be one', () => {
  it('is refused by the name of its setting', () => {
    writeFileSync(join(root, 'file'), '')
    expect(() => start({ DATA_DIR: 'file/data' })).toThrow(/DATA_DIR: expected a folder/)
    expect(() => start({ DATA_DIR: 'file' })).toThrow(ConfigError)
  })
})

describe('two first starts at once', () => {
  // The other process starts in the moment between our look at the folder and our writing.
  function startInterrupted(environment: Environment): [Config, Config] {
    let second: Config | undefined
    const interrupted = (size: number) => {
      second ??= start(environment)
      return randomBytes(size)
    }
    const first = prepareStandInFiles(readConfig(environment, { root }), interrupted)
    return [first, second ?? first]
  }

  it('end with one root key', () => {
    const [first, second] = startInterrupted({})
    expect(second).not.toBe(first)
    expect(keysOf(first)).toEqual(keysOf(second))
  })

  it('end with one set of credentials', () => {
    const [first, second] = startInterrupted({ VAULT_KEYS: `k1:${randomBytes(32).toString('base64')}` })
    expect(second).not.toBe(first)
    expect(credentialsOf(first)).toEqual(credentialsOf(second))
  })
})

describe('outside stand-in mode', () => {
  it('writes nothing and answers the settings as they are', () => {
    const credentials = applicationIds.flatMap((id) => [
      [`UPS_${id}_CLIENT_ID`, `id-${id}`],
      [`UPS_${id}_CLIENT_SECRET`, 'secret'],
    ])
    const settings = readConfig(
      {
        UPS_ENVIRONMENT: 'cie',
        VAULT_KEYS: `k1:${randomBytes(32).toString('base64')}`,
        ...(Object.fromEntries(credentials) as Environment),
      },
      { root },
    )
    const none = (): never => {
      throw new Error('nothing is generated here')
    }
    expect(prepareStandInFiles(settings, none)).toBe(settings)
    expect(readdirSync(root)).toEqual([])
  })
})
