/** Work that nobody waits for, and that must have ended before what it uses is closed. */
export class UnderWay {
  readonly #works = new Set<Promise<unknown>>()

  /** The same work, of which `settled` knows. */
  known<T>(work: () => Promise<T>): () => Promise<T> {
    return () => {
      const begun = work()
      this.#works.add(begun)
      const forget = () => void this.#works.delete(begun)
      begun.then(forget, forget)
      return begun
    }
  }

  /** Once all of it has ended, well or badly. */
  async settled(): Promise<void> {
    while (this.#works.size > 0) await Promise.allSettled(this.#works)
  }
}
