import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { systemClock } from '../src/clock.js'
import type { Engine, TorturedDatabase } from './engine.js'
import { Hub, type Answer } from './hub.js'
import { pause, until } from './outcome.js'
import { compiled, freePort } from './program.js'
import { seed, type Seed, type Standing } from './seed.js'
import { Ups } from './ups.js'

const cli = fileURLToPath(new URL('src/cli.js', compiled))

export interface WorldOptions extends Seed {
  engine: Engine
  hubs: number
  /** Where the data folder is made; a small file system, to see it full. */
  parent?: string
}

/** What a token read gave. */
export interface TokenAnswer {
  accessToken: string
  expiresAt: string
  stale: boolean
}

/** Several processes of the hub on one database, a UPS.com of their own, and what is known of both from outside. */
export class World {
  #clockAheadMs = 0
  readonly #taken = new Set<Standing>()

  readonly hubs: Hub[]
  readonly ups: Ups
  readonly database: TorturedDatabase
  readonly standings: Standing[]
  readonly engine: Engine

  private constructor(
    parts: Pick<World, 'hubs' | 'ups' | 'database' | 'standings' | 'engine'>,
    private readonly place: { dataDir: string; publicUrl: string; environment: Record<string, string> },
  ) {
    this.hubs = parts.hubs
    this.ups = parts.ups
    this.database = parts.database
    this.standings = parts.standings
    this.engine = parts.engine
  }

  static async start({ engine, hubs: count, parent = tmpdir(), ...what }: WorldOptions): Promise<World> {
    const dataDir = mkdtempSync(join(parent, 'optin-hub-torture-'))
    const database = await engine.createDatabase(dataDir)
    const ports = await Promise.all(Array.from({ length: count + 1 }, freePort))
    const upsPort = ports.pop() ?? 0
    const publicUrl = `http://localhost:${ports[0]}`
    const upsUrl = `http://127.0.0.1:${upsPort}`
    const environment = {
      DATA_DIR: dataDir,
      DATABASE_URL: database.url,
      PUBLIC_URL: publicUrl,
      UPS_BASE_URL: upsUrl,
      STAND_IN_PORT: '0',
      API_CLIENT_LIMIT: '999999999',
      API_COMPANY_LIMIT: '999999999',
      LOG_LEVEL: 'error',
    }
    const place = { dataDir, publicUrl, environment }
    const standings = await seed({ ...place, database, upsUrl }, what)
    // Elsewhere, so that whatever is done to the hub's folder is not done to UPS.
    const upsDir = mkdtempSync(join(tmpdir(), 'optin-hub-torture-ups-'))
    for (const name of ['stand-in.json', 'stand-in-state.json'])
      cpSync(join(dataDir, name), join(upsDir, name))
    rmSync(join(dataDir, 'stand-in-state.json'))
    const ups = await Ups.start(join(upsDir, 'stand-in.json'), upsPort)
    const hubs = ports.map((port) => new Hub({ port, publicUrl, environment }))
    const world = new World({ hubs, ups, database, standings, engine }, place)
    try {
      await Promise.all(hubs.map((hub) => hub.start()))
    } catch (error) {
      await world.end()
      throw error
    }
    return world
  }

  get dataDir(): string {
    return this.place.dataDir
  }

  get publicUrl(): string {
    return this.place.publicUrl
  }

  /** Settings of every process from its next start on. */
  get environment(): Record<string, string> {
    return this.place.environment
  }

