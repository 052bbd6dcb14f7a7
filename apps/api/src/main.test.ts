import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished, vi } from 'vitest'
import { openDatabase } from './db/data-source.js'
import { CompanyEntity } from './company/company.entity.js'
import { GroupEntity } from './group/group.entity.js'
import { UserEntity } from './user/user.entity.js'

const program = fileURLToPath(new URL('../dist/main.js', import.meta.url))

// Processes of their own start slowly where the machine is busy.
vi.setConfig({ testTimeout: 90_000 })

interface Hub {
  child: ChildProcess
  url: string
  standInUrl: string
  dataDir: string
  said: { out: string; err: string }
  /** Its exit code, or the signal that ended it. */
  end: Promise<number | string>
}

async function listener(): Promise<Server> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port

async function freePorts(): Promise<[number, number]> {
  const servers = [await listener(), await listener()] as const
  const ports = servers.map(portOf) as [number, number]
  await Promise.all(servers.map(async (server) => once(server.close(), 'close')))
  return ports
}

function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'optin-hub-main-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** The built program as a process of its own, with no settings but these. */
async function startHub(settings: Record<string, string> = {}): Promise<Hub> {
  const [port, standInPort] = await freePorts()
  const dataDir = settings.DATA_DIR ?? dataFolder()
  const all: Record<string, string> = {
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    STAND_IN_PORT: String(standInPort),
    UPS_ENVIRONMENT: 'stand-in',
    LOG_LEVEL: 'info',
    DATABASE_URL: '',
    DATA_DIR: dataDir,
    PATH: process.env.PATH ?? '',
    ...settings,
  }
  // A group of its own, which Ctrl-C in a terminal reaches as one.
  const child = spawn(process.execPath, [program], { env: all, detached: true })
  const said = { out: '', err: '' }
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()))
  const end = once(child, 'close').then(([code, signal]: unknown[]) => (code ?? signal) as number | string)
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
    await end
  })
  return {
    child,
    url: `http://127.0.0.1:${all.PORT}`,
    standInUrl: `http://127.0.0.1:${all.STAND_IN_PORT}`,
    dataDir,
    said,
    end,
  }
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  )

async function until(isSo: () => Promise<boolean>, what: string): Promise<void> {
  for (let tries = 0; tries < 1200; tries++) {
    if (await isSo()) return
    await delay(25)
  }
  throw new Error(`waited in vain: ${what}`)
}

async function ready(hub: Hub): Promise<Hub> {
  const isOver = () => hub.child.exitCode !== null
  await until(async () => isOver() || (await answers(`${hub.url}/readyz`)), `readiness; ${hub.said.err}`)
  expect(hub.said.err).toBe('')
  expect(await answers(hub.standInUrl)).toBe(true)
  return hub
}

const standInIsGone = (hub: Hub) =>
  until(async () => !(await answers(hub.standInUrl)), 'the end of the stand-in')

/** One paragraph for a person: no stack, no source. */
async function expectRefusal(hub: Hub, sentence: RegExp): Promise<void> {
  expect(await hub.end).toBe(1)
  expect(hub.said.err).toMatch(sentence)
  expect(hub.said.err).not.toMatch(/^\s+at |\.js:\d|node:internal/m)
  await standInIsGone(hub)
  expect(await answers(`${hub.url}/healthz`)).toBe(false)
}

it('names all settings that are wrong at once, without their values, and does not start', async () => {
  const hub = await startHub({
    PORT: 'canary-port',
    PUBLIC_URL: 'canary-url',
    STAND_IN_PORT: 'canary-stand-in',
    UPS_ENVIRONMENT: 'canary-environment',
    VAULT_KEYS: 'canary-key',
    UPS_RATING_SECRET: 'canary-secret',
    LOG_LEVEL: 'canary-level',
  })
  expect(await hub.end).toBe(1)
  for (const name of [
    'PORT',
    'PUBLIC_URL',
    'STAND_IN_PORT',
    'UPS_ENVIRONMENT',
    'VAULT_KEYS',
    'UPS_RATING_SECRET',
    'LOG_LEVEL',
  ])
    expect(hub.said.err).toMatch(new RegExp(`^  ${name}: `, 'm'))
  expect(hub.said.out + hub.said.err).not.toMatch(/canary|^\s+at /m)
})

it('says in a sentence that its port is taken, and takes its stand-in along', async () => {
  const other = await listener()
  onTestFinished(() => void other.close())
  const port = portOf(other)
  const hub = await startHub({ PORT: String(port) })
  expect(await hub.end).toBe(1)
  expect(hub.said.err).toBe(
    `Port ${port} on 127.0.0.1 is taken by another program. Stop that one, or set PORT to a free port.\n`,
  )
  await standInIsGone(hub)
})

it('says in a sentence that the port of the stand-in is taken, and leaves nothing running', async () => {
  const other = await listener()
  onTestFinished(() => void other.close())
  const hub = await startHub({ STAND_IN_PORT: String(portOf(other)) })
  expect(await hub.end).toBe(1)
  expect(hub.said.err).toMatch(new RegExp(`Port ${portOf(other)} is taken`))
  expect(hub.said.err).toMatch(/STAND_IN_PORT/)
  expect(hub.said.err).not.toMatch(/^\s+at |\.js:\d/m)
  expect(await answers(`${hub.url}/healthz`)).toBe(false)
})

