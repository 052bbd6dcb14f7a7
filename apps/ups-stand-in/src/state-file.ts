import { readFileSync } from 'node:fs'
import { appendFile, rename, writeFile } from 'node:fs/promises'
import { PlainError } from './plain-error.js'
import type { StandInState, StateChange } from './state.js'

const APPENDED_AT_LEAST = 1024 * 1024

/**
 * The state on disk, readable by its owner only. Its first line is the whole state, each further line a grant or a
 * code as it has become since: with thousands of grants a refresh must not cost a writing of them all.
 */
export class StateFile {
  #state: StandInState | null = null
  #lines: string[] = []
  #isWholeDue = true
  #wholeLength = 0
  #appendedLength = 0
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
    const [whole, ...changes] = text.split('\n')
    const state = parsed<StandInState>(whole ?? '')
    if (state?.version !== 1 || typeof state.grants !== 'object' || typeof state.codes !== 'object') {
      throw new PlainError(`The state file ${this.path} is not one of this version; delete it to begin anew.`)
    }
    // A line that does not parse was cut off by a kill; nobody was told of what it would have said.
    for (const line of changes) apply(parsed<StateChange>(line), state)
    return state
  }

  changed(state: StandInState, change: StateChange): void {
    this.#state = state
    this.#changes += 1
    if (change.grant || change.code) this.#lines.push(`${JSON.stringify(change)}\n`)
    else this.#isWholeDue = true
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
      const text = this.#lines.splice(0).join('')
      const isLong = this.#appendedLength > Math.max(APPENDED_AT_LEAST, this.#wholeLength)
      if (this.#isWholeDue || isLong) await this.#writeWhole()
      else await this.#append(text)
      this.#changesOnDisk = changes
    } finally {
      this.#writing = null
    }
  }

  async #append(text: string): Promise<void> {
    this.#appendedLength += text.length
    await appendFile(this.path, text)
  }

  async #writeWhole(): Promise<void> {
    const text = `${JSON.stringify(this.#state)}\n`
    this.#isWholeDue = false
    this.#wholeLength = text.length
    this.#appendedLength = 0
    await writeFile(`${this.path}.new`, text, { mode: 0o600 })
    await rename(`${this.path}.new`, this.path)
  }
}

function apply(change: StateChange | null, state: StandInState): void {
  if (change?.code) state.codes[change.code.hash] = change.code
  if (!change?.grant) return
  state.grants[change.grant.id] = change.grant
  state.nextGrant = Math.max(state.nextGrant, Number(change.grant.id.replace('grant-', '')) + 1)
}

function parsed<T>(text: string): T | null {
  try {
    return JSON.parse(text) as T | null
  } catch {
    return null
  }
}