  /** An authorization that nobody has used yet. */
  take(): Standing {
    const free = this.standings.find((one) => !this.#taken.has(one))
    if (!free) throw new Error('all authorizations of this world are in use: seed more')
    this.#taken.add(free)
    return free
  }

  /** Those that are authorized now. */
  async standing(): Promise<Standing[]> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT id FROM authorizations WHERE status = 'AUTHORIZED'`,
    )
    const ids = new Set(rows.map(({ id }) => id))
    return this.standings.filter(({ authorizationId }) => ids.has(authorizationId))
  }

  hub(index: number): Hub {
    return this.hubs[index % this.hubs.length] as Hub
  }

  /** Of all processes and of UPS; nothing may be under way, since their leases would lapse with it. */
  async advance(ms: number): Promise<void> {
    this.#clockAheadMs += ms
    // UPS first: a token that a hub of tomorrow fetched from a UPS of today would seem to live a day longer than it does.
    await this.ups.advance(ms)
    await Promise.all(this.hubs.map((hub) => hub.setClockAhead(this.#clockAheadMs)))
  }

  /** UPS is well, and every application that was refused has noticed. */
  async calm(): Promise<void> {
    await this.ups.clearFaults()
    await this.advance(10 * 60_000)
    const isWell = async () =>
      (await this.database.query('SELECT failures FROM application_health WHERE failures > 0')).length === 0
    if (!(await until(isWell, 20_000))) throw new Error('the hub does not notice that UPS is well again')
  }

  /** Nothing is due and nothing is under way: a process that is stopped now holds no lock that others wait for. */
  async quiet(): Promise<void> {
    const busy = () =>
      this.database.query(
        `SELECT id FROM authorizations WHERE "nextRefreshAt" <= ${this.now().getTime()}
         UNION ALL SELECT id FROM refresh_attempts WHERE "settledAt" IS NULL`,
      )
    if (!(await until(async () => (await busy()).length === 0, 60_000)))
      throw new Error('the hub does not come to rest')
    await pause(1500)
  }

  now(): Date {
    return new Date(systemClock().getTime() + this.#clockAheadMs)
  }

  readToken(hub: Hub, standing: Standing, minimumSeconds?: number): Promise<Answer> {
    const query = minimumSeconds === undefined ? '' : `?minimum_seconds=${minimumSeconds}`
    return hub.ask({
      path: `/v1/tokens/${standing.vaultKey}/access-token${query}`,
      headers: { authorization: `Bearer ${standing.apiKey}` },
    })
  }

  async statusOf(hub: Hub, standing: Standing): Promise<{ status: string; endReason: string | null }> {
    const answer = await hub.ask({
      path: `/v1/tokens/${standing.vaultKey}`,
      headers: { authorization: `Bearer ${standing.apiKey}` },
    })
    return JSON.parse(answer.body) as { status: string; endReason: string | null }
  }

  async row(standing: Standing): Promise<{ status: string; endReason: string | null; generation: number }> {
    const [row] = await this.database.query<{ status: string; endReason: string | null; generation: number }>(
      `SELECT status, "endReason", generation FROM authorizations WHERE id = '${standing.authorizationId}'`,
    )
    if (!row) throw new Error('an authorization is gone')
    return row
  }

  /** What `fsck` finds, on the running hub; empty where all is well. */
  async fsck(): Promise<string[]> {
    const { code, text } = await this.cli(['fsck'])
    if (code === 0) return []
    const lines = text.split('\n').filter((line) => /^(VIOLATED|\s{4}|It did|There)/.test(line))
    return lines.length > 0 ? lines : [`fsck ended with ${code}: ${text}`]
  }

  cli(args: readonly string[]): Promise<{ code: number; text: string }> {
    const env = {
      ...this.environment,
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? '',
    }
    return new Promise((resolve) => {
      execFile(process.execPath, [cli, ...args], { env, timeout: 120_000 }, (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code ?? -1) : 0, text: `${stdout}${stderr}` })
      })
    })
  }

  /** All processes end, however they are at the moment, and nothing of the world is left. */
  async end(): Promise<void> {
    for (const hub of this.hubs) hub.signal('SIGKILL')
    await Promise.all(this.hubs.map((hub) => hub.stop('SIGKILL')))
    await this.ups.stop()
    await this.database.close()
    rmSync(this.dataDir, { recursive: true, force: true })
  }
}
