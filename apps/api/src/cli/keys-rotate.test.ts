import { randomBytes } from 'node:crypto'
import { expect, it, onTestFinished } from 'vitest'
import { createApp, type App } from '../app.js'
import { applicationIds } from '../application/applications.js'
import { PendingAuthorizationEntity } from '../authorization/pending-authorization.entity.js'
import { readConfig } from '../config.js'
import { InstallationEntity } from '../db/installation.entity.js'
import { LicenseKeyEntity } from '../license-key/license-key.entity.js'
import { QueuedLetterEntity } from '../mail/queued-letter.entity.js'
import { prepareStandInFiles } from '../stand-in-files.js'
import { companyIdOf, createTestApp, type TestApp } from '../testing/create-test-app.js'
import { setLicenseKey } from '../testing/license-key.js'
import { agreeAtUps, authorizationOf, beginOptIn, optIn } from '../testing/opt-in.js'
import { rootKey, runCommand } from '../testing/run-command.js'
import { tableDump } from '../testing/table-dump.js'
import { TokenSetEntity } from '../vault/token-set.entity.js'
import { twoSecretsOf } from '../testing/webhooks.js'
import { WebhookEndpointEntity } from '../webhook/webhook-endpoint.entity.js'

const former = rootKey('former', 1)
const fresh = rootKey('fresh', 100)
const both = { VAULT_KEYS: `${fresh},${former}` }
const freshOnly = { VAULT_KEYS: fresh }

/** Five pairs, a visit to UPS.com under way, a letter to be sent, a license key, two secrets of a webhook, and a pair in a spill file, all under the former key. */
async function filledWorld() {
  const world = await createTestApp({ environment: { VAULT_KEYS: former, UPS_RATING_PKCE: 'public' } })
  const admin = await world.as('acme.admin')
  for (const application of applicationIds) await optIn(world, admin, application)
  const companyId = await companyIdOf(admin, 'Acme Outfitters')
  await setLicenseKey(admin, companyId)
  await twoSecretsOf(admin, companyId)
  const visit = await beginOptIn(admin, companyId, 'RATING')
  const { reader } = world.app.database
  await world.app.database.inTransaction((manager) =>
    world.app.services.mail.post(manager, 'avery@acme.example', { subject: 'Waiting', paragraphs: [] }),
  )
  const [row] = await reader.find(TokenSetEntity, { take: 1 })
  if (!row) throw new Error('no tokens')
  await world.app.services.spill.write({
    attempt: {
      id: 'waiting',
      authorizationId: row.authorizationId,
      applicationId: 'RATING',
      generation: 0,
      startedAt: world.clock(),
    },
    sealed: { cause: 'KEEP_ALIVE', row },
  })
  return { world, admin, companyId, visit }
}

async function restartedWith(world: TestApp, environment: Record<string, string>): Promise<App> {
  const settings = readConfig({ ...world.environment, ...environment }, { root: world.dataDir })
  const app = await createApp(prepareStandInFiles(settings, randomBytes), world.surroundings)
  onTestFinished(() => app.close())
  return app
}

/** Which keys seal what is stored, as the values themselves say. */
async function keysInUse(world: TestApp): Promise<Record<string, number>> {
  const { reader } = world.app.database
  const [installation] = await reader.find(InstallationEntity)
  const visits = await reader.find(PendingAuthorizationEntity)
  const letters = await reader.find(QueuedLetterEntity)
  const licenseKeys = await reader.find(LicenseKeyEntity)
  const endpoints = await reader.find(WebhookEndpointEntity)
  const pairs = await reader.find(TokenSetEntity)
  const spilled = await world.app.services.spill.read(() => undefined)
  const values = [
    installation?.hashKey,
    ...visits.map(({ codeVerifier }) => codeVerifier),
    ...letters.map(({ content }) => content),
    ...licenseKeys.map(({ sealedKey }) => sealedKey),
    ...endpoints.flatMap(({ secret, formerSecret }) => [secret, formerSecret]),
    ...[...pairs, ...spilled.map(({ sealed }) => sealed.row)].flatMap((row) => [
      row.accessToken,
      row.refreshToken,
      `column.${row.keyId}`,
    ]),
  ]
  const uses: Record<string, number> = {}
  for (const value of values) {
    const id = value?.split('.')[1]
    if (id !== undefined) uses[id] = (uses[id] ?? 0) + 1
  }
  return uses
}

async function tokensOf(app: App): Promise<string[]> {
  const rows = await app.database.reader.find(TokenSetEntity, { order: { authorizationId: 'ASC' } })
  const tokens = await Promise.all(
    rows.map(({ authorizationId }) => app.services.refreshes.freshToken(authorizationId, 60)),
  )
  return tokens.map(({ accessToken }) => accessToken.reveal())
}

