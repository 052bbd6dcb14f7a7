import { AsyncLocalStorage } from 'node:async_hooks'
import { defineErrors } from '../errors.js'

const deadlineErrors = defineErrors({
  QUERY_TOOK_TOO_LONG: {
    code: 'RATE_LIMITED',
    status: 503,
    message: 'The hub is too busy to answer this in time. Nothing has changed. Please try again in a minute.',
    logLevel: 'warn',
  },
})

const started = new AsyncLocalStorage<() => void>()

/** The answer of `work`, unless the deadline that it starts passes first (S-102). */
export function withinDeadline<T>(limitMs: number, work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined
    const start = (): void => {
      const details = { retryAfterSeconds: 60 }
      timer = setTimeout(() => reject(deadlineErrors.QUERY_TOOK_TOO_LONG({ details })), limitMs)
    }
    started
      .run(start, work)
      .then(resolve, reject)
      .finally(() => clearTimeout(timer))
  })
}

export const startDeadline = (): void => started.getStore()?.()
