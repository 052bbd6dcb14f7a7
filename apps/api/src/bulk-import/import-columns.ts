/** What is wrong with a file, and where: a person mends it in the program that made it. */
export interface ImportFault {
  /** Counted from 1, as editors and spreadsheets do. */
  line: number
  column: ImportColumn | null
  message: string
}

export const importColumns = [
  'company',
  'account executive',
  'contact',
  'applications',
  'admin e-mail',
  'role',
] as const
export type ImportColumn = (typeof importColumns)[number]

const listed = 100

/** Keeps a hundred and the number of all: nobody reads the thousandth. */
export class Faults {
  readonly #kept: ImportFault[] = []
  count = 0

  /** A fault of the file as a whole may have been found before those of its lines. */
  inOrder(): ImportFault[] {
    return [...this.#kept].sort((one, other) => one.line - other.line)
  }

  add(line: number, message: string, column: ImportColumn | null = null): void {
    this.count++
    if (this.#kept.length < listed) this.#kept.push({ line, column, message })
  }
}
