import { expect, it } from 'vitest'
import { asApiClient, createApiClient, tokenPath, vaulted } from '../testing/api-client.js'
import { recordedIn, tamper } from '../testing/audit-trail.js'
import { createTestApp, type TestApp } from '../testing/create-test-app.js'
import { runCommand } from '../testing/run-command.js'

const verify = async (world: TestApp, args = '') => {
  const { code, out, err } = await runCommand(world, `audit verify${args}`)
  return { code, text: `${out}${err}` }
}

/** Some people have signed in, Acme has opted in, and a third party has taken two tokens. */
async function livedIn() {
  const world = await createTestApp()
  const { admin, companyId, vaultKey } = await vaulted(world)
  const { key } = await createApiClient(admin, { companyIds: [companyId] })
  await asApiClient(world, key).get(tokenPath(vaultKey))
  await asApiClient(world, key).get(tokenPath(vaultKey))
  await world.app.tendAudit()
  return { world, admin }
}

const idAt = async (world: TestApp, position: number): Promise<string> => {
  const event = (await recordedIn(world)).find((each) => each.position === position)
  if (!event) throw new Error(`no record at ${position}`)
  return event.id
}

it('gives each record its place once it is committed, in batches that go on from one another', async () => {
  const { world, admin } = await livedIn()
  const before = await recordedIn(world)
  expect(before.map(({ position }) => position).sort((a, b) => Number(a) - Number(b))).toEqual(
    before.map((_, index) => index + 1),
  )
  await admin.data('mutation { signOut }')
  await world.app.tendAudit()
  const ended = (await recordedIn(world)).find(({ name }) => name === 'session.ended')
  expect(ended?.position).toBe(before.length + 1)
  expect((await verify(world)).code).toBe(0)
})

it('chains each record once, however many processes are at it', async () => {
  const { world } = await livedIn()
  for (let count = 0; count < 8; count++) await world.as('acme.admin')
  const second = await world.another()
  await Promise.all([world.app.tendAudit(), second.tendAudit(), world.app.tendAudit()])
  world.clock.advance(60_000)
  await second.tendAudit()
  const positions = (await recordedIn(world)).map(({ position }) => Number(position)).sort((a, b) => a - b)
  expect(positions).toEqual(positions.map((_, index) => index + 1))
  expect((await verify(world)).code).toBe(0)
})

it('lets the database itself refuse to change or remove a record, or a link', async () => {
  const { world } = await livedIn()
  const tries = [
    `UPDATE audit_events SET "details" = '{}' WHERE "position" = 1`,
    'DELETE FROM audit_events WHERE "position" = 1',
    `UPDATE audit_chain SET "hash" = 'x' WHERE "position" = 1`,
    'DELETE FROM audit_chain WHERE "position" = 2',
  ]
  for (const each of tries)
    await expect(
      world.app.database.inTransaction((manager) => manager.query(each)),
      each,
    ).rejects.toThrow('audit trail')
})

it.each([
  {
    done: 'a deleted record',
    statements: [`DELETE FROM audit_events WHERE "position" = 3`],
    position: 3,
    what: 'was deleted',
  },
  {
    done: 'a changed record',
    statements: [`UPDATE audit_events SET "result" = 'REFUSED' WHERE "position" = 2`],
    position: 2,
    what: 'was changed',
  },
  {
    done: 'records in another order',
    statements: [
      'UPDATE audit_events SET "position" = 99 WHERE "position" = 2',
      'UPDATE audit_events SET "position" = 2 WHERE "position" = 3',
      'UPDATE audit_events SET "position" = 3 WHERE "position" = 99',
    ],
    position: 2,
    what: 'stands in the place of',
  },
  {
    done: 'a record that went with its link',
    statements: [
      'DELETE FROM audit_events WHERE "position" = 3',
      'DELETE FROM audit_chain WHERE "position" = 3',
    ],
    position: 3,
    what: 'are missing',
  },
  {
    done: 'links that were cut off',
    statements: ['DELETE FROM audit_chain WHERE "position" > 3'],
    position: 4,
    what: 'links were deleted',
  },
  {
    done: 'another time on a link',
    statements: [`UPDATE audit_chain SET "at" = 1 WHERE "position" = 2`],
    position: 2,
    what: 'the link of record',
  },
  {
    done: 'another address of a hand-out',
    statements: [`UPDATE token_hand_outs SET "address" = '9.9.9.9'`],
    position: null,
    what: 'was changed',
  },
  {
    done: 'a hand-out less',
    statements: ['DELETE FROM token_hand_outs'],
    position: null,
    what: '2 of its 2 hand-outs were deleted',
  },
])('finds $done, and names the first bad record', async ({ statements, position, what }) => {
  const { world } = await livedIn()
  const handedOut = (await recordedIn(world)).find(({ name }) => name === 'tokens.handed_out')
  const id = position === null || position > 3 ? handedOut?.id : await idAt(world, position)
  await tamper(world, ...statements)
  const { code, text } = await verify(world)
  expect(code).toBe(1)
  expect(text).toContain(what)
  expect(text).toContain(`place ${position ?? handedOut?.position}`)
  if (!['are missing', 'links were deleted'].includes(what)) expect(text).toContain(id ?? 'no id')
  expect((await runCommand(world, 'fsck')).out).toContain('VIOLATED  the audit trail is whole')
  expect((await runCommand(world, 'doctor')).out).toMatch(/TO DO +The audit trail was tampered with/)
})

