import { distinct, percentile, Report } from '../outcome.js'
import type { Standing } from '../seed.js'
import type { TokenAnswer, World } from '../world.js'

const hour = 60 * 60_000

interface Options {
  askers: number
  /** How many processes of the world are asked. */
  processes: number
  upsTakesMs: number
}

/** Many ask for one expired token over several processes while UPS is slow: UPS is asked once, and all get the same. */
export async function askersOfOneExpiredToken(world: World, options: Options): Promise<Report> {
  const { askers, processes, upsTakesMs } = options
  const report = new Report(
    `${askers} askers, ${processes} processes, UPS taking ${upsTakesMs / 1000} s`,
    world.engine.name,
  )
  const standing = world.take()
  await world.advance(2 * hour)
  await world.ups.clearFaults()
  await world.ups.refreshFault({ kind: 'delay', ms: upsTakesMs, times: 100 })
  const before = await world.ups.lastRow()

  const took: number[] = []
  const answers = await Promise.all(
    Array.from({ length: askers }, async (_, index) => {
      const from = performance.now()
      const answer = await world.readToken(world.hub(index % processes), standing)
      took.push(performance.now() - from)
      return answer
    }),
  )
  const sent = (await refreshesOf(world, standing, before)).length
  const good = answers.filter(({ status }) => status === 200)
  const tokens = distinct(good.map(({ body }) => (JSON.parse(body) as TokenAnswer).accessToken))
  const next = await world.readToken(world.hub(0), standing)
  await world.ups.clearFaults()

  report.count('upstream', sent)
  report.count('answered', good.length)
  report.count('tokens', tokens)
  report.count('p99 ms beyond UPS', Math.round(percentile(took, 0.99) - upsTakesMs))
  report.expect(sent === 1, `UPS was asked ${sent} times`)
  report.expect(
    good.length === askers,
    `${askers - good.length} were not given a token: ${othersThan(answers, 200)}`,
  )
  report.expect(tokens === 1, `${tokens} different tokens`)
  report.expect(next.status === 200, `the next read was answered ${next.status}`)
  return report
}

/** With UPS at 503 and minutes left, the token itself is the answer, and what is wrong stands beside it. */
export async function staleTokenWhileUpsIsDown(world: World): Promise<Report> {
  const report = new Report('UPS at 503, minutes left', world.engine.name)
  const standing = world.take()
  await world.advance(2 * hour)
  const fresh = await world.readToken(world.hub(0), standing)
  await world.advance(54 * 60_000)
  await world.ups.refreshFault({ kind: 'status', status: 503, times: 1000 })
  const before = await world.ups.lastRow()
  const answers = []
  for (let read = 0; read < 8; read++) answers.push(await world.readToken(world.hub(read), standing, 600))
  const tokens = answers.map(({ body }) => JSON.parse(body) as TokenAnswer & { refreshProblem: unknown })
  const sent = (await refreshesOf(world, standing, before)).length
  await world.ups.clearFaults()

  const isSame = ({ accessToken }: TokenAnswer) =>
    accessToken === (JSON.parse(fresh.body) as TokenAnswer).accessToken
  report.count('reads', answers.length)
  report.count('given', answers.filter(({ status }) => status === 200).length)
  report.count('stale', tokens.filter(({ stale }) => stale).length)
  report.count('upstream', sent)
  report.expect(
    answers.every(({ status }) => status === 200),
    `a token with minutes left was withheld: ${othersThan(answers, 200)}`,
  )
  report.expect(tokens.every(isSame), 'another token was given')
  report.expect(
    tokens.every(({ stale }) => stale),
    'a token with less life than asked was not called stale',
  )
  report.expect(
    tokens.every(({ refreshProblem }) => refreshProblem !== null),
    'nothing was said about what is wrong',
  )
  report.expect(sent <= 2, `UPS at 503 was asked ${sent} times`)
  return report
}

async function refreshesOf(world: World, { grantId, application }: Standing, after: number) {
  const rows = await world.ups.refreshes(after)
  return rows.filter(
    (row) => row.grantId === grantId || (row.grantId === null && row.application === application),
  )
}

export function othersThan(answers: readonly { status: number; body: string }[], status: number): string {
  const others = answers.filter((answer) => answer.status !== status)
  const kinds = new Map<string, number>()
  for (const { status: other, body } of others) {
    const { reason = 'no reason' } = body.startsWith('{') ? (JSON.parse(body) as { reason?: string }) : {}
    const kind = `${other} ${reason}`
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
  }
  return [...kinds].map(([kind, count]) => `${count} × ${kind}`).join(', ')
}
