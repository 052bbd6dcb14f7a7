import { pause, Report } from '../outcome.js'
import type { Standing } from '../seed.js'
import type { World } from '../world.js'

const hour = 60 * 60_000
const second = 1000

/**
 * UPS refuses everybody for ten minutes, while all authorizations of the world are due. The clock goes in steps that
 * are short beside every lease and pause, so that ten minutes are over in less than one.
 */
export async function refusedForTenMinutes(
  world: World,
  { status, stepMs = 5 * second, restMs = 250 }: { status: 401 | 429; stepMs?: number; restMs?: number },
): Promise<Report> {
  await world.calm()
  const due = await world.standing()
  const report = new Report(`${status} for ten minutes, ${due.length} due`, world.engine.name)
  await handOutAll(world, due)
  const alarmsBefore = await alarms(world)
  await world.ups.refreshFault({ kind: 'status', status, times: 1_000_000 })
  const before = await world.ups.lastRow()
  await world.advance(hour)
  const startedAt = world.now().getTime()
  while (world.now().getTime() - startedAt < 10 * 60 * second) {
    await pause(restMs)
    await world.advance(stepMs)
  }
  const rows = await world.ups.refreshes(before)
  const ended = await world.database.query<{ id: string }>(
    `SELECT id FROM authorizations WHERE status = 'REAUTHORIZATION_REQUIRED'`,
  )
  const raised = (await alarms(world)) - alarmsBefore
  await world.ups.clearFaults()
  const applications = [...new Set(due.map(({ application }) => application))]
  const perMinute = applications.map((application) => {
    const times = rows
      .filter((row) => row.application === application)
      .map(({ at }) => Date.parse(at) - startedAt)
      .filter((at) => at >= 60 * second)
    return most(times, 60 * second)
  })

  report.count('upstream', rows.length)
  report.count('most in a minute after the first', Math.max(...perMinute))
  report.count('ended', ended.length)
  report.expect(
    rows.every(({ outcome }) => outcome === 'not-handled'),
    'UPS has answered something else',
  )
  report.expect(ended.length === 0, `${ended.length} authorizations were ended`)
  report.expect(Math.max(...perMinute) <= 6, `${Math.max(...perMinute)} probes in one minute after the first`)
  report.expect(rows.length > applications.length, 'UPS was hardly asked at all')
  if (status === 401) {
    report.count('alarms', `${raised} for ${applications.length} applications`)
    report.expect(raised === applications.length, `${raised} alarms for ${applications.length} applications`)
  }
  await recovered(world, report)
  return report
}

/** When UPS is itself again, all are renewed without anybody's help. */
async function recovered(world: World, report: Report): Promise<void> {
  const begun = world.now().getTime()
  const left = async () =>
    (
      await world.database.query<{ id: string }>(
        `SELECT id FROM authorizations WHERE status = 'AUTHORIZED' AND "problemSince" IS NOT NULL`,
      )
    ).length
  while ((await left()) > 0 && world.now().getTime() - begun < 20 * 60 * second) {
    await pause(400)
    await world.advance(2 * second)
  }
  const tookMs = world.now().getTime() - begun
  report.count('recovered after s', Math.round(tookMs / second))
  // Noticed within a minute, and then as fast as the rate allows: twenty a second.
  report.expect(
    tookMs < 90 * second + world.standings.length * 50,
    'it took too long after UPS was well again',
  )
  report.expect((await left()) === 0, `${await left()} still have a problem 20 minutes after UPS came back`)
}

/** As if each had been asked for lately: active, hence renewed ahead of expiry. */
async function handOutAll(world: World, due: readonly Standing[]): Promise<void> {
  for (let from = 0; from < due.length; from += 20) {
    const some = due.slice(from, from + 20)
    const answers = await Promise.all(some.map((one, index) => world.readToken(world.hub(index), one)))
    const bad = answers.find(({ status }) => status !== 200)
    if (bad) throw new Error(`a read was answered ${bad.status}: ${bad.body}`)
  }
}

async function alarms(world: World): Promise<number> {
  return (
    await world.database.query<{ id: string }>(
      `SELECT id FROM audit_events WHERE name = 'application.refused'`,
    )
  ).length
}

/** The most that fall into one window, wherever it begins. */
function most(times: readonly number[], windowMs: number): number {
  const sorted = [...times].sort((one, other) => one - other)
  return sorted.reduce((highest, from, index) => {
    const inside = sorted.slice(index).findIndex((at) => at >= from + windowMs)
    return Math.max(highest, inside === -1 ? sorted.length - index : inside)
  }, 0)
}