it('finds a tail that was cut off, when the head was noted elsewhere', async () => {
  const { world } = await livedIn()
  const head = (await runCommand(world, 'audit head')).out.trim()
  expect(head).toMatch(/^\d+:[0-9a-f]{16}(\.[0-9a-f]{16}){3}$/)
  expect((await verify(world, ` --head ${head}`)).code).toBe(0)
  await tamper(
    world,
    'DELETE FROM audit_events WHERE "position" > 3',
    'DELETE FROM audit_chain WHERE "position" > 3',
  )
  expect((await verify(world)).code).toBe(0)
  const { code, text } = await verify(world, ` --head ${head}`)
  expect(code).toBe(1)
  expect(text).toContain('place 4')
})

it('finds that another chain was put in the place of the one whose head was noted', async () => {
  const { world } = await livedIn()
  const head = (await runCommand(world, 'audit head')).out.trim()
  await tamper(
    world,
    'UPDATE audit_events SET "position" = NULL',
    'DELETE FROM audit_chain',
    `DELETE FROM audit_events WHERE name = 'session.began'`,
    'UPDATE leases SET until = 0',
  )
  await world.as('acme.admin')
  await world.as('acme.admin')
  await world.app.tendAudit()
  expect((await verify(world)).code).toBe(0)
  expect((await verify(world, ` --head ${head}`)).text).toContain('the chain was made anew')
})

it('cannot be given links by who has no root key', async () => {
  const { world } = await livedIn()
  await tamper(
    world,
    `UPDATE audit_events SET "result" = 'REFUSED' WHERE "position" = 2`,
    `UPDATE audit_chain SET "recordHash" = 'made up' WHERE "position" = 2`,
  )
  expect((await verify(world)).text).toContain('the link of record')
})

it('raises an alarm once, in the log and in the trail, when the hub finds its trail broken', async () => {
  const { world } = await livedIn()
  const second = await world.another()
  await tamper(world, `UPDATE audit_events SET "result" = 'REFUSED' WHERE "position" = 2`)
  for (let day = 0; day < 3; day++) {
    world.clock.advance(25 * 3600_000)
    await world.app.tendAudit()
    await second.tendAudit()
  }
  const alarms = world.logged.filter((line) => line.includes('tampered'))
  expect(alarms).toHaveLength(1)
  expect(alarms[0]).toContain('"level":"error"')
  const recorded = (await recordedIn(world)).filter(({ name }) => name === 'audit.chain_broken')
  expect(recorded.map(({ details }) => details.position)).toEqual([2])
  expect(await world.app.services.alarms.allOpen()).toMatchObject([{ kind: 'TRAIL_BROKEN' }])
  await tamper(world, `UPDATE audit_events SET "result" = 'DONE' WHERE "position" = 2`)
  world.clock.advance(25 * 3600_000)
  await world.app.tendAudit()
  expect(await world.app.services.alarms.allOpen(), 'put back').toEqual([])
})

it('tells the log its head each day, while all is well', async () => {
  const { world } = await livedIn()
  world.logged.length = 0
  world.clock.advance(25 * 3600_000)
  await world.app.tendAudit()
  const head = (await runCommand(world, 'audit head')).out.trim()
  expect(world.logged.filter((line) => line.includes(head))).toHaveLength(1)
})
