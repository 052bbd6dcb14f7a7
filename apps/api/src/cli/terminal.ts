import type { Clock } from '../clock.js'
import type { Environment } from '../settings-reader.js'

interface Output {
  write(text: string): unknown
}

/** What a command is given: nothing of the process it runs in. */
export interface Terminal {
  env: Environment
  /** Where relative paths count from. */
  root: string
  clock: Clock
  fetch: typeof fetch
  stdout: Output
  stderr: Output
}

/** Something that a person can act upon; said as it is, without a stack. */
export class CliError extends Error {}

export type Numbers = Readonly<Record<string, number | undefined>>
export type Texts = Readonly<Record<string, string | undefined>>

export interface Command {
  /** One line for the list of commands. */
  purpose: string
  /** Each takes a number; the sentence says what it is for. */
  options?: Readonly<Record<string, string>>
  /** Each takes a text. */
  texts?: Readonly<Record<string, string>>
  /** Each is there or not; where it is, its text is "true". */
  flags?: Readonly<Record<string, string>>
  /** What the one word after the command is for: the path of a file, handed over as the text `file`. */
  file?: string
  run(terminal: Terminal, numbers: Numbers, texts: Texts): Promise<number>
}

export const exitCodes = { fine: 0, needsAttention: 1, notUnderstood: 2 } as const

export const sayTo =
  ({ stdout }: Pick<Terminal, 'stdout'>) =>
  (line: string): void =>
    void stdout.write(`${line}\n`)
