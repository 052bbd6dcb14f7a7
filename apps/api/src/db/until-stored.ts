import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from '../log.js'

const longestPauseMs = 5_000
/** A database that is locked or does not answer may keep us waiting for minutes; the pair must be safe before. */
const databaseIsSlowMs = 1_000

interface Surroundings {
  /** Asked after a failure once `putAside` has worked. */
  mayGiveUp: () => boolean
  log: Pick<Logger, 'error'>
}

interface Work<T> {
  store: () => Promise<T>
  /** Run when the database refuses, or says neither yes nor no for a while. */
  putAside?: () => Promise<void>
}

/** What UPS has answered must not be lost: tries until the database takes it, or it is safe elsewhere and may be given up (S-27). */
export async function untilStored<T>(
  { mayGiveUp, log }: Surroundings,
  { store, putAside = () => Promise.resolve() }: Work<T>,
): Promise<T> {
  for (let pauseMs = 50; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    const isSlow = setTimeout(() => void putAside().catch(() => undefined), databaseIsSlowMs)
    try {
      return await store()
    } catch (err) {
      log.error({ err }, 'the database refuses what UPS has answered; trying on')
      const isAside = await putAside().then(
        () => true,
        (reason: unknown) => (log.error({ err: reason }, 'the pair cannot be put aside either'), false),
      )
      if (isAside && mayGiveUp()) throw err
      await delay(pauseMs)
    } finally {
      clearTimeout(isSlow)
    }
  }
}
