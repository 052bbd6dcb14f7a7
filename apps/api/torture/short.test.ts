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
})

interface Bar {
  title: string
  size: Pick<WorldOptions, 'hubs' | 'companies'>
  work: (world: World) => Promise<Report>
  /** Where one engine shows it as well as the other; the long form shows it on both. */
  on?: Engine['name']
}

/** These mostly wait, for leases to lapse and for minutes to pass: so they do it together, each in a world of its own. */
describe.concurrent('a process', () => {
  const bars: Bar[] = [
    {
      title: 'that is killed loses nothing silently',
      size: { hubs: 2, companies: 3 },
      work: (world) =>
        kills(world, { mode: 'strict', kills: 6, readers: 2, fsckEvery: 6, accessSeconds: 10 }),
    },
    {
      title: 'that stood still sends nothing that is spent by then',
      on: 'sqlite',
      size: { hubs: 2, companies: 1 },
      work: (world) => holderStoppedBeforeSending(world, 23_000),
    },
    {
      title: 'that stood still has its late answer stored',
      on: 'postgres',
      size: { hubs: 2, companies: 1 },
      work: (world) => holderStoppedAfterSending(world, { stoppedMs: 26_000, mode: 'strict' }),
    },
    {
      title: 'ends nothing and raises one alarm while UPS refuses the client for ten minutes',
      on: 'sqlite',
      size: { hubs: 2, companies: 2 },
      work: (world) => refusedForTenMinutes(world, { status: 401, stepMs: 10_000, restMs: 100 }),
    },
    {
      title: 'ends nothing and asks ever less while UPS asks for less for ten minutes',
      on: 'postgres',
      size: { hubs: 2, companies: 2 },
      work: (world) => refusedForTenMinutes(world, { status: 429, stepMs: 10_000, restMs: 100 }),
    },
    {
      title: 'that is told to end leaves nothing in doubt',
      on: 'postgres',
      size: { hubs: 2, companies: 2 },
      work: (world) => terms(world, { count: 2, readers: 2 }),
    },
    {
      title: 'that is killed while the database is locked leaves its answer in a file',
      size: { hubs: 1, companies: 1 },
      work: killedWithThePairAside,
    },
  ]
  const here = bars.filter(({ on }) => on === undefined || on === engine.name)

  it.each(here)('$title', { timeout: patience }, async ({ size, work }) => {
    const world = await start(size)
    try {
      expectHeld(await work(world))
    } finally {
      await world.end()
    }
  })
})
