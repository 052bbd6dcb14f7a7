import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { App } from '../app.js'
import type { ApplicationId } from '../application/applications.js'
import { AuthorizationEntity } from '../authorization/authorization.entity.js'
import type { Browser } from '../testing/browser.js'
import { companyIdOf, createTestApp, type TestApp } from '../testing/create-test-app.js'
import { held } from '../testing/held.js'
import { authorizationOf, optIn } from '../testing/opt-in.js'
import { recover } from './recovery.job.js'
import { RefreshAttemptEntity } from './refresh-attempt.entity.js'

const minute = 60_000

interface Scene {
  world: TestApp
  admin: Browser
  id: string
}

async function authorized(application: ApplicationId = 'RATING'): Promise<Scene> {
  const world = await createTestApp()
  const admin = await world.as('acme.admin')
  await optIn(world, admin, application)
  const companyId = await companyIdOf(admin, 'Acme Outfitters')
  return { world, admin, id: (await authorizationOf(admin, companyId, application))?.id ?? '' }
}

const refreshes = ({ standIn }: TestApp) =>
  standIn.control.ledger().rows.filter(({ endpoint }) => endpoint === 'refresh')
const rowOf = ({ app }: TestApp, id: string) =>
  app.database.reader.findOneByOrFail(AuthorizationEntity, { id })
const ask = (app: App, id: string, minimumSeconds = 60) =>
  app.services.refreshes.freshToken(id, minimumSeconds)
const jobsOf = (app: App, { clock, surroundings }: TestApp) => ({
  ...app.services,
  database: app.database,
  clock,
  log: surroundings.log,
  onError: (error: unknown) => {
    throw error
  },
})

it('asks UPS once for a hundred callers of two processes, and gives all the same token', async () => {
  const { world, id } = await authorized()
  const second = await world.another()
  world.clock.advance(2 * 60 * minute)
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, index) => ask(index % 2 ? world.app : second, id)),
  )
  expect(refreshes(world)).toHaveLength(1)
  expect(new Set(answers.map(({ accessToken }) => accessToken.reveal())).size).toBe(1)
  expect(answers.every(({ stale, generation }) => !stale && generation === 2)).toBe(true)
})

it('serves a token that is still valid while UPS is down, says that it is stale, and does not hammer UPS', async () => {
  const { world, id } = await authorized()
  world.standIn.control.faults({ endpoint: 'refresh', kind: 'status', status: 503, times: 99 })
  world.clock.advance(46 * minute)
  const first = await ask(world.app, id, 600)
  expect(first).toMatchObject({ stale: false, refreshProblem: null })
  world.clock.advance(5 * minute)
  for (let asked = 0; asked < 20; asked++) {
    expect(await ask(world.app, id, 600)).toMatchObject({
      stale: true,
      generation: 1,
      refreshProblem: { code: 'SERVER_UNAVAILABLE' },
    })
  }
  expect(refreshes(world)).toHaveLength(1)
  world.clock.advance(10 * minute)
  await expect(ask(world.app, id)).rejects.toMatchObject({
    code: 'UPS_UNAVAILABLE',
    reason: 'UPS_HAS_NO_ANSWER',
  })
})

it.each([
  { mode: 'strict', status: 'REAUTHORIZATION_REQUIRED', endReason: 'LOST_IN_ROTATION' },
  { mode: 'family-revoke', status: 'REAUTHORIZATION_REQUIRED', endReason: 'LOST_IN_ROTATION' },
  { mode: 'grace', status: 'AUTHORIZED', endReason: null },
  { mode: 'none', status: 'AUTHORIZED', endReason: null },
] as const)(
  'settles a lost answer by one more try: $mode rotation ends in $status',
  async ({ mode, ...ending }) => {
    const { world, id } = await authorized()
    world.standIn.control.rotation({ mode, graceSeconds: 300 })
    world.standIn.control.faults({ endpoint: 'refresh', kind: 'reset-after' })
    world.clock.advance(2 * 60 * minute)
    await expect(ask(world.app, id)).rejects.toMatchObject({ code: 'UPS_UNAVAILABLE' })
    world.clock.advance(10_000)
    await world.app.sweep()
    expect(await rowOf(world, id)).toMatchObject(ending)
    expect(refreshes(world)).toHaveLength(2)
    expect(await world.app.database.reader.countBy(RefreshAttemptEntity, { outcome: 'STORED' })).toBe(
      mode === 'grace' || mode === 'none' ? 1 : 0,
    )
  },
)

it('takes over from a process that stopped after UPS acted, and is healed when that one wakes up', async () => {
  const { world, id } = await authorized()
  const stopped = held('before-commit')
  const first = await world.another({ at: stopped.at })
  world.clock.advance(2 * 60 * minute)
  const asleep = ask(first, id)
  await stopped.arrived
  world.clock.advance(21_000)
  await recover(jobsOf(world.app, world), 'RATING')
  expect(await rowOf(world, id)).toMatchObject({
    status: 'REAUTHORIZATION_REQUIRED',
    endReason: 'LOST_IN_ROTATION',
  })
  expect(refreshes(world).map(({ acted }) => acted)).toEqual([true, false])

  stopped.go()
  expect(await asleep).toMatchObject({ generation: 2, stale: false })
  expect(await rowOf(world, id)).toMatchObject({ status: 'AUTHORIZED', endReason: null, generation: 2 })
  expect(refreshes(world)).toHaveLength(2)
})

