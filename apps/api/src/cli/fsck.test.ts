import { expect, it } from 'vitest'
import { companyIdOf, createTestApp } from '../testing/create-test-app.js'
import { setLicenseKey } from '../testing/license-key.js'
import { authorizationOf, optIn } from '../testing/opt-in.js'
import { rootKey, runCommand } from '../testing/run-command.js'
import { tableDump } from '../testing/table-dump.js'
import { twoSecretsOf } from '../testing/webhooks.js'

const key = { VAULT_KEYS: rootKey('a', 1) }

async function livedIn() {
  const world = await createTestApp({ environment: { ...key, UPS_RATING_PKCE: 'public' } })
  const admin = await world.as('acme.admin')
  for (const application of ['RATING', 'PICKUP_MANAGER', 'DATA_MANAGEMENT'] as const)
    await optIn(world, admin, application)
  const companyId = await companyIdOf(admin, 'Acme Outfitters')
  const input = { companyId, application: 'RATING' }
  await admin.data('mutation ($input: RefreshTokenInput!) { refreshToken(input: $input) { id } }', { input })
  await admin.data('mutation ($input: OptOutInput!) { optOut(input: $input) { id } }', {
    input: { companyId, application: 'PICKUP_MANAGER' },
  })
  await setLicenseKey(admin, companyId)
  await twoSecretsOf(admin, companyId)
  const rating = await authorizationOf(admin, companyId, 'RATING')
  const sql = (statement: string) =>
    world.app.database.inTransaction((manager) =>
      manager.query(statement.replaceAll('$id', rating?.id ?? '')),
    )
  return { world, admin, companyId, sql, id: rating?.id ?? '' }
}

it('finds nothing wrong with a hub that has opted in, renewed, opted out and was refused', async () => {
  const { world, admin, companyId } = await livedIn()
  world.standIn.control.password({ username: 'acme', password: 'changed-at-ups' })
  await admin.data('mutation ($input: RefreshTokenInput!) { refreshToken(input: $input) { id } }', {
    input: { companyId, application: 'DATA_MANAGEMENT' },
  })
  const before = await tableDump(world.app.database.reader)
  const { code, out, err } = await runCommand(world, 'fsck')
  expect([code, err]).toEqual([0, ''])
  expect(out).not.toContain('VIOLATED')
  expect(out).toMatch(/No violations\.\n$/)
  expect(await tableDump(world.app.database.reader)).toEqual(before)
})

it.each([
  [
    `DROP INDEX "authorizations_companyId_applicationId_once"; INSERT`,
    'one active authorization for a company',
  ],
  [`DELETE FROM token_sets WHERE "authorizationId" = '$id'`, 'active authorization: its pair'],
  [`UPDATE token_sets SET generation = 1 WHERE "authorizationId" = '$id'`, 'active authorization: its pair'],
  [
    `UPDATE token_history SET "supersededAt" = NULL WHERE "authorizationId" = '$id'`,
    'active authorization: its history',
  ],
  [
    `UPDATE authorizations SET status = 'NOT_AUTHORIZED' WHERE id = '$id'`,
    'no pair without an authorization',
  ],
  [`UPDATE companies SET "removedAt" = 1`, 'nothing is authorized for a company that was removed'],
  [`UPDATE authorizations SET "withdrawnAt" = 1 WHERE id = '$id'`, 'nothing is authorized for a company'],
  [
    `UPDATE authorizations SET "nextRefreshAt" = NULL WHERE id = '$id'`,
    'whatever is active is due for renewal',
  ],
  [`UPDATE authorizations SET "companyNameKey" = 'other' WHERE id = '$id'`, 'by the name of its company'],
  [`DELETE FROM token_history WHERE "authorizationId" = '$id' AND generation = 1`, 'a history row for each'],
  [`DELETE FROM audit_events WHERE name = 'authorization.refreshed'`, 'an audit record for each generation'],
  [
    `INSERT INTO refresh_attempts (id, "authorizationId", "applicationId", generation, cause, owner, "startedAt")
     VALUES ('x', '$id', 'RATING', 2, 'BY_HAND', 'gone', 1)`,
    'no renewal in doubt',
  ],
  [
    `UPDATE token_sets SET "accessToken" = "refreshToken" WHERE "authorizationId" = '$id'`,
    'every ciphertext',
  ],
  [`UPDATE token_sets SET "keyId" = 'b' WHERE "authorizationId" = '$id'`, 'every ciphertext'],
  [`UPDATE installation SET "hashKey" = 'v1.damaged'`, 'every ciphertext'],
  [`UPDATE pending_authorizations SET "codeVerifier" = 'v1.damaged'`, 'every ciphertext'],
  [`UPDATE license_keys SET generation = generation + 1`, 'every ciphertext'],
  [`DELETE FROM authorization_events WHERE type = 'authorization.opted_out'`, 'the last event of an'],
  [`UPDATE webhook_endpoints SET "formerSecret" = secret`, 'every ciphertext'],
])('sees through %s', async (statement, rule) => {
  const { world, sql, id } = await livedIn()
  if (statement.endsWith('INSERT')) await secondAuthorization(sql)
  else await sql(statement)
  const { code, out } = await runCommand(world, 'fsck')
  expect(code).toBe(1)
  const violated = out.split('\n').filter((line) => line.startsWith('VIOLATED'))
  expect(violated.join('\n')).toContain(rule)
  if (statement.includes('$id')) expect(out).toContain(id)
})

async function secondAuthorization(sql: (statement: string) => Promise<unknown>): Promise<void> {
  await sql('DROP INDEX "authorizations_companyId_applicationId_once"')
  await sql(
    `INSERT INTO authorizations (id, "companyId", "applicationId", status, generation, "problemAttempts", "createdAt")
     SELECT 'twin', "companyId", "applicationId", status, generation, 0, 1 FROM authorizations WHERE id = '$id'`,
  )
}

it('leaves an attempt alone whose owner still holds the lease', async () => {
  const { world, sql } = await livedIn()
  const now = world.clock().getTime()
  await sql(
    `INSERT INTO refresh_attempts (id, "authorizationId", "applicationId", generation, cause, owner, "startedAt")
     VALUES ('x', '$id', 'RATING', 2, 'BY_HAND', 'slow', ${now - 120_000})`,
  )
  await sql(
    `UPDATE authorizations SET "leaseOwner" = 'slow', "leaseUntil" = ${now + 15_000} WHERE id = '$id'`,
  )
  expect((await runCommand(world, 'fsck')).code).toBe(0)
  world.clock.advance(20_000)
  expect((await runCommand(world, 'fsck')).out).toContain('attempt x of authorization')
})

it('says with the wrong key which one is needed, and prints no secret', async () => {
  const { world } = await livedIn()
  const { code, out, err } = await runCommand(world, 'fsck', { VAULT_KEYS: rootKey('b', 100) })
  expect([code, err]).toEqual([1, ''])
  expect(out).toContain('the hash key of the installation: needs the key "a", which VAULT_KEYS does not hold')
  expect(out).toContain('VIOLATED  every ciphertext opens with a key of VAULT_KEYS')
  expect(out).not.toMatch(/v1\.[ab]\./)
})
