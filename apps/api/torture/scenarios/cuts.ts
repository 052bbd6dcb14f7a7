import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Judge } from '../judge.js'
import { Load } from '../load.js'
import { pause, Report, until } from '../outcome.js'
import type { World } from '../world.js'
import { renewAll } from './kills.js'

/** The database goes away in the middle of everything and comes back; no process dies of it and no answer is lost. */
export async function databaseCuts(
  world: World,
  { rounds, readers, longestMs }: { rounds: number; readers: number; longestMs: number },
): Promise<Report> {
  const report = new Report(`${rounds} cuts of the database`, world.engine.name)
  const judge = new Judge(world, report)
  await world.ups.lifetimes({ accessSeconds: 10 })
  await world.ups.refreshFault({ kind: 'delay', ms: 40, times: 1_000_000 })
  await renewAll(world)
  const load = new Load(world, { steady: world.standings, changing: [] })
  load.begin(readers)
  const done: Record<string, number> = {}
  for (let round = 0; round < rounds; round++) {
    await pause(500 + Math.random() * 1000)
    const kind = await cutOnce(world, round, Math.random() * longestMs)
    done[kind] = (done[kind] ?? 0) + 1
  }
  await pause(3000)
  await load.end()
  await world.ups.clearFaults()
  for (const [kind, count] of Object.entries(done)) report.count(kind, count)
  for (const hub of world.hubs) report.expect(hub.isUp, `a process died: ${hub.end} ${hub.said.slice(-500)}`)
  await judge.nothingLost(load)
  return report
}

/** By turns what this engine can suffer. */
async function cutOnce(world: World, round: number, forMs: number): Promise<string> {
  const { stopServer } = world.engine
  if (round % 3 === 2 && stopServer) {
    await world.database.close()
    const startAgain = await stopServer()
    await pause(forMs)
    await startAgain()
    return 'server stopped'
  }
  if (round % 3 !== 1 && world.engine.name === 'postgres') {
    for (let times = 0; times < 5; times++) {
      await world.database.cut()
      await pause(Math.random() * 200)
    }
    return 'connections cut'
  }
  const letGo = await world.database.holdAgainstWriters()
  await pause(forMs)
  await letGo()
  return 'locked against writers'
}

/** UPS has answered, the database does not take it, and then the process is killed: the pair is in a file by then. */
export async function killedWithThePairAside(world: World): Promise<Report> {
  const report = new Report('killed while the database was locked', world.engine.name)
  const standing = world.take()
  await world.advance(2 * 60 * 60_000)
  await world.ups.refreshFault({ kind: 'delay', ms: 1500 })
  const victim = world.hub(0)
  await victim.setRules([{ point: 'before-send', kind: 'tell' }])
  const sent = victim.reaches('before-send')
  const read = world.readToken(victim, standing).catch(() => null)
  await sent
  await pause(300)
  const letGo = await world.database.holdAgainstWriters()
  const isAside = await until(async () => spilled(world).length > 0, 20_000)
  await victim.stop('SIGKILL')
  await letGo()
  await read
  await victim.start()
  const after = await world.readToken(victim, standing)
  const { status, generation } = await world.row(standing)
  const sendings = (await world.ups.refreshes()).filter(({ grantId }) => grantId === standing.grantId)
  report.count('put aside', isAside ? 'yes' : 'no')
  report.count('upstream', sendings.length)
  report.expect(isAside, 'the pair was not put aside within 20 s')
  report.expect(after.status === 200, `after the restart a read is answered ${after.status}`)
  report.expect(generation === 2 && status === 'AUTHORIZED', `it is ${status}, generation ${generation}`)
  report.expect(sendings.length === 1, `UPS was asked ${sendings.length} times`)
  report.expect(spilled(world).length === 0, 'the file is still there')
  return report
}

function spilled(world: World): string[] {
  try {
    return readdirSync(join(world.dataDir, 'spill')).filter((name) => name.endsWith('.json'))
  } catch {
    return []
  }
}
