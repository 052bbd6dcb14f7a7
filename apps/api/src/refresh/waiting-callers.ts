import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from '../log.js'
import { refreshErrors } from './refresh.errors.js'

/** How long a caller waits for a token; the refresh itself goes on. */
export const callersWaitMs = 30_000
/** Each holds a connection and some memory; with more, the process would be the next thing to fail (S-161). */
const mostCallers = 10_000

/** Those who wait for refreshes: each for a limited time, and not more than can be borne. */
export class WaitingCallers {
  #count = 0

  constructor(
    private readonly log: Pick<Logger, 'error'>,
    private readonly most = mostCallers,
  ) {}

  get isFull(): boolean {
    return this.#count >= this.most
  }

  /** The failure of `work` is told by what is stored, not thrown at the caller; the end of the wait does not end it. */
  async waitFor(work: () => Promise<unknown>): Promise<void> {
    if (this.isFull) throw refreshErrors.TOO_MANY_ARE_WAITING({ details: { retryAfterSeconds: 1 } })
    this.#count += 1
    const stop = new AbortController()
    const limit = delay(callersWaitMs, undefined, { signal: stop.signal, ref: false }).catch(() => undefined)
    const done = work().catch((err: unknown) => this.log.error({ err }, 'refresh failed'))
    await Promise.race([done, limit])
    stop.abort()
    this.#count -= 1
  }
}
