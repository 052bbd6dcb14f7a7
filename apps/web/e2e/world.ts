import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findTraces } from './canary.js'
import { freePort, startNode, untilReady, type NodeProcess } from './node-process.js'
import { startRecordingProxy, type RecordingProxy } from './recording-proxy.js'
import { standInControl } from './stand-in-control.js'

const inApps = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))
export const hubMain = inApps('api/dist/main.js')
const standInMain = inApps('ups-stand-in/dist/main.js')
export const underTest = fileURLToPath(new URL('under-test.mjs', import.meta.url))

/** What a hub needs to be told to keep to its own folder, whatever the developer's own `.env` says. */
export function hubSettings(port: number, dataDir: string): Record<string, string> {
  return {
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL: `http://localhost:${port}`,
    DATA_DIR: dataDir,
    DATABASE_URL: `sqlite:${join(dataDir, 'hub.db')}`,
    UPS_ENVIRONMENT: 'stand-in',
  }
}

/**
 * A hub with an empty folder and a UPS.com of its own. The hub reaches UPS.com through a proxy that learns each
 * token, so that at the end one can look whether any of them was written down in the clear.
 */
export class World {
  readonly #dataDir: string
  readonly #proxy: RecordingProxy
  readonly #standInPort: number
  readonly #outputs: string[] = []
  readonly #sessions = new Set<string>()
  readonly #typed = new Set<string>()
  readonly #others: { process: NodeProcess; url: string }[] = []
  #hub: NodeProcess | null = null
  #standIn: NodeProcess | null = null

  private constructor(
    dataDir: string,
    proxy: RecordingProxy,
    private readonly ports: { hub: number; standIn: number },
  ) {
    this.#dataDir = dataDir
    this.#proxy = proxy
    this.#standInPort = ports.standIn
  }

  static async start(): Promise<World> {
    const dataDir = await mkdtemp(join(tmpdir(), 'optin-hub-rehearsal-'))
    const ports = { hub: await freePort(), standIn: await freePort() }
    const world = new World(dataDir, await startRecordingProxy(ports.standIn), ports)
    try {
      await world.startHub()
      await world.startUps()
    } catch (error) {
      await world.stop().catch(() => undefined) // the first fault is the one to tell
      throw error
    }
    return world
  }

  get url(): string {
    return `http://localhost:${this.ports.hub}`
  }

  /** Of every process of the hub. */
  get urls(): string[] {
    return [this.url, ...this.#others.map(({ url }) => url)]
  }

  /** Where the browser meets UPS.com: what the hub was told, and where that sends it on to log in. */
  get upsUrls(): string[] {
    return [this.#proxy.url, `http://127.0.0.1:${this.#standInPort}`]
  }

  get ups() {
    return standInControl(`http://127.0.0.1:${this.#standInPort}`)
  }

  async startHub(): Promise<void> {
    const env = {
      ...hubSettings(this.ports.hub, this.#dataDir),
      UPS_BASE_URL: this.#proxy.url,
      STAND_IN_PORT: '0',
    }
    this.#hub = startNode(['--import', underTest, hubMain], env)
    await untilReady(`${this.url}/readyz`, this.#hub)
  }

  /** One more process on the same database, at an address of its own; answers which. */
  async startAnotherHub(): Promise<string> {
    const settings = hubSettings(await freePort(), this.#dataDir)
    const env = { ...settings, UPS_BASE_URL: this.#proxy.url, STAND_IN_PORT: '0' }
    const process = startNode(['--import', underTest, hubMain], env)
    this.#others.push({ process, url: settings['PUBLIC_URL'] ?? '' })
    await untilReady(`${settings['PUBLIC_URL']}/readyz`, process)
    return settings['PUBLIC_URL'] ?? ''
  }

  async stopHub(): Promise<void> {
    await this.#end(this.#hub, 'hub')
    this.#hub = null
  }

  async startUps(): Promise<void> {
    const file = join(this.#dataDir, 'stand-in.json')
    this.#standIn = startNode([standInMain, '--file', file, '--port', String(this.#standInPort)], {})
    await untilReady(`http://127.0.0.1:${this.#standInPort}/`, this.#standIn)
  }

  async stopUps(): Promise<void> {
    await this.#end(this.#standIn, 'stand-in')
    this.#standIn = null
  }

  /** Moves the hub's clock; UPS.com keeps its own (`ups.clock`). */
  async advanceHubClock(ms: number): Promise<void> {
    await this.#hub?.ask({ advanceClockMs: ms })
  }

  async advanceBothClocks(ms: number): Promise<void> {
    await this.advanceHubClock(ms)
    await this.ups.clock({ advanceSeconds: ms / 1000 })
  }

  /** A session cookie that a browser was given: to be looked for at the end, like a token. */
  rememberSession(value: string): void {
    this.#sessions.add(value)
  }

  /** What a person has typed and nobody must be able to read again: looked for at the end as well. */
  expectNowhere(secret: string): void {
    this.#typed.add(secret)
  }

  /** What kinds of secrets have crossed the wire so far, each once, in alphabetical order. */
  kindsOfSecrets(): string[] {
    const kinds = [...this.#proxy.secrets.values(), ...(this.#sessions.size > 0 ? ['session cookie'] : [])]
    return [...new Set(kinds)].sort()
  }

  /** Everything that both have printed. */
  output(): string {
    const others = this.#others.map(({ process }) => process)
    const running = [this.#hub, ...others, this.#standIn].map((one) => one?.output() ?? '')
    return [...this.#outputs, ...running].join('\n')
  }

  /** Stops everything and answers where a secret was found in the clear, or what else went wrong on the way. */
  async stop(): Promise<string[]> {
    try {
      for (const { process } of this.#others) await this.#end(process, 'other hub')
      await this.stopHub()
      await this.stopUps()
      await this.#proxy.close()
      const secrets = new Map(this.#proxy.secrets)
      for (const session of this.#sessions) secrets.set(session, 'session cookie')
      for (const secret of this.#typed) secrets.set(secret, 'what was typed as a secret')
      return await findTraces({ secrets, folder: this.#dataDir, output: this.output() })
    } finally {
      await rm(this.#dataDir, { recursive: true, force: true })
    }
  }

  async #end(running: NodeProcess | null, name: string): Promise<void> {
    if (!running) return
    const code = await running.stop()
    this.#outputs.push(`${running.output()}\n[${name} ended with ${code}]`)
    if (code !== 0) throw new Error(`The ${name} did not stop in order (${code}):\n${running.output()}`)
  }
}
