import { expect, it } from 'vitest'
import { createTestApp } from './testing/create-test-app.js'

it('closes the database only when all that is under way has ended', async () => {
  const world = await createTestApp()
  const app = await world.another()
  await world.as('acme.admin')
  app.services.keyUses.note('no key of anybody')
  let letGo: () => void = () => undefined
  const isHeld = new Promise<void>((resolve) => (letGo = resolve))
  let begun: () => void = () => undefined
  const hasBegun = new Promise<void>((resolve) => (begun = resolve))
  const holding = app.database.inTransaction(async () => {
    begun()
    await isHeld
  })
  await hasBegun

  const works = [
    app.noteKeyUses(),
    app.tellPeople(),
    app.tendAudit(),
    app.countFigures(),
    app.forget(),
    app.clearOrders(),
    app.sweep(),
    app.sendLetters(),
  ]
  const closing = app.close()
  // The test world closes it too, and once is enough.
  app.close = () => closing
  letGo()
  await holding
  const ends = await Promise.allSettled(works)
  expect(ends.filter(({ status }) => status === 'rejected')).toEqual([])
  await closing
})
