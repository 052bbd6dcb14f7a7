import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sqliteEngine } from '../engine.js'
import { pause, Report, until } from '../outcome.js'
import type { Standing } from '../seed.js'
import { World } from '../world.js'

const megabytes = 24

/** A file system of its own, small enough to be filled. Needs the right to mount one; null without it. */
function mountSmall(): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'optin-hub-small-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'ignore' })
    return folder
  } catch {
    rmSync(folder, { recursive: true, force: true })
    return null
  }
}

/** The disk is full: nothing is sent whose answer could not be kept, and what was sent already is kept all the same. */
export async function fullDisk(): Promise<Report> {
  const report = new Report('full disk', 'sqlite')
  const folder = mountSmall()
  if (folder === null) {
    report.count('left out', 'needs the right to mount a tmpfs (root on Linux)')
    return report
  }
  const what = { companies: 4, applications: ['RATING', 'PICKUP_MANAGER'] as const, hubs: 2 }
  try {
    const world = await World.start({ ...what, engine: sqliteEngine, parent: folder })
    try {
      await fullBeforeSending(world, report, folder)
      await fullAfterSending(world, report, folder)
      for (const line of await world.fsck()) report.violations.push(`fsck: ${line.trim()}`)
      for (const hub of world.hubs) report.expect(hub.isUp, `a process died: ${hub.said.slice(-500)}`)
    } finally {
      await world.end()
    }
  } finally {
    execFileSync('umount', [folder])
    rmSync(folder, { recursive: true, force: true })
  }
  return report
}

async function fullBeforeSending(world: World, report: Report, folder: string): Promise<void> {
  await world.advance(2 * 60 * 60_000)
  const standings = [world.take(), world.take(), world.take()]
  const before = await world.ups.lastRow()
  const free = fill(folder)
  const refused = await Promise.all(standings.map((one, index) => world.readToken(world.hub(index), one)))
  const sent = (await world.ups.refreshes(before)).length
  const isReady = (await world.hub(0).ask({ path: '/readyz' })).status === 200
  // SQLite may find room again in what its log does not need any more; then to be ready is to be able to store.
  const isRight = isReady === ((await world.readToken(world.hub(0), standings[0] as Standing)).status === 200)
  free()
  report.count('sent while full', sent)
  report.expect(sent === 0, `${sent} refreshes were sent although their answers could not be kept`)
  report.expect(
    refused.every(({ status }) => status >= 500),
    `a read was answered ${refused.map(({ status }) => status).join()}`,
  )
  report.expect(isRight, `with a full disk /readyz says ${isReady ? 'ready' : 'not ready'}, which is not so`)
  await pause(1100)
  const served = await Promise.all(standings.map((one, index) => world.readToken(world.hub(index), one)))
  report.expect(
    served.every(({ status }) => status === 200),
    `with room again: ${served.map(({ status }) => status).join()}`,
  )
}

async function fullAfterSending(world: World, report: Report, folder: string): Promise<void> {
  const standing = world.take()
  await world.ups.refreshFault({ kind: 'delay', ms: 1500 })
  const before = await world.ups.lastRow()
  const holder = world.hub(0)
  await holder.setRules([{ point: 'before-send', kind: 'tell' }])
  const reached = holder.reaches('before-send')
  const read = world.readToken(holder, standing)
  await reached
  await pause(300)
  const free = fill(folder)
  await pause(4000)
  const { generation } = await world.row(standing)
  free()
  const isKept = await until(async () => (await world.row(standing)).generation === 2, 15_000)
  await read
  const sent = (await world.ups.refreshes(before)).filter(({ grantId }) => grantId === standing.grantId)
  report.count('kept when there was room', isKept ? 'yes' : 'no')
  report.expect(generation === 1, 'the disk was not full after all')
  report.expect(isKept, 'what UPS answered while the disk was full is not stored')
  report.expect(sent.length === 1, `UPS was asked ${sent.length} times`)
}

/** Until nothing fits any more; answers how to make room again. */
function fill(folder: string): () => void {
  const ballast = join(folder, 'ballast')
  writeFileSync(ballast, '')
  for (let size = 1024 * 1024; size >= 512; size = size / 2) {
    try {
      for (;;) appendFileSync(ballast, Buffer.alloc(size))
    } catch {
      // Smaller pieces may still fit.
    }
  }
  if (statfsSync(folder).bavail > 0) throw new Error('the disk is not full')
  return () => rmSync(ballast)
}
