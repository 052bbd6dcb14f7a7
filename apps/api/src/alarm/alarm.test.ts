import { expect, it } from 'vitest'
import type { Browser } from '../testing/browser.js'
import { companyIdOf, createTestApp, type TestApp } from '../testing/create-test-app.js'
import { authorizationOf, optIn } from '../testing/opt-in.js'
import { signInAs } from '../testing/people.js'

const alarmsOf = async (browser: Browser) =>
  (await browser.data<{ alarms: object[] }>('{ alarms { kind application raisedAt } }')).alarms

async function withAdmins() {
  const world = await createTestApp()
  const [first, second] = ['first@ops.example', 'second@ops.example']
  const admin = await signInAs(world, { signInName: 'first', email: first, isSolutionAdmin: true })
  await signInAs(world, { signInName: 'second', email: second, isSolutionAdmin: true })
  return { world, admin, first, second, acme: await world.as('acme.admin') }
}

const subjects = async (world: TestApp, to: string) =>
  (await world.lettersTo(to)).map(({ subject }) => subject)

it('tells every solution admin once that UPS refuses an application, and on every page until it does not', async () => {
  const { world, admin, first, second, acme } = await withAdmins()
  await optIn(world, acme, 'RATING')
  const companyId = await companyIdOf(acme, 'Acme Outfitters')
  const { id: authorizationId } = (await authorizationOf(acme, companyId, 'RATING')) ?? { id: '' }
  const refresh = () => world.app.services.refreshes.refresh({ authorizationId, cause: 'BY_HAND' })
  world.standIn.control.faults({ endpoint: 'refresh', kind: 'status', status: 401, times: 2 })
  await refresh()
  const raised = [
    { kind: 'APPLICATION_REFUSED', application: 'RATING', raisedAt: '2026-03-01T12:00:00.000Z' },
  ]
  expect(await alarmsOf(admin)).toEqual(raised)
  world.clock.advance(9 * 60_000)
  await refresh()
  expect(await alarmsOf(admin)).toEqual(raised)
  for (const address of [first, second])
    expect(await subjects(world, address)).toEqual(['UPS refuses UPS® Intelligent Rating'])
  expect(await subjects(world, 'avery@acme.example')).toEqual([])

  world.clock.advance(9 * 60_000)
  await refresh()
  expect(await alarmsOf(admin)).toEqual([])
  expect((await acme.query('{ alarms { id } }')).errors).toMatchObject([
    { extensions: { code: 'FORBIDDEN', reason: 'ALARMS_NOT_YOURS_TO_SEE' } },
  ])
})

it('tells of a clock that is wrong, once though two processes see it, and when it is right again', async () => {
  const { world, admin, first, acme } = await withAdmins()
  const other = await world.another()
  world.standIn.control.clock({ advanceSeconds: 3600 })
  await optIn(world, acme, 'RATING')
  await world.app.services.alarms.settled()
  other.services.alarms.tell({ kind: 'CLOCK_SKEW' }, true)
  await other.services.alarms.settled()
  expect(await alarmsOf(admin)).toMatchObject([{ kind: 'CLOCK_SKEW', application: null }])
  expect(await subjects(world, first)).toEqual(['The clock of the hub is wrong'])
  world.standIn.control.clock({ advanceSeconds: -3600 })
  await optIn(world, acme, 'PICKUP_MANAGER')
  await world.app.services.alarms.settled()
  expect(await alarmsOf(admin)).toEqual([])
})
