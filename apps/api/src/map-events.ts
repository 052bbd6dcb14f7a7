/**
 * Events as they come, each turned into something else or, where that is null, left out. By hand: a generator that waits for
 * its source could not be told to stop before the next event.
 */
export function mapEvents<In, Out>(
  source: AsyncIterable<In>,
  map: (event: In) => Promise<Out | null>,
): AsyncIterableIterator<Out> {
  const events = source[Symbol.asyncIterator]()
  return {
    async next() {
      for (;;) {
        const step = await events.next()
        if (step.done) return { done: true, value: undefined }
        const value = await map(step.value)
        if (value !== null) return { done: false, value }
      }
    },
    async return() {
      await events.return?.()
      return { done: true, value: undefined }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
