import type { Hub } from '../hub.js'
import { Judge } from '../judge.js'
import { Load } from '../load.js'
import { pause, percentile, Report } from '../outcome.js'
import type { World } from '../world.js'
import { renewAll } from './kills.js'

/** Processes are told to end while they work: what they have sent they hear out, so nothing is ever in doubt. */
export async function terms(
  world: World,
  { count, readers }: { count: number; readers: number },
): Promise<Report> {
  const report = new Report(`${count} SIGTERM`, world.engine.name)
  const judge = new Judge(world, report)
  await world.ups.lifetimes({ accessSeconds: 10 })
  await world.ups.refreshFault({ kind: 'delay', ms: 100, times: 1_000_000 })
  await renewAll(world)
  const load = new Load(world, { steady: world.standings, changing: [] })
  load.begin(readers)
  const took: number[] = []
  const starting: Promise<void>[] = []
  for (let ended = 0; ended < count; ended++) {
    await pause(200 + Math.random() * 600)
    const up = world.hubs.filter(({ isUp }) => isUp)
    const victim = up[Math.floor(Math.random() * up.length)] as Hub
    const from = performance.now()
    await victim.stop('SIGTERM')
    took.push(performance.now() - from)
    report.expect(victim.end === 0, `a process ended with ${victim.end}: ${victim.said.slice(-300)}`)
    starting.push(victim.start())
    if (starting.length >= world.hubs.length - 1) await starting.shift()
  }
  await Promise.all(starting)
  await load.end()
  await world.ups.clearFaults()
  report.count('slowest end ms', Math.round(percentile(took, 1)))
  await judge.nothingLost(load)
  return report
}
