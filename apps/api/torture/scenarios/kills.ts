import type { Hub } from '../hub.js'
import { Judge, type Kill, type Mode } from '../judge.js'
import { KeyRotation } from '../key-rotation.js'
import { Load } from '../load.js'
import { pause, Report, until } from '../outcome.js'
import type { FaultPoint } from '../../src/refresh/fault-points.js'
import type { World } from '../world.js'

const points: readonly FaultPoint[] = [
  'before-send',
  'after-receive',
  'before-commit',
  'after-commit',
  'before-answer',
]

interface Options {
  mode: Mode
  kills: number
  readers: number
  /** `fsck` after each so many kills. */
  fsckEvery: number
  accessSeconds: number
}

/** Processes are killed at random moments and at the named points, while tokens are read and renewed and people opt out and in. */
export async function kills(world: World, options: Options): Promise<Report> {
  const { mode, kills: wanted, readers, fsckEvery, accessSeconds } = options
  const report = new Report(`${wanted} kills, ${mode}`, world.engine.name)
  const judge = new Judge(world, report)
  await world.ups.rotation({ mode, graceSeconds: 300 })
  await world.ups.lifetimes({ accessSeconds })
  await world.ups.refreshFault({ kind: 'delay', ms: 40, times: 1_000_000 })
  await renewAll(world)
  const few = Math.max(1, Math.floor(world.standings.length / 10))
  const load = new Load(world, {
    steady: world.standings.slice(few),
    changing: world.standings.slice(0, few),
  })
  load.begin(readers)
  const keys = new KeyRotation(world, report)

  const done: Kill[] = []
  const since = new Map<Hub, number>()
  const starting: Promise<void>[] = []
  for (let count = 0; count < wanted; count++) {
    await pause(300 + Math.random() * 700)
    const victim = victimOf(world)
    const kind = count % 2 === 0 ? 'random' : (points[Math.floor(count / 2) % points.length] as FaultPoint)
    await killOne(victim, kind)
    const at = world.now().getTime()
    done.push({ at, kind, since: since.get(victim) ?? 0 })
    since.set(victim, at)
    starting.push(startAgain(victim, report))
    if (starting.length >= world.hubs.length - 1) await starting.shift()
    await keys.step()
    if ((count + 1) % fsckEvery === 0) await judge.fsck()
  }
  await Promise.all(starting)
  await load.end()
  await world.ups.clearFaults()

  report.count('kills', done.length)
  report.count('key rotations', keys.count)
  await judge.settled()
  await judge.losses(mode, done)
  await judge.upstream()
  await judge.clients(load)
  await judge.fsck()
  await judge.everythingStandingWorks()
  return report
}

/** Often the one that has lived longest, so that all of them learn of new keys in time. */
function victimOf(world: World): Hub {
  const up = world.hubs.filter(({ isUp }) => isUp).sort((one, other) => one.startedAt - other.startedAt)
  const victim = up[Math.random() < 0.5 ? 0 : Math.floor(Math.random() * up.length)]
  if (!victim) throw new Error('no process is up')
  return victim
}

async function killOne(victim: Hub, kind: 'random' | FaultPoint): Promise<void> {
  if (kind !== 'random') {
    await victim.setRules([{ point: kind, kind: 'kill', skip: Math.floor(Math.random() * 3) }])
    await until(() => Promise.resolve(!victim.isUp), 3000)
  }
  await victim.stop('SIGKILL')
}

async function startAgain(victim: Hub, report: Report): Promise<void> {
  await victim.start().catch((error: unknown) => {
    report.violations.push(`a process does not start again: ${String(error).slice(0, 500)}`)
  })
}

/** All have tokens as short-lived as the scenario wants them, and are in use. */
export async function renewAll(world: World): Promise<void> {
  await world.advance(2 * 60 * 60_000)
  for (let from = 0; from < world.standings.length; from += 20) {
    const some = world.standings.slice(from, from + 20)
    await Promise.all(some.map((one, index) => world.readToken(world.hub(index), one)))
  }
}
