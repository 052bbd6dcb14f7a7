import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'

type Listener = (message: unknown) => void

/** What tsc has made of this folder and of src: the programs under torture are compiled ones, as in life. */
export const compiled = new URL(import.meta.url.endsWith('.ts') ? './dist/' : '../', import.meta.url)

const output = 64 * 1024

/** A child process that dies with this one: it leaves when the channel between the two is gone. */
export class Program {
  readonly #child: ChildProcess
  readonly #listeners = new Set<Listener>()
  #said = ''
  readonly exited: Promise<void>

  constructor(path: string, args: readonly string[], env: Record<string, string>) {
    const inherited = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '' }
    this.#child = fork(path, args, {
      env: { ...inherited, ...env },
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream
        ?.setEncoding('utf8')
        .on('data', (text: string) => (this.#said = (this.#said + text).slice(-output)))
    }
    this.#child.on('message', (message) => {
      for (const listener of this.#listeners) listener(message)
    })
    // A message to a process that was just killed is lost, which is the point.
    this.#child.on('error', () => undefined)
    this.exited = once(this.#child, 'exit').then(() => undefined)
  }

  get pid(): number {
    return this.#child.pid ?? -1
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  /** How it ended: an exit code, or the name of a signal. */
  get end(): number | string | null {
    return this.#child.exitCode ?? this.#child.signalCode
  }

  /** The last of what it has printed. */
  get said(): string {
    return this.#said
  }

  send(message: object): void {
    if (this.#child.connected) this.#child.send(message, () => undefined)
  }

  signal(name: NodeJS.Signals): void {
    if (this.isRunning) this.#child.kill(name)
  }

  /** The next message that is wanted; rejects when the process ends before. */
  async next<T>(isWanted: (message: unknown) => boolean): Promise<T> {
    let listener: Listener = () => undefined
    const told = new Promise<T>((resolve) => {
      listener = (message) => {
        if (isWanted(message)) resolve(message as T)
      }
      this.#listeners.add(listener)
    })
    const gone = this.exited.then(() => {
      throw new Error(`a program ended with ${this.end}:\n${this.#said}`)
    })
    try {
      return await Promise.race([told, gone])
    } finally {
      this.#listeners.delete(listener)
    }
  }

  async stop(name: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    this.signal(name)
    await this.exited
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
