import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { StampedLetter } from './letter.js'

const newestKept = 500
const idPattern = /^[0-9a-f-]{36}$/

/** Letters as files that only the hub's own user can read. Ids begin with their time, so names are in the order of sending. */
export class LetterFolder {
  constructor(private readonly folder: string) {}

  async write(letter: StampedLetter): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 })
    await writeFile(this.#path(letter.id), `${JSON.stringify(letter, null, 2)}\n`, { mode: 0o600 })
    for (const id of (await this.#ids()).slice(newestKept)) await rm(this.#path(id), { force: true })
  }

  /** Newest first. */
  async list(): Promise<StampedLetter[]> {
    const letters = await Promise.all((await this.#ids()).map((id) => this.find(id)))
    return letters.filter((letter) => letter !== null)
  }

  async find(id: string): Promise<StampedLetter | null> {
    // Not a name that leads elsewhere.
    if (!idPattern.test(id)) return null
    try {
      const written = JSON.parse(await readFile(this.#path(id), 'utf8')) as StampedLetter & { at: string }
      return { ...written, at: new Date(written.at) }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
      throw error
    }
  }

  async #ids(): Promise<string[]> {
    const names = await readdir(this.folder).catch(() => [])
    return names
      .map((name) => name.replace(/\.json$/, ''))
      .filter((id) => idPattern.test(id))
      .sort()
      .reverse()
  }

  #path(id: string): string {
    return join(this.folder, `${id}.json`)
  }
}
