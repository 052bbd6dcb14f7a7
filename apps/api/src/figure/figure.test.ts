import { expect, it } from 'vitest'
import type { Browser } from '../testing/browser.js'
import { companyIdOf, createTestApp } from '../testing/create-test-app.js'
import { optIn } from '../testing/opt-in.js'
import { plansOf } from '../testing/query-plans.js'
import { dayMs, hourMs, statesByDay } from './figure-policy.js'

interface Answer {
  states: { day: string; authorized: number; reauthorizationRequired: number; notAuthorized: number }[]
  renewals: { hour: string; renewed: number; failed: number }[]
  runningOut: { day: string; count: number }[]
}

async function figuresOf(browser: Browser): Promise<Answer> {
  const { figures } = await browser.data<{ figures: Answer }>(`{ figures {
    states { day authorized reauthorizationRequired notAuthorized }
    renewals { hour renewed failed }
    runningOut { day count }
  } }`)
  return figures
}

const last = <T>(list: readonly T[]): T | undefined => list.at(-1)

it('counts the whole installation by a job, and what people look at from that alone', async () => {
  const world = await createTestApp()
  const acme = await world.as('acme.admin')
  await optIn(world, acme, 'RATING')
  await optIn(world, acme, 'PICKUP_MANAGER')
  const companyId = await companyIdOf(acme, 'Acme Outfitters')
  const solution = await world.as('solution.admin')
  expect(await figuresOf(solution)).toMatchObject({ states: [] })

  await world.app.countFigures()
  const { states, renewals, runningOut } = await figuresOf(solution)
  expect(states).toEqual([
    { day: '2026-03-01T00:00:00.000Z', authorized: 2, reauthorizationRequired: 0, notAuthorized: 8 },
  ])
  expect([renewals.length, runningOut.length]).toEqual([48, 61])
  expect(last(runningOut)).toEqual({ day: '2026-04-30T00:00:00.000Z', count: 2 })

  world.clock.advance(dayMs)
  await acme.signIn('acme.admin')
  const refresh = 'mutation ($input: RefreshTokenInput!) { refreshToken(input: $input) { generation } }'
  await acme.data(refresh, { input: { companyId, application: 'RATING' } })
  world.standIn.control.password({ username: 'acme', password: 'another-ups-password' })
  await acme.data(refresh, { input: { companyId, application: 'PICKUP_MANAGER' } })
  await world.app.countFigures()
  await solution.signIn('solution.admin')
  const next = await figuresOf(solution)
  expect(
    next.states.map(({ authorized, reauthorizationRequired }) => [authorized, reauthorizationRequired]),
  ).toEqual([
    [2, 0],
    [1, 1],
  ])
  expect(last(next.renewals)).toEqual({ hour: '2026-03-02T12:00:00.000Z', renewed: 1, failed: 1 })

  const read = await plansOf(world, () => figuresOf(solution))
  expect(read.filter(({ sql }) => / FROM "(authorizations|token_sets|audit_events)"/.test(sql))).toEqual([])
})

it('counts for a member the companies they act for, from the trail and by its indices', async () => {
  const world = await createTestApp()
  const demo = await world.as('demo.admin')
  const acme = await world.as('acme.admin')
  world.clock.advance(2 * dayMs)
  await acme.signIn('acme.admin')
  await optIn(world, acme, 'RATING')
  world.clock.advance(3 * dayMs)
  await acme.signIn('acme.admin')
  const companyId = await companyIdOf(acme, 'Acme Outfitters')
  await acme.data('mutation ($input: OptOutInput!) { optOut(input: $input) { id } }', {
    input: { companyId, application: 'RATING' },
  })
  await optIn(world, acme, 'PICKUP_MANAGER')

  const { states, runningOut } = await figuresOf(acme)
  expect(states.slice(-7).map(({ authorized, notAuthorized }) => [authorized, notAuthorized])).toEqual([
    [0, 0],
    [0, 5],
    [0, 5],
    [1, 4],
    [1, 4],
    [1, 4],
    [1, 4],
  ])
  expect(last(runningOut)?.count).toBe(1)
  await world.app.database.inTransaction((manager) =>
    manager.query(`UPDATE token_sets SET "refreshExpiresAt" = ${world.clock().getTime() + 3 * dayMs}`),
  )
  expect((await figuresOf(acme)).runningOut[3]).toEqual({ day: '2026-03-09T00:00:00.000Z', count: 1 })
  await demo.signIn('demo.admin')
  const others = await figuresOf(demo)
  expect(last(others.states)).toMatchObject({ authorized: 0, notAuthorized: 5 })
  expect(others.runningOut[3]?.count).toBe(0)
  if (world.app.database.kind !== 'sqlite') return
  const walks = (await plansOf(world, () => figuresOf(acme))).filter(({ plan }) =>
    /^SCAN (event|one|pair)/m.test(plan),
  )
  expect(walks).toEqual([])
})

it('replays the past of each enrolment by itself, and believes the rows about today', () => {
  const days = [0, 1, 2, 3].map((day) => new Date(day * dayMs))
  const change = (key: string, day: number, name: string) => ({ key, at: day * dayMs + hourMs, name })
  const counts = statesByDay(
    [
      { key: 'a', enrolledAt: 0, status: 'AUTHORIZED' },
      { key: 'b', enrolledAt: dayMs, status: 'NOT_AUTHORIZED' },
      { key: 'c', enrolledAt: 0, status: null },
    ],
    [
      change('a', 1, 'authorization.opted_in'),
      change('b', 1, 'authorization.opted_in'),
      change('a', 2, 'authorization.invalidated'),
      change('c', 2, 'company.withdrew'),
    ],
    days,
  )
  expect(counts.map((one) => Object.values(one))).toEqual([
    [0, 0, 2],
    [2, 0, 1],
    [1, 1, 0],
    [1, 0, 1],
  ])
})
