import { Person } from '../person.js'
import { pause, Report } from '../outcome.js'
import type { World } from '../world.js'

/** Once the hub has said that an opt-out is done, no process hands out a token any more. */
export async function nothingAfterOptOut(
  world: World,
  { rounds, reads }: { rounds: number; reads: number },
): Promise<Report> {
  const report = new Report(`${reads} reads after each of ${rounds} opt-outs`, world.engine.name)
  const admin = new Person(world.publicUrl)
  await admin.signIn(world.hub(0).ask.bind(world.hub(0)))
  let given = 0
  let before = 0
  const told: number[] = []
  for (let round = 0; round < rounds; round++) {
    const standing = world.take()
    let isDone = false
    // Begun before the answer: may or may not be given a token, and keeps all processes busy with it.
    const busy = world.hubs.map(async (hub) => {
      while (!isDone) if ((await world.readToken(hub, standing)).status === 200) before += 1
    })
    await pause(150)
    const { companyId, application } = standing
    const hub = world.hub(round)
    const from = performance.now()
    await admin.optOut(hub.ask.bind(hub), { companyId, application })
    told.push(performance.now() - from)
    const after = await Promise.all(
      Array.from({ length: reads }, (_, index) => world.readToken(world.hub(index), standing)),
    )
    isDone = true
    await Promise.all(busy)
    given += after.filter(({ status }) => status === 200).length
    const kept = await world.database.query<{ authorizationId: string }>(
      `SELECT "authorizationId" FROM token_sets WHERE "authorizationId" = '${standing.authorizationId}'`,
    )
    report.expect(kept.length === 0, 'sealed tokens of an authorization that has ended are still stored')
  }
  report.count('given before', before)
  report.count('given after', given)
  report.count('slowest opt-out ms', Math.round(Math.max(...told)))
  report.expect(given === 0, `${given} tokens were handed out after an acknowledged opt-out`)
  return report
}
