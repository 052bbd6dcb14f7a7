import { rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import type { Control, Fault, LedgerRow } from '@optin-hub/ups-stand-in'
import { Program } from './program.js'

const standInMain = createRequire(import.meta.url).resolve('@optin-hub/ups-stand-in/main')

/** UPS.com as a process of its own, which goes on living whatever happens to the hub. */
export class Ups {
  private constructor(
    private readonly program: Program,
    readonly url: string,
    private readonly folder: string,
  ) {}

  static async start(file: string, port: number): Promise<Ups> {
    const program = new Program(standInMain, ['--file', file, '--port', String(port)], {})
    const { url } = await program.next<{ url: string }>(
      (message) => (message as { ready?: true }).ready === true,
    )
    return new Ups(program, url, dirname(file))
  }

  async ledger(after = 0): Promise<LedgerRow[]> {
    const answer = await fetch(`${this.url}/control/ledger?after=${after}`)
    return ((await answer.json()) as { rows: LedgerRow[] }).rows
  }

  async refreshes(after = 0): Promise<LedgerRow[]> {
    return (await this.ledger(after)).filter(({ endpoint }) => endpoint === 'refresh')
  }

  async lastRow(): Promise<number> {
    return (await this.ledger()).at(-1)?.id ?? 0
  }

  rotation = (change: Parameters<Control['rotation']>[0]) => this.#control('rotation', change)
  lifetimes = (change: Parameters<Control['lifetimes']>[0]) => this.#control('lifetimes', change)
  advance = (ms: number) => this.#control('clock', { advanceSeconds: ms / 1000 })
  refreshFault = (fault: Omit<Fault, 'endpoint'>) =>
    this.#control('faults', { endpoint: 'refresh', ...fault })
  clearFaults = () => this.#control('faults', null)

  /** Whether this access token still opens something at UPS. */
  async isGood(accessToken: string): Promise<boolean> {
    const answer = await fetch(`${this.url}/api/stand-in/v1/access-check`, {
      headers: { authorization: `Bearer ${accessToken}` },
    })
    await answer.arrayBuffer()
    return answer.status === 200
  }

  fetch = (request: Request): Promise<Response> => fetch(request)

  /** Nothing of it is left, its folder included. */
  async stop(): Promise<void> {
    await this.program.stop('SIGKILL')
    rmSync(this.folder, { recursive: true, force: true })
  }

  async #control(verb: string, body: object | null): Promise<void> {
    const init = body === null ? { method: 'DELETE' } : { method: 'POST', body: JSON.stringify(body) }
    const answer = await fetch(`${this.url}/control/${verb}`, init)
    if (answer.status !== 200) throw new Error(`the stand-in refuses ${verb}: ${await answer.text()}`)
  }
}