it('never tries again while the owner of an attempt lives', async () => {
  const { world, id } = await authorized()
  const slow = held('after-receive')
  const first = await world.another({ at: slow.at })
  world.clock.advance(2 * 60 * minute)
  const waiting = ask(first, id)
  await slow.arrived
  await recover(jobsOf(world.app, world), 'RATING')
  await world.app.sweep()
  expect(refreshes(world)).toHaveLength(1)
  slow.go()
  expect(await waiting).toMatchObject({ generation: 2 })
})

it('saves the pair in a file when the database refuses it, and stores it as soon as it can', async () => {
  const { world, id } = await authorized()
  const rename = (from: string, to: string) =>
    world.app.database.inTransaction((manager) => manager.query(`ALTER TABLE ${from} RENAME TO ${to}`))
  const refusing = held('before-commit')
  const first = await world.another({ at: refusing.at })
  world.clock.advance(2 * 60 * minute)
  const waiting = ask(first, id)
  await refusing.arrived
  await rename('token_history', 'not_there')
  refusing.go()
  const files = () => readdirSync(join(world.dataDir, 'spill'))
  await expect.poll(() => files().filter((name) => name.endsWith('.json')).length, { timeout: 5000 }).toBe(1)
  expect((await rowOf(world, id)).generation).toBe(1)
  await rename('not_there', 'token_history')
  expect(await waiting).toMatchObject({ generation: 2, stale: false })
  expect(files()).toEqual([])
  expect(refreshes(world)).toHaveLength(1)
})

it('stores at start what an earlier process could only save to a file', async () => {
  const { world, id } = await authorized()
  const refusing = held('before-commit')
  const first = await world.another({ at: refusing.at })
  world.clock.advance(2 * 60 * minute)
  const waiting = ask(first, id).catch(() => undefined)
  await refusing.arrived
  const rename = (from: string, to: string) =>
    world.app.database.inTransaction((manager) => manager.query(`ALTER TABLE ${from} RENAME TO ${to}`))
  await rename('token_history', 'not_there')
  const stopping = first.services.refreshes.settled()
  refusing.go()
  await stopping
  await waiting
  await rename('not_there', 'token_history')
  expect((await rowOf(world, id)).generation).toBe(1)

  await world.another()
  expect(await rowOf(world, id)).toMatchObject({ status: 'AUTHORIZED', generation: 2 })
  expect(readdirSync(join(world.dataDir, 'spill'))).toEqual([])
  expect(refreshes(world)).toHaveLength(1)
})

it('asks UPS at most once a minute for one authorization, however much life callers want', async () => {
  const { world, id } = await authorized()
  world.standIn.control.lifetimes({ accessSeconds: 90, refreshSeconds: 5_183_999 })
  world.clock.advance(2 * 60 * minute)
  for (let second = 0; second < 120; second += 10) {
    await Promise.all(Array.from({ length: 5 }, () => ask(world.app, id, 600)))
    world.clock.advance(10_000)
  }
  expect(refreshes(world)).toHaveLength(2)
})

it('asks UPS at most every 30 days for an authorization that nobody uses, and keeps it alive', async () => {
  const { world, id } = await authorized()
  for (let day = 0; day < 180; day++) {
    world.clock.advance(24 * 60 * minute)
    await world.app.sweep()
  }
  expect((await rowOf(world, id)).status).toBe('AUTHORIZED')
  const asked = refreshes(world).map(({ at }) => Date.parse(at))
  expect(asked.length).toBeGreaterThanOrEqual(4)
  for (const [index, when] of asked.slice(1).entries()) {
    expect(when - (asked[index] ?? 0)).toBeGreaterThanOrEqual(30 * 24 * 60 * minute - 1000)
  }
})

it('raises one alarm and ends nothing when UPS refuses the client, and goes on by itself when it no longer does', async () => {
  const { world, admin, id } = await authorized()
  await optIn(world, admin, 'PICKUP_MANAGER')
  world.standIn.control.faults({ endpoint: 'refresh', kind: 'status', status: 401, times: 999 })
  await world.app.services.refreshes.refresh({ authorizationId: id, cause: 'BY_HAND' })
  for (let minutes = 0; minutes < 10; minutes++) {
    world.clock.advance(minute)
    await world.app.sweep()
  }
  const alarms = world.logged.filter((line) => line.includes('alarm: UPS refuses'))
  expect(alarms).toHaveLength(1)
  expect(await rowOf(world, id)).toMatchObject({ status: 'AUTHORIZED', problemCode: 'CLIENT_REFUSED' })
  expect(await world.app.services.health.find('PICKUP_MANAGER')).toMatchObject({ failures: 0 })

  world.standIn.control.clearFaults()
  world.clock.advance(20 * minute)
  await world.app.sweep()
  expect(await rowOf(world, id)).toMatchObject({ status: 'AUTHORIZED', generation: 2, problemSince: null })
  expect(await world.app.services.health.find('RATING')).toMatchObject({ failures: 0, pausedUntil: null })
})

