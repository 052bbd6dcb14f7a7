import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { applicationIds } from '../src/application/applications.js'
import { postgresAt, sqliteEngine, type Engine } from './engine.js'
import type { Report } from './outcome.js'
import { askersOfOneExpiredToken, staleTokenWhileUpsIsDown } from './scenarios/askers.js'
import { killedWithThePairAside } from './scenarios/cuts.js'
import { kills } from './scenarios/kills.js'
import { nothingAfterOptOut } from './scenarios/opt-out.js'
import { refusedForTenMinutes } from './scenarios/refusals.js'
import { holderStoppedAfterSending, holderStoppedBeforeSending } from './scenarios/sleeper.js'
import { terms } from './scenarios/terms.js'
import { World, type WorldOptions } from './world.js'

const engine: Engine =
  process.env.TEST_ENGINE === 'postgres' ? postgresAt(inject('postgresUrl')) : sqliteEngine
const patience = 180_000

/** What `npm run torture` does for an hour, in short: real processes, a real database, a UPS.com of their own. */
function start(size: Pick<WorldOptions, 'hubs' | 'companies'>): Promise<World> {
  return World.start({ engine, applications: applicationIds, ...size })
}

function expectHeld({ violations, counts }: Report): void {
  expect({ counts, violations }).toEqual({ counts, violations: [] })
}

describe('four processes', () => {
  let world: World
  beforeAll(async () => {
    world = await start({ hubs: 4, companies: 2 })
  }, patience)
  afterAll(() => world.end(), patience)

  it(
    'ask UPS once for all who want one expired token, and give each the same',
    { timeout: patience },
    async () => {
      expectHeld(await askersOfOneExpiredToken(world, { askers: 400, processes: 4, upsTakesMs: 2000 }))
    },
  )

  it('are no worse in one process, or in two', { timeout: patience }, async () => {
    expectHeld(await askersOfOneExpiredToken(world, { askers: 50, processes: 1, upsTakesMs: 200 }))
    expectHeld(await askersOfOneExpiredToken(world, { askers: 50, processes: 2, upsTakesMs: 200 }))
  })

  it('serve the token that has minutes left while UPS is down', { timeout: patience }, async () => {
    expectHeld(await staleTokenWhileUpsIsDown(world))
  })

  it('hand out nothing after an opt-out that was acknowledged', { timeout: patience }, async () => {
    expectHeld(await nothingAfterOptOut(world, { rounds: 2, reads: 100 }))
  })

  it.each([401, 429] as const)(
    'end nothing and ask ever less while UPS answers %i for ten minutes',
    { timeout: patience },
    async (status) => {
      expectHeld(await refusedForTenMinutes(world, { status, stepMs: 10_000, restMs: 100 }))
    },
  )
})

/** They mostly wait for leases to lapse, so they wait together, each in a world of its own. */
describe.concurrent('a process', () => {
  const bars: [string, Pick<WorldOptions, 'hubs' | 'companies'>, (world: World) => Promise<Report>][] = [
    [
      'that stood still sends nothing that is spent by then',
      { hubs: 2, companies: 1 },
      (world) => holderStoppedBeforeSending(world, 23_000),
    ],
    [
      'that stood still has its late answer stored',
      { hubs: 2, companies: 1 },
      (world) => holderStoppedAfterSending(world, { stoppedMs: 26_000, mode: 'strict' }),
    ],
    [
      'that is killed while the database is locked leaves its answer in a file',
      { hubs: 1, companies: 1 },
      killedWithThePairAside,
    ],
    [
      'that is told to end leaves nothing in doubt',
      { hubs: 2, companies: 2 },
      (world) => terms(world, { count: 3, readers: 2 }),
    ],
    [
      'that is killed loses nothing silently',
      { hubs: 2, companies: 3 },
      (world) => kills(world, { mode: 'strict', kills: 10, readers: 2, fsckEvery: 5, accessSeconds: 10 }),
    ],
  ]

  it.each(bars)('%s', { timeout: patience }, async (_title, size, work) => {
    const world = await start(size)
    try {
      expectHeld(await work(world))
    } finally {
      await world.end()
    }
  })
})
