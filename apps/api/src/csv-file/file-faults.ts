/** What is wrong with a file, and where: a person mends it in the program that made it. */
export interface FileFault {
  /** Counted from 1, as editors and spreadsheets do. */
  line: number
  column: string | null
  message: string
}

const listed = 100

/** Keeps a hundred and the number of all: nobody reads the thousandth. */
export class FileFaults {
  readonly #kept: FileFault[] = []
  count = 0

  /** A fault of the file as a whole may have been found before those of its lines. */
  inOrder(): FileFault[] {
    return [...this.#kept].sort((one, other) => one.line - other.line)
  }

  add(line: number, message: string, column: string | null = null): void {
    this.count++
    if (this.#kept.length < listed) this.#kept.push({ line, column, message })
  }
}
