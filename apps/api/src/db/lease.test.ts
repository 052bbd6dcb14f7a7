import { expect, it } from 'vitest'
import { testClock } from '../testing/create-test-app.js'
import { freshDatabase, openFor } from '../testing/fresh-database.js'
import { LeaseEntity } from './lease.entity.js'
import { Leases } from './lease.js'

async function world() {
  const database = await openFor(await freshDatabase())
  const clock = testClock(new Date('2026-03-01T12:00:00.000Z'))
  const leases = new Leases(database, clock)
  const take = (owner: string, name = 'sweep') => leases.take({ name, owner, lastsMs: 20_000 })
  return { database, clock, leases, take }
}

it('belongs to one owner until it lapses, and then to who comes first', async () => {
  const { clock, take } = await world()
  expect(await take('a')).toBe(true)
  expect(await take('b')).toBe(false)
  expect(await take('a'), 'also its owner cannot take it twice').toBe(false)
  expect(await take('b', 'another lease')).toBe(true)
  clock.advance(19_999)
  expect(await take('b')).toBe(false)
  clock.advance(1)
  expect(await take('b')).toBe(true)
  expect(await take('a')).toBe(false)
})

it('is ended by its owner only: one that was paused does not end its successor’s', async () => {
  const { clock, database, leases, take } = await world()
  await take('a')
  await leases.release({ name: 'sweep', owner: 'b' })
  expect(await take('b')).toBe(false)
  await leases.release({ name: 'sweep', owner: 'a' })
  expect(await database.reader.count(LeaseEntity)).toBe(0)
  expect(await take('b')).toBe(true)
  clock.advance(20_000)
  expect(await take('c')).toBe(true)
  await leases.release({ name: 'sweep', owner: 'b' })
  expect(await take('b')).toBe(false)
  await leases.release({ name: 'never taken', owner: 'b' })
})

it.each(['the first time', 'after it has lapsed'])(
  'goes to one of ten who ask at the same moment, %s',
  async (when) => {
    const { clock, take } = await world()
    if (when !== 'the first time') {
      await take('somebody')
      clock.advance(20_000)
    }
    const answers = await Promise.all(Array.from({ length: 10 }, (_, index) => take(`owner ${index}`)))
    expect(answers.filter(Boolean)).toHaveLength(1)
  },
)
