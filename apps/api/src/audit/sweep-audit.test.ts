import { expect, it } from 'vitest'
import { asApiClient, createApiClient, tokenPath, vaulted } from '../testing/api-client.js'
import { recordedIn, tamper } from '../testing/audit-trail.js'
import { createTestApp } from '../testing/create-test-app.js'
import { runCommand } from '../testing/run-command.js'

const day = 24 * 3600_000

/** Acme has opted in, a third party has taken a token, and all of it is chained. */
async function livedIn() {
  const world = await createTestApp()
  const { admin, companyId, vaultKey } = await vaulted(world)
  const { key } = await createApiClient(admin, { companyIds: [companyId] })
  await asApiClient(world, key).get(tokenPath(vaultKey))
  await world.app.tendAudit()
  const count = async (table: string): Promise<number> =>
    Number((await world.app.database.reader.query(`SELECT COUNT(*) AS n FROM ${table}`))[0].n)
  return { world, count }
}

it('keeps an address half a year, sign-ins and hand-outs a year, and decisions three', async () => {
  const { world, count } = await livedIn()
  world.clock.advance(181 * day)
  await world.app.tendAudit()
  expect(await count('audit_origins')).toBe(0)
  expect((await recordedIn(world)).map(({ name }) => name)).toContain('session.began')

  world.clock.advance(220 * day)
  await world.app.tendAudit()
  const afterOneYear = (await recordedIn(world)).map(({ name }) => name)
  expect(afterOneYear).not.toContain('session.began')
  expect(afterOneYear).not.toContain('tokens.handed_out')
  expect(await count('token_hand_outs')).toBe(0)
  expect(afterOneYear).toEqual(expect.arrayContaining(['authorization.opted_in', 'api_client.created']))

  world.clock.advance(3 * 366 * day)
  await world.app.tendAudit()
  expect((await recordedIn(world)).map(({ name }) => name)).not.toContain('authorization.opted_in')
})

it('removes records without breaking the chain, and in the end its oldest links', async () => {
  const { world, count } = await livedIn()
  const links = await count('audit_chain')
  for (const days of [401, 3 * 366, 1, 3 * 366]) {
    world.clock.advance(days * day)
    await world.app.tendAudit()
    const { code, out, err } = await runCommand(world, 'audit verify')
    expect([code, `${out}${err}`]).toEqual([0, expect.stringContaining('Whole')])
  }
  expect(await count('audit_chain')).toBeLessThan(links)
  expect((await runCommand(world, 'fsck')).out).toContain('ok        the audit trail is whole')
})

it('excuses nothing that retention would have kept', async () => {
  const { world } = await livedIn()
  world.clock.advance(401 * day)
  await world.app.tendAudit()
  await tamper(world, `DELETE FROM audit_events WHERE name = 'authorization.opted_in'`)
  expect((await runCommand(world, 'audit verify')).out).toContain('was deleted')
})

it('is not taken in by a checkpoint that somebody else wrote', async () => {
  const { world } = await livedIn()
  const before = new Date(world.clock().getTime() + day).toISOString()
  const details = JSON.stringify({ retention: 'decision', before, count: 1 })
  await tamper(
    world,
    `INSERT INTO audit_events (id, at, name, result, details)
     VALUES ('forged', ${world.clock().getTime()}, 'audit.swept', 'DONE', '${details}')`,
    `DELETE FROM audit_events WHERE name = 'authorization.opted_in'`,
  )
  world.clock.advance(60_000)
  await world.app.tendAudit()
  expect((await runCommand(world, 'audit verify')).out).toContain('was deleted')
})

it('sweeps once a day, whichever process comes first', async () => {
  const { world } = await livedIn()
  world.clock.advance(401 * day)
  const second = await world.another()
  await Promise.all([world.app.tendAudit(), second.tendAudit()])
  await world.app.tendAudit()
  const checkpoints = (await recordedIn(world)).filter(({ name }) => name === 'audit.swept')
  expect(checkpoints.map(({ details }) => details.retention).sort()).toEqual(['access', 'routine'])
})
