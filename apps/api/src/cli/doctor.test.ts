import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { companyIdOf, createTestApp } from '../testing/create-test-app.js'
import { optIn } from '../testing/opt-in.js'
import { rootKey, runCommand } from '../testing/run-command.js'
import { tableDump } from '../testing/table-dump.js'

const minute = 60_000

async function optedIn() {
  const world = await createTestApp({ environment: { VAULT_KEYS: rootKey('a', 1) } })
  const admin = await world.as('acme.admin')
  await optIn(world, admin, 'RATING')
  const companyId = await companyIdOf(admin, 'Acme Outfitters')
  const checkNow = () =>
    admin.query('mutation ($input: RefreshTokenInput!) { refreshToken(input: $input) { id } }', {
      input: { companyId, application: 'RATING' },
    })
  const sql = (statement: string) => world.app.database.inTransaction((manager) => manager.query(statement))
  const toDos = async (environment: Record<string, string> = {}) => {
    const { code, out } = await runCommand(world, 'doctor', environment)
    const found = out.split('\n').filter((line) => line.startsWith('TO DO'))
    expect(code).toBe(found.length === 0 ? 0 : 1)
    return { found: found.join('\n'), out }
  }
  return { world, checkNow, sql, toDos }
}

it('says that nothing needs doing where nothing does, and changes nothing', async () => {
  const { world } = await optedIn()
  const before = await tableDump(world.app.database.reader)
  const { code, out, err } = await runCommand(world, 'doctor')
  expect([code, err]).toEqual([0, ''])
  expect(out).toMatch(/^OK {4}The settings can be read\.\n[^]+\nNothing needs doing\.\n$/)
  expect(await tableDump(world.app.database.reader)).toEqual(before)
})

it('names the company that has to opt in again, since when and why', async () => {
  const { world, checkNow, toDos } = await optedIn()
  world.standIn.control.password({ username: 'acme', password: 'changed-at-ups' })
  await checkNow()
  const { found, out } = await toDos()
  expect(found).toContain('only an admin of the company can give anew (1):')
  expect(out).toContain('- Acme Outfitters (RATING) since 2026-03-01T12:00:00.000Z, REFUSED_BY_UPS')
})

it('tells an application that UPS refuses from an outage, which passes by itself', async () => {
  const { world, checkNow, toDos } = await optedIn()
  world.standIn.control.faults({ endpoint: 'refresh', kind: 'status', status: 503 })
  await checkNow()
  const outage = await toDos()
  expect(outage.found).toBe('')
  expect(outage.out).toContain('NOTE  UPS does not serve RATING since')

  world.standIn.control.clearFaults()
  world.standIn.control.faults({ endpoint: 'refresh', kind: 'status', status: 401 })
  world.clock.advance(10 * minute)
  await checkNow()
  expect((await toDos()).found).toContain('Check UPS_RATING_CLIENT_ID and UPS_RATING_CLIENT_SECRET')
})

it('notices renewals that nobody sees to', async () => {
  const { sql, toDos, world } = await optedIn()
  await sql(
    `UPDATE authorizations SET "nextRefreshAt" = ${world.clock().getTime()} WHERE status = 'AUTHORIZED'`,
  )
  world.clock.advance(4 * minute)
  expect((await toDos()).found).toBe('')
  world.clock.advance(2 * minute)
  expect((await toDos()).found).toContain('should have been renewed by now. Is the hub running?')
})

it('notices a renewal in doubt and tokens that cannot be read', async () => {
  const { sql, toDos } = await optedIn()
  await sql(
    `INSERT INTO refresh_attempts (id, "authorizationId", "applicationId", generation, cause, owner, "startedAt")
     SELECT 'x', id, 'RATING', 1, 'BY_HAND', 'gone', 1 FROM authorizations WHERE status = 'AUTHORIZED'`,
  )
  await sql(
    `UPDATE authorizations SET "problemCode" = 'TOKENS_UNREADABLE', "problemSince" = 1 WHERE status = 'AUTHORIZED'`,
  )
  const { found } = await toDos()
  expect(found).toContain('a renewal whose outcome is not known')
  expect(found).toContain('whose tokens cannot be read')
})

it('finds pairs that wait in files', async () => {
  const { world, toDos } = await optedIn()
  mkdirSync(join(world.dataDir, 'spill'))
  writeFileSync(join(world.dataDir, 'spill', 'torn.json'), '{"attempt":')
  const { found, out } = await toDos()
  expect(found).toContain('These spill files cannot be read')
  expect(out).toContain('- torn.json')
})

it('says that the vault is sealed, and asks nothing of the database that would write', async () => {
  const { world, toDos } = await optedIn()
  const before = await tableDump(world.app.database.reader)
  const { found } = await toDos({ VAULT_KEYS: rootKey('b', 100) })
  expect(found).toContain('The vault is sealed')
  expect(found).toContain('needs the key "a"')
  expect(await tableDump(world.app.database.reader)).toEqual(before)
})

it('speaks of a former key until nothing needs it', async () => {
  const { world, toDos } = await optedIn()
  const both = { VAULT_KEYS: `${rootKey('b', 100)},${rootKey('a', 1)}` }
  expect((await toDos(both)).out).toContain('NOTE  The key "a" still seals something.')
  await runCommand(world, 'keys rotate', both)
  expect((await toDos(both)).out).toContain('NOTE  The key "a" seals nothing and may be removed')
})

it('says when the trail cannot be written, and when UPS does not answer', async () => {
  const { world, sql } = await optedIn()
  await sql('ALTER TABLE audit_events RENAME TO audit_events_away')
  world.surroundings.fetch = () => Promise.reject(new Error('nobody there'))
  const { code, out } = await runCommand(world, 'doctor')
  expect(code).toBe(1)
  expect(out).toContain('TO DO The database cannot be written to at the moment.')
  expect(out).toContain('TO DO UPS does not answer at')
  // The trail that is away cannot be verified either.
  expect(out).toContain('3 things need doing.')
})

it('lets no name act on the terminal', async () => {
  const { world, checkNow, sql, toDos } = await optedIn()
  world.standIn.control.password({ username: 'acme', password: 'changed-at-ups' })
  await checkNow()
  await sql(`UPDATE companies SET name = 'Acme \u001b[2J\u202e' WHERE name = 'Acme Outfitters'`)
  const { out } = await toDos()
  expect(out).toContain('- Acme ?[2J? (RATING)')
})