it('re-seals everything beside a hub that reads, so that the former key can be taken away', async () => {
  const { world, admin, companyId, visit } = await filledWorld()
  const tokens = await tokensOf(world.app)
  const beside = await restartedWith(world, both)

  let isOver = false
  const rotation = runCommand(world, 'keys rotate --batch-size 1', both).finally(() => {
    isOver = true
  })
  let reads = 0
  while (!isOver) {
    expect(await tokensOf(beside)).toEqual(tokens)
    reads++
  }
  const { code, out, err } = await rotation
  expect(reads).toBeGreaterThan(1)
  expect(code).toBe(0)
  expect(out).toContain('The key "former" seals nothing any more and may be removed from VAULT_KEYS.')
  expect(err).toContain('token pairs: 5 re-sealed')
  expect(Object.keys(await keysInUse(world))).toEqual(['fresh'])

  // Settled here: the file of this test repeats a pair that is stored, and only waits for nobody.
  await world.app.services.spill.remove('waiting')
  const later = await restartedWith(world, freshOnly)
  expect(await tokensOf(later)).toEqual(tokens)
  const fsck = await runCommand(world, 'fsck', freshOnly)
  expect([fsck.code, fsck.out]).toEqual([0, expect.stringContaining('No violations.') as string])

  // The session, the state and the PKCE verifier of a visit that was under way still count.
  const callback = new URL(await agreeAtUps(world, visit))
  const response = await later.http.inject({
    method: 'GET',
    url: `${callback.pathname}${callback.search}`,
    headers: { host: 'localhost:4000', cookie: [...admin.cookies].map((pair) => pair.join('=')).join('; ') },
  })
  expect(response.headers.location).toMatch(/^\/applications\/rating/)
  expect(await authorizationOf(admin, companyId, 'RATING')).toMatchObject({
    status: 'AUTHORIZED',
    generation: 2,
  })
})

it('goes on where it was stopped, and finds nothing to do the next time', async () => {
  const { world } = await filledWorld()
  const tokens = await tokensOf(world.app)
  const total = await keysInUse(world)

  const stopped = await runCommand(world, 'keys rotate --batch-size 1 --batches 2', both)
  expect([stopped.code, stopped.out]).toEqual([1, expect.stringContaining('Stopped as asked') as string])
  expect(stopped.out).not.toContain('may be removed')
  expect(await keysInUse(world)).toEqual({ fresh: 6, former: (total.former ?? 0) - 6 })
  expect(await tokensOf(await restartedWith(world, both))).toEqual(tokens)

  const resumed = await runCommand(world, 'keys rotate --batch-size 1', both)
  expect([resumed.code, resumed.err]).toEqual([
    0,
    expect.stringContaining('token pairs: 3 re-sealed') as string,
  ])
  // The restart has taken up the spill file, which held three of them.
  expect(await keysInUse(world)).toEqual({ fresh: (total.former ?? 0) - 3 })

  const before = await tableDump(world.app.database.reader)
  const again = await runCommand(world, 'keys rotate', both)
  expect([again.code, again.out]).toEqual([
    0,
    expect.stringContaining('There was nothing to re-seal.') as string,
  ])
  expect(await tableDump(world.app.database.reader)).toEqual(before)
})

it('names what cannot be opened, re-seals the rest, and does not call the former key dispensable', async () => {
  const { world } = await filledWorld()
  const [damaged] = await world.app.database.reader.find(TokenSetEntity, { take: 1 })
  const id = damaged?.authorizationId ?? ''
  await world.app.database.inTransaction((manager) =>
    manager.query(`UPDATE token_sets SET "refreshToken" = "accessToken" WHERE "authorizationId" = '${id}'`),
  )
  const { code, out } = await runCommand(world, 'keys rotate', both)
  expect(code).toBe(1)
  expect(out).toContain(`Could not be re-sealed: pair of authorization ${id}: damaged, moved`)
  expect(out).toContain('The key "former" still seals 1 place. See above.')
  const rows = await world.app.database.reader.find(TokenSetEntity)
  expect(rows.filter(({ keyId }) => keyId === 'fresh')).toHaveLength(4)
  expect(rows.find(({ authorizationId }) => authorizationId === id)).toEqual({
    ...damaged,
    refreshToken: damaged?.accessToken,
  })
})

it('takes up what a process with the former keys has written meanwhile', async () => {
  const { world, admin } = await filledWorld()
  await runCommand(world, 'keys rotate', both)
  await optIn(world, admin, 'DATA_MANAGEMENT')
  expect(await keysInUse(world)).toHaveProperty('former', 3)
  const { code, err } = await runCommand(world, 'keys rotate', both)
  expect([code, err]).toEqual([0, 'token pairs: 1 re-sealed\n'])
  expect(Object.keys(await keysInUse(world))).toEqual(['fresh'])
})

it('writes nothing while the vault is sealed, and prints no key', async () => {
  const { world } = await filledWorld()
  const before = await tableDump(world.app.database.reader)
  const { code, out, err } = await runCommand(world, 'keys rotate', freshOnly)
  expect(code).toBe(1)
  expect(err).toMatch(/^The vault is sealed: .+ it needs the key "former"\./)
  expect(await tableDump(world.app.database.reader)).toEqual(before)
  for (const key of [former, fresh]) expect(out + err).not.toContain(key.split(':')[1])
})
