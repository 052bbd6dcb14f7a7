import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'

export interface NodeProcess {
  readonly pid: number
  /** Everything it has printed so far, both streams in order of arrival. */
  output(): string
  isRunning(): boolean
  /** Sends a message and waits for the answer to it. */
  ask(message: object): Promise<unknown>
  /** Resolves with the exit code (or the signal's name) once it is gone. */
  stop(signal?: NodeJS.Signals): Promise<number | string | null>
  readonly exited: Promise<number | string | null>
}

/** Starts a script with nothing of our own environment but the path to find programs. */
export function startNode(args: readonly string[], env: Record<string, string>): NodeProcess {
  const inherited = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' }
  const child: ChildProcess = spawn(process.execPath, args, {
    env: { ...inherited, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const chunks: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk))
  }
  const exited = once(child, 'close').then(
    ([code, signal]: (number | string | null)[]) => code ?? signal ?? null,
  )
  const isRunning = () => child.exitCode === null && child.signalCode === null
  return {
    pid: child.pid ?? -1,
    exited,
    isRunning,
    output: () => chunks.join(''),
    async ask(message) {
      const answer = once(child, 'message')
      child.send(message)
      return ((await answer) as unknown[])[0]
    },
    async stop(signal = 'SIGTERM') {
      if (isRunning()) child.kill(signal)
      const deadline = setTimeout(() => child.kill('SIGKILL'), 10_000)
      const code = await exited
      clearTimeout(deadline)
      return code
    },
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

/** Waits until the address answers 200, or tells what the process said instead. */
export async function untilReady(url: string, running: NodeProcess): Promise<void> {
  const deadline = performance.now() + 30_000
  while (performance.now() < deadline) {
    if (!running.isRunning()) break
    const answer = await fetch(url).catch(() => null)
    if (answer?.status === 200) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`${url} did not become ready; the process said:\n${running.output()}`)
}
