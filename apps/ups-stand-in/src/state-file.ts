import { readFileSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { PlainError } from './plain-error.js'
import type { StandInState } from './state.js'

/** The state on disk: whole or not at all, readable by its owner only. */
export class StateFile {
  #state: StandInState | null = null
  #changes = 0
  #changesOnDisk = 0
  #writing: Promise<void> | null = null

  constructor(private readonly path: string) {}

  read(): StandInState | undefined {
    let text: string
    try {
      text = readFileSync(this.path, 'utf8')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw new PlainError(`The state file ${this.path} cannot be read.`)
    }
    const state = parsed(text)
    if (state) return state
    throw new PlainError(`The state file ${this.path} is not one of this version; delete it to begin anew.`)
  }

  changed(state: StandInState): void {
    this.#state = state
    this.#changes += 1
  }

  /** Resolves when every change so far is on disk; many who wait at once share one writing. */
  async written(): Promise<void> {
    const wanted = this.#changes
    while (this.#changesOnDisk < wanted) {
      this.#writing ??= this.#write()
      await this.#writing
    }
  }

  async #write(): Promise<void> {
    try {
      // One request changes several things in a row; they are written together.
      await Promise.resolve()
      const changes = this.#changes
      await writeFile(`${this.path}.new`, JSON.stringify(this.#state), { mode: 0o600 })
      await rename(`${this.path}.new`, this.path)
      this.#changesOnDisk = changes
    } finally {
      this.#writing = null
    }
  }
}

function parsed(text: string): StandInState | null {
  try {
    const state = JSON.parse(text) as Partial<StandInState> | null
    const isOurs = state?.version === 1 && typeof state.grants === 'object' && typeof state.codes === 'object'
    return isOurs ? (state as StandInState) : null
  } catch {
    return null
  }
}
