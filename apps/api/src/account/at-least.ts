import { setTimeout as delay } from 'node:timers/promises'

/**
 * Some answers must not tell by their time whether there is such an account: what is written for one that exists takes
 * a few milliseconds more, and this is longer than either (S-60).
 */
export async function atLeast<T>(ms: number, work: Promise<T>): Promise<T> {
  const [done] = await Promise.all([
    work.then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    ),
    delay(ms),
  ])
  if ('error' in done) throw done.error
  return done.value
}
