import { distinct, pause, Report, until } from '../outcome.js'
import type { Hub } from '../hub.js'
import type { TokenAnswer, World } from '../world.js'
import { othersThan } from './askers.js'

const hour = 60 * 60_000

/**
 * The process that has asked UPS is stopped before it can read the answer, long enough for its lease to lapse, while
 * others ask; then it goes on.
 */
export async function holderStoppedAfterSending(
  world: World,
  { stoppedMs, mode }: { stoppedMs: number; mode: 'strict' | 'family-revoke' | 'grace' | 'none' },
): Promise<Report> {
  const report = new Report(
    `lease holder stopped ${stoppedMs / 1000} s after sending, ${mode}`,
    world.engine.name,
  )
  await world.ups.rotation({ mode, graceSeconds: 600 })
  const standing = world.take()
  await world.advance(2 * hour)
  await world.quiet()
  await world.ups.refreshFault({ kind: 'delay', ms: 1500 })
  const before = await world.ups.lastRow()

  const [holder, ...others] = world.hubs as [Hub, ...Hub[]]
  await holder.setRules([{ point: 'before-send', kind: 'tell' }])
  const sent = holder.reaches('before-send')
  const first = world.readToken(holder, standing).catch(() => null)
  await sent
  await pause(700)
  holder.signal('SIGSTOP')
  const stoppedAt = performance.now()

  const meanwhile = (
    await Promise.all(
      Array.from({ length: 30 }, async (_, index) => {
        await pause((index / 30) * (stoppedMs - 2000))
        return world.readToken(others[index % others.length] as Hub, standing)
      }),
    )
  ).filter((answer) => answer !== null)
  await pause(stoppedMs - (performance.now() - stoppedAt))
  holder.signal('SIGCONT')
  await first

  const generationSent = async () =>
    (await world.ups.refreshes(before)).filter(({ grantId }) => grantId === standing.grantId)
  const isUsable = await until(async () => (await world.readToken(holder, standing)).status === 200, 20_000)
  const last = await Promise.all(world.hubs.map((hub) => world.readToken(hub, standing)))
  const tokens = last.map(({ body }) => (JSON.parse(body) as TokenAnswer).accessToken)
  const rows = await generationSent()
  const isGood = tokens[0] !== undefined && (await world.ups.isGood(tokens[0]))
  const { endReason } = await world.row(standing)

  report.count('upstream', rows.length)
  report.count('acted', rows.filter(({ acted }) => acted).length)
  report.count('meanwhile', othersThan(meanwhile, 0))
  report.count('in the end', isUsable && isGood ? 'usable' : `lost: ${endReason}`)
  report.expect(rows.length <= 2, `UPS was asked ${rows.length} times for one generation`)
  // Where a reused token ends the whole grant, nobody could save it; it must then be told, not kept as if it were good.
  const mayBeLost = mode === 'family-revoke'
  report.expect(isUsable || mayBeLost, `the authorization is not usable: ${endReason}`)
  report.expect(isGood || mayBeLost, 'the token that is handed out opens nothing at UPS')
  report.expect(!isUsable || distinct(tokens) === 1, 'the processes hand out different tokens')
  if (mayBeLost) await lossIsTold(world, standing, report)
  await world.ups.rotation({ mode: 'strict' })
  return report
}

/** A late answer may heal what UPS has ended meanwhile: the next renewal must then say so. */
async function lossIsTold(
  world: World,
  standing: Parameters<World['row']>[0],
  report: Report,
): Promise<void> {
  await world.advance(2 * hour)
  await until(async () => (await world.readToken(world.hub(0), standing)).status === 409, 20_000)
  const { status, endReason } = await world.row(standing)
  report.count('told', String(endReason))
  report.expect(status === 'REAUTHORIZATION_REQUIRED', `UPS has ended the grant, and the hub says ${status}`)
}

/** Stopped before it sends: whoever took over has renewed; the sleeper must not send what is spent by now. */
export async function holderStoppedBeforeSending(world: World, stoppedMs: number): Promise<Report> {
  const report = new Report(`lease holder stopped ${stoppedMs / 1000} s before sending`, world.engine.name)
  const standing = world.take()
  await world.advance(2 * hour)
  await world.quiet()
  const before = await world.ups.lastRow()
  const [holder, other] = world.hubs as [Hub, Hub]
  await holder.setRules([{ point: 'before-send', kind: 'stop' }])
  const reached = holder.reaches('before-send')
  const first = world.readToken(holder, standing).catch(() => null)
  await reached
  await pause(stoppedMs)
  const meanwhile = await world.readToken(other, standing)
  holder.signal('SIGCONT')
  const late = await first
  await pause(1500)
  const rows = (await world.ups.refreshes(before)).filter(({ grantId }) => grantId === standing.grantId)
  report.count('upstream', rows.length)
  report.count('spent sent again', rows.filter(({ acted }) => !acted).length)
  report.expect(meanwhile.status === 200, `meanwhile a read was answered ${meanwhile.status}`)
  report.expect(late?.status === 200, `the late one was answered ${late?.status}`)
  report.expect(rows.length === 1, `UPS was asked ${rows.length} times for one generation`)
  return report
}
