import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Report } from './outcome.js'
import type { World } from './world.js'

type Phase = 'known' | 'first' | 'rotate' | 'alone'

/**
 * Root keys are changed under load as an operator would: the new key is made known to every process, then put first,
 * then everything is sealed anew, then the old key is taken away. A process learns of each step when it starts again.
 */
export class KeyRotation {
  #keys: string[]
  #phase: Phase = 'known'
  #since = performance.now()
  #count = 0

  constructor(
    private readonly world: World,
    private readonly report: Report,
  ) {
    this.#keys = [readFileSync(join(world.dataDir, 'vault-keys'), 'utf8').trim()]
  }

  /** One step further, where every process knows of the last one. */
  async step(): Promise<void> {
    if (!this.world.hubs.every(({ startedAt }) => startedAt > this.#since)) return
    const [old = '', fresh = ''] = this.#keys
    switch (this.#phase) {
      case 'known':
        this.#use([old, `t${this.#count}:${randomBytes(32).toString('base64')}`], 'first')
        return
      case 'first':
        this.#use([fresh, old], 'rotate')
        return
      case 'rotate':
        await this.#rotate()
        this.#use(this.#keys, 'alone')
        return
      case 'alone':
        this.#use([old], 'known')
    }
  }

  get count(): number {
    return this.#count
  }

  #use(keys: string[], next: Phase): void {
    this.#keys = keys
    this.world.environment.VAULT_KEYS = keys.join(',')
    this.#phase = next
    this.#since = performance.now()
  }

  async #rotate(): Promise<void> {
    // Interrupted once, and begun again.
    await this.world.cli(['keys', 'rotate', '--batch-size', '20', '--batches', '2'])
    const { code, text } = await this.world.cli(['keys', 'rotate'])
    this.#count += 1
    this.report.expect(code === 0, `keys rotate ended with ${code}: ${text.slice(-300)}`)
  }
}
