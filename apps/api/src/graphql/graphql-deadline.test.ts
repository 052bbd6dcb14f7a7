import { expect, it } from 'vitest'
import { startDeadline, withinDeadline } from './graphql-deadline.js'

const never = new Promise<string>(() => undefined)

it('gives up what has started its deadline and does not end', async () => {
  const work = async (): Promise<string> => {
    await Promise.resolve()
    startDeadline()
    return never
  }
  await expect(withinDeadline(1, work)).rejects.toMatchObject({
    reason: 'QUERY_TOOK_TOO_LONG',
    status: 503,
    details: { retryAfterSeconds: 60 },
  })
})

it('waits for what has started none, however long it takes', async () => {
  const work = async (): Promise<string> => {
    await withinDeadline(1, () => (startDeadline(), never)).catch(() => undefined)
    return 'an answer of UPS'
  }
  expect(await withinDeadline(0, work)).toBe('an answer of UPS')
})
