import type { AuthorizationChangeEntity } from './authorization-change.entity.js'
import type { ChangeReader } from './change-reader.js'

/** Who is so far behind has other ways to catch up: pages ask again by themselves. */
const mostWaiting = 1_000

/**
 * Changes as they come, of one company or of all. Of several changes of one authorization that nobody has taken yet only the
 * last is kept, so that a slow client costs no memory.
 */
export function changesOf(
  reader: Pick<ChangeReader, 'listen'>,
  companyId?: string | null,
): AsyncIterableIterator<AuthorizationChangeEntity> {
  const waiting = new Map<string, AuthorizationChangeEntity>()
  let wake: (() => void) | null = null
  let isOver = false
  const stop = reader.listen((change) => {
    if (companyId && change.companyId !== companyId) return
    if (waiting.size < mostWaiting) waiting.set(change.authorizationId, change)
    wake?.()
  })
  const over = { done: true, value: undefined } as const
  return {
    async next() {
      while (waiting.size === 0 && !isOver) await new Promise<void>((resolve) => (wake = resolve))
      const [first] = waiting
      if (!first || isOver) return over
      waiting.delete(first[0])
      return { done: false, value: first[1] }
    },
    return() {
      isOver = true
      stop()
      wake?.()
      return Promise.resolve(over)
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