it('counts a commit once whose confirmation was lost', async () => {
  const { world, id } = await authorized()
  const { outcome } = world.app.services
  const attempts = () => world.app.database.reader.find(RefreshAttemptEntity)
  world.clock.advance(2 * 60 * minute)
  await ask(world.app, id)
  const [attempt] = await attempts()
  const row = await world.app.services.vault.find(world.app.database.reader, id)
  if (!attempt || !row) throw new Error('nothing was refreshed')
  const before = JSON.stringify(
    await world.app.database.reader.query('SELECT * FROM audit_events ORDER BY id'),
  )
  expect(await outcome.store(attempt, { row, cause: 'ON_DEMAND' })).toBe('REFRESHED')
  expect(await attempts()).toMatchObject([{ outcome: 'STORED' }])
  expect(
    JSON.stringify(await world.app.database.reader.query('SELECT * FROM audit_events ORDER BY id')),
  ).toBe(before)
})

it('is not held up by anything that was set while the clock was a day ahead', async () => {
  const { world, id } = await authorized()
  const day = 24 * 60 * minute
  world.standIn.control.rotation({ mode: 'none', graceSeconds: 0 })
  const lost = held('after-receive')
  const killed = await world.another({ at: lost.at })
  world.clock.advance(2 * 60 * minute)
  world.clock.advance(day)
  void ask(killed, id).catch(() => undefined)
  await lost.arrived
  world.clock.advance(-day)
  const token = await ask(world.app, id).finally(lost.go)
  expect(token).toMatchObject({ stale: false })
})

it('does not stop the other companies when UPS finds the request of one odd', async () => {
  const { world, id } = await authorized()
  const body = '{"response":{"errors":[{"code":"10400","message":"Something Odd"}]}}'
  world.standIn.control.faults({ endpoint: 'refresh', kind: 'status', status: 400, body })
  await world.app.services.refreshes.refresh({ authorizationId: id, cause: 'BY_HAND' })
  expect(await rowOf(world, id)).toMatchObject({ status: 'AUTHORIZED', problemCode: 'REQUEST_REFUSED' })
  expect(await world.app.services.health.find('RATING')).toMatchObject({ failures: 0, pausedUntil: null })
  expect(world.logged.filter((line) => line.includes('alarm'))).toEqual([])
})

it('tells the sweep that keeps an idle authorization alive from one that renews ahead of expiry', async () => {
  const { world, admin } = await authorized()
  const companyId = await companyIdOf(admin, 'Acme Outfitters')
  world.clock.advance(32 * 24 * 60 * minute)
  await world.app.sweep()
  await admin.signIn('acme.admin')
  const history = (await authorizationOf(admin, companyId, 'RATING'))?.tokenHistory.edges
  expect(history?.map(({ node }) => node.cause)).toEqual(['KEEP_ALIVE', 'OPT_IN'])
})

it('says what is wrong and when to ask again, also for a token that nobody had planned to renew', async () => {
  const { world, admin, id } = await authorized()
  await optIn(world, admin, 'RATING')
  world.standIn.control.faults({ endpoint: 'refresh', kind: 'status', status: 503, times: 9 })
  world.clock.advance(55 * minute)
  const first = await ask(world.app, id, 600)
  expect(first).toMatchObject({ stale: true, refreshProblem: { code: 'SERVER_UNAVAILABLE' } })
})

it('checks for a person who joined a caller that a pause turned away', async () => {
  const { world, id } = await authorized()
  world.clock.advance(2 * 60 * minute)
  const fault = { endpoint: 'refresh', kind: 'status', status: 503 } as const
  world.standIn.control.faults({ ...fault, times: 1 })
  const { refreshes: service } = world.app.services
  await ask(world.app, id).catch(() => undefined)
  const [onDemand, byHand] = await Promise.all([
    service.refresh({ authorizationId: id, cause: 'ON_DEMAND' }),
    service.refresh({ authorizationId: id, cause: 'BY_HAND' }),
  ])
  expect([onDemand, byHand]).toEqual(['NOT_DUE', 'REFRESHED'])
})

it('calls a pair lost in rotation that a gateway may have lost on its way, and not refused', async () => {
  const { world, id } = await authorized()
  world.clock.advance(2 * 60 * minute)
  world.standIn.control.faults({ endpoint: 'refresh', kind: 'status', status: 504, times: 1 })
  await ask(world.app, id).catch(() => undefined)
  expect(await rowOf(world, id)).toMatchObject({ status: 'AUTHORIZED', problemCode: 'GATEWAY_FAILED' })
  world.standIn.control.password({ username: 'acme', password: 'changed-at-ups' })
  world.clock.advance(minute)
  await world.app.sweep()
  expect(await rowOf(world, id)).toMatchObject({ endReason: 'LOST_IN_ROTATION' })
})
