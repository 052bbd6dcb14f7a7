import { expect, it } from 'vitest'
import { WaitingCallers } from './waiting-callers.js'

const silent = { error: () => undefined }

it('lets no more wait than can be borne, tells the others at once when to come again, and has room afterwards', async () => {
  const callers = new WaitingCallers(silent, 2)
  let finish = () => undefined as void
  const work = new Promise<void>((resolve) => (finish = resolve))
  const waiting = [callers.waitFor(() => work), callers.waitFor(() => work)]
  let begun = 0
  const third = () => callers.waitFor(() => Promise.resolve((begun += 1)))
  await expect(third()).rejects.toMatchObject({
    code: 'UPS_UNAVAILABLE',
    reason: 'TOO_MANY_ARE_WAITING',
    details: { retryAfterSeconds: 1 },
  })
  expect(begun).toBe(0)
  finish()
  await Promise.all(waiting)
  await third()
  expect(begun).toBe(1)
})

it('keeps the failure of the work for the log', async () => {
  const told: unknown[] = []
  const callers = new WaitingCallers({ error: (fields: unknown) => told.push(fields) }, 2)
  await callers.waitFor(() => Promise.reject(new Error('the database is gone')))
  expect(told).toEqual([{ err: new Error('the database is gone') }])
  expect(callers.isFull).toBe(false)
})