it('leaves in order when told to, with its stand-in, and finds its data again without seeding them twice', async () => {
  const first = await ready(await startHub())
  expect(first.said.out).toMatch(/^Opt-In Hub is ready: http:\/\/127\.0\.0\.1:\d+$/m)
  expect(first.said.out).toMatch(/acme\.admin/)
  first.child.kill('SIGTERM')
  expect([await first.end, first.said.err]).toEqual([0, ''])
  await standInIsGone(first)

  const second = await ready(await startHub({ DATA_DIR: first.dataDir }))
  const signIn = await fetch(`${second.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'apollo-require-preflight': 'true', origin: second.url },
    body: JSON.stringify({
      query: 'mutation ($input: SignInInput!) { signIn(input: $input) { memberships { company { name } } } }',
      variables: { input: { signInName: 'acme.admin', password: 'opt-in-hub-demo' } },
    }),
  })
  expect(await signIn.json()).toEqual({
    data: { signIn: { memberships: [{ company: { name: 'Acme Outfitters' } }] } },
  })
  // Ctrl-C reaches the hub and its stand-in at once.
  process.kill(-(second.child.pid ?? 0), 'SIGINT')
  expect([await second.end, second.said.err]).toEqual([0, ''])
  await standInIsGone(second)

  const database = await openDatabase({ kind: 'sqlite', path: join(first.dataDir, 'hub.db') })
  onTestFinished(() => database.close())
  const { reader } = database
  expect([
    await reader.count(UserEntity),
    await reader.count(CompanyEntity),
    await reader.count(GroupEntity),
  ]).toEqual([3, 2, 1])
})

it('leaves no stand-in behind when it is killed', async () => {
  const hub = await ready(await startHub())
  hub.child.kill('SIGKILL')
  expect(await hub.end).toBe('SIGKILL')
  await standInIsGone(hub)
})

it('prints a set-up code outside the rehearsal, another one at each start, and none once it was used', async () => {
  const settings = settingsOfCie(dataFolder())
  const start = async (): Promise<{ hub: Hub; code: string | undefined }> => {
    const hub = await startHub(settings)
    await until(() => answers(`${hub.url}/readyz`), `readiness; ${hub.said.err}`)
    await until(() => Promise.resolve(hub.said.out.includes('is ready')), 'its greeting')
    return { hub, code: /works once: ([0-9A-F-]{39})$/m.exec(hub.said.out)?.[1] }
  }
  const stop = async ({ child, end }: Hub): Promise<void> => {
    child.kill('SIGTERM')
    expect(await end).toBe(0)
  }
  const ask = async (hub: Hub, query: string, input: object): Promise<unknown> => {
    const headers = {
      'content-type': 'application/json',
      'apollo-require-preflight': 'true',
      origin: hub.url,
    }
    const body = JSON.stringify({ query, variables: { input } })
    return (await fetch(`${hub.url}/graphql`, { method: 'POST', headers, body })).json()
  }
  const password = 'a song that nobody sings'
  const person = { signInName: 'operator', displayName: 'Olga', email: 'olga@example.com', password }
  const setUp = (hub: Hub, code = '') =>
    ask(hub, 'mutation ($input: SetUpInput!) { setUp(input: $input) }', { ...person, code })
  const signIn = (hub: Hub, signInName: string, pass: string) =>
    ask(hub, 'mutation ($input: SignInInput!) { signIn(input: $input) { isSolutionAdmin } }', {
      signInName,
      password: pass,
    })

  const first = await start()
  expect(first.hub.said.out).toContain(`${first.hub.url}/set-up`)
  for (const name of ['acme.admin', 'demo.admin', 'solution.admin'])
    expect(await signIn(first.hub, name, 'opt-in-hub-demo')).toMatchObject({ data: null })
  await stop(first.hub)

  const second = await start()
  expect(second.code).not.toBe(first.code)
  expect(await setUp(second.hub, first.code)).toMatchObject({ data: null })
  expect(await setUp(second.hub, second.code)).toEqual({ data: { setUp: true } })
  expect(await signIn(second.hub, 'operator', password)).toEqual({
    data: { signIn: { isSolutionAdmin: true } },
  })
  await stop(second.hub)
  expect(second.hub.said.out.split(second.code ?? 'none'), 'printed once, logged nowhere').toHaveLength(2)

  const third = await start()
  expect(third.code).toBeUndefined()
  await stop(third.hub)
})

const settingsOfCie = (dataDir: string): Record<string, string> => ({
  DATA_DIR: dataDir,
  UPS_ENVIRONMENT: 'cie',
  STAND_IN_PORT: '0',
  VAULT_KEYS: `other:${randomBytes(32).toString('base64')}`,
  ...Object.fromEntries(
    ['CONSUMER_RETURNS', 'REVERSE_LOGISTICS', 'PICKUP_MANAGER', 'DATA_MANAGEMENT', 'RATING'].flatMap((id) => [
      [`UPS_${id}_CLIENT_ID`, `client-${id}`],
      [`UPS_${id}_CLIENT_SECRET`, `secret-${id}`],
    ]),
  ),
})

it('refuses data that belong to another environment, and a file that is no database', async () => {
  const dataDir = dataFolder()
  const first = await ready(await startHub({ DATA_DIR: dataDir }))
  first.child.kill('SIGTERM')
  expect(await first.end).toBe(0)

  const cie = await startHub(settingsOfCie(dataDir))
  await expectRefusal(cie, /belongs to UPS_ENVIRONMENT=stand-in/)

  const notes = join(dataDir, 'notes.txt')
  writeFileSync(notes, 'these are somebody’s notes'.repeat(100))
  await expectRefusal(
    await startHub({ DATA_DIR: dataDir, DATABASE_URL: `sqlite:${notes}` }),
    /DATABASE_URL cannot be opened/,
  )
  const nowhere = await startHub({ DATABASE_URL: 'postgres://canary-user:canary-password@127.0.0.1:1/x' })
  await expectRefusal(nowhere, /DATABASE_URL cannot be opened/)
  expect(nowhere.said.err + nowhere.said.out).not.toContain('canary-password')
})
