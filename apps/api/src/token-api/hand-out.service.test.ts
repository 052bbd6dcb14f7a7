import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { AuthorizationEntity } from '../authorization/authorization.entity.js'
import {
  asApiClient,
  createApiClient,
  problemOf,
  statusPath,
  tokenPath,
  vaulted,
} from '../testing/api-client.js'
import { createTestApp, type TestApp } from '../testing/create-test-app.js'
import { authorizationOf, optIn } from '../testing/opt-in.js'
import { plansOf } from '../testing/query-plans.js'
import { statementsOf } from '../testing/statements.js'
import { HandOutEntity } from './hand-out.entity.js'
import { HandOutService } from './hand-out.service.js'

const minute = 60_000

/** `slowly` holds back what the hub asks UPS until it is let go. */
async function scene() {
  let letGo = (): void => undefined
  let isHeld = false
  const gate = { held: Promise.resolve() }
  const world = await createTestApp({
    fetch: (next) => async (input, init) => {
      isHeld = true
      await gate.held
      return next(input, init)
    },
  })
  const acme = await vaulted(world)
  const { key, apiClient } = await createApiClient(acme.admin, { companyIds: [acme.companyId] })
  return {
    world,
    ...acme,
    key,
    apiClient,
    client: asApiClient(world, key),
    /** Resolves when UPS has been asked and waits for `answer`. */
    async upsWaits(): Promise<void> {
      while (!isHeld) await delay(5)
    },
    holdUps(): void {
      isHeld = false
      gate.held = new Promise((resolve) => (letGo = resolve))
    },
    upsAnswers: () => letGo(),
  }
}

const handOuts = (world: TestApp) => world.app.database.reader.find(HandOutEntity)

const optOutDocument = 'mutation ($input: OptOutInput!) { optOut(input: $input) { id } }'

it('hands out nothing that it cannot record', async () => {
  const { client, vaultKey, world } = await scene()
  await world.app.database.inTransaction((manager) => manager.query('DROP TABLE token_hand_outs'))
  const refused = await client.get(tokenPath(vaultKey))
  expect([refused.statusCode, problemOf(refused)]).toMatchObject([500, { code: 'INTERNAL' }])
  expect(refused.body).not.toContain('accessToken')
  expect(world.logged.some((line) => (JSON.parse(line) as { level: string }).level === 'error')).toBe(true)
  expect((await client.get(statusPath(vaultKey))).statusCode).toBe(200)
})

it('hands out no token after an opt-out that came while UPS was being asked', async () => {
  const { client, vaultKey, world, admin, companyId, ...ups } = await scene()
  world.clock.advance(60 * minute)
  await admin.signIn('acme.admin')
  ups.holdUps()
  const asked = client.get(tokenPath(vaultKey))
  await ups.upsWaits()
  await admin.data(optOutDocument, { input: { companyId, application: 'RATING' } })
  ups.upsAnswers()
  const refused = await asked
  expect([refused.statusCode, problemOf(refused)]).toMatchObject([
    409,
    { code: 'CONFLICT', reason: 'AUTHORIZATION_NOT_GIVEN' },
  ])
  expect(await handOuts(world)).toEqual([])
})

it.each([
  {
    what: 'its key was revoked',
    end: (id: string) => `mutation { revokeApiClient(id: "${id}") { id } }`,
    status: 401,
    reason: 'API_KEY_NOT_VALID',
  },
  {
    what: 'its grant was withdrawn',
    end: (id: string, companyId: string) =>
      `mutation { withdrawApiClientGrant(input: { apiClientId: "${id}", companyId: "${companyId}" }) }`,
    status: 404,
    reason: 'VAULT_KEY_UNKNOWN',
  },
])('hands out no token to a client that waited for it while $what', async ({ end, status, reason }) => {
  const { client, vaultKey, world, admin, apiClient, companyId, ...ups } = await scene()
  world.clock.advance(60 * minute)
  await admin.signIn('acme.admin')
  ups.holdUps()
  const asked = client.get(tokenPath(vaultKey))
  await ups.upsWaits()
  await admin.data(end(apiClient.id, companyId))
  ups.upsAnswers()
  const refused = await asked
  expect([refused.statusCode, problemOf(refused)]).toMatchObject([status, { reason }])
  expect(await handOuts(world)).toEqual([])
})

it('puts a hand-out before or after an opt-out that is being committed, never in between', async () => {
  const { world, client, vaultKey, authorizationId } = await scene()
  const { authorizations } = world.app.services
  const statements = await statementsOf(world)
  let commit = (): void => undefined
  const mayCommit = new Promise<void>((resolve) => (commit = resolve))
  const optOut = world.app.database.inTransaction(async (manager) => {
    const held = await authorizations.hold(manager, authorizationId)
    if (held) await authorizations.end(manager, held, { reason: 'OPTED_OUT', endedById: null })
    await mayCommit
  })
  while (!statements.some((statement) => statement.startsWith('DELETE'))) await delay(5)
  statements.length = 0
  const asked = client.get(tokenPath(vaultKey))
  // It has found its key, the authorization and a good token, and now waits to record it.
  while (statements.filter((statement) => statement.startsWith('SELECT')).length < 4) await delay(5)
  commit()
  await optOut
  expect(problemOf(await asked)).toMatchObject({ status: 409, reason: 'AUTHORIZATION_NOT_GIVEN' })
  expect(await handOuts(world)).toEqual([])
})

it('lets no token leave that another has taken the place of, nor one of an authorization that is gone', async () => {
  const { world, admin, companyId, authorizationId, apiClient } = await scene()
  const { database, services } = world.app
  const service = new HandOutService({ ...services, database, clock: world.clock })
  const caller = { clientId: apiClient.id, keyId: apiClient.keys[0]?.id ?? '', isPaused: false }
  const record = (generation: number, id = authorizationId) =>
    service.record(id, { caller, generation, address: '192.0.2.1', requestId: 'r-1' })
  await admin.data('mutation ($input: RefreshTokenInput!) { refreshToken(input: $input) { generation } }', {
    input: { companyId, application: 'RATING' },
  })
  const verdicts = await Promise.all([record(1), record(2), record(3), record(2, 'no such authorization')])
  expect(verdicts).toEqual([false, true, false, false])
  expect(await handOuts(world)).toMatchObject([{ generation: 2 }])
})

it('records a hundred hand-outs in a few transactions, one row each, and the same token for all', async () => {
  const { world, client, vaultKey } = await scene()
  const statements = await statementsOf(world)
  const answers = await Promise.all(Array.from({ length: 100 }, () => client.get(tokenPath(vaultKey))))
  expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200]))
  expect(new Set(answers.map((answer) => answer.json<{ accessToken: string }>().accessToken)).size).toBe(1)
  const rows = await handOuts(world)
  expect(new Set(rows.map(({ requestId }) => requestId))).toEqual(
    new Set(answers.map(({ headers }) => headers['x-request-id'])),
  )
  expect(rows).toHaveLength(100)
  expect(statements.filter((statement) => statement === 'COMMIT').length).toBeLessThan(50)
})

it('writes the hand-outs of many authorizations together, and lets none wait for one that somebody else holds', async () => {
  const { world, client, vaultKey, admin, companyId, apiClient } = await scene()
  const input = { apiClientId: apiClient.id, companyId, scopes: ['TOKEN_READ'] }
  await admin.data('mutation ($input: GrantApiClientInput!) { grantApiClient(input: $input) { id } }', {
    input: { ...input, applications: ['PICKUP_MANAGER', 'DATA_MANAGEMENT'] },
  })
  const vaultKeys = [vaultKey]
  for (const application of ['PICKUP_MANAGER', 'DATA_MANAGEMENT'] as const) {
    await optIn(world, admin, application)
    vaultKeys.push((await authorizationOf(admin, companyId, application))?.vaultKey ?? '')
  }
  await Promise.all(vaultKeys.map((key) => client.get(tokenPath(key))))
  const statements = await statementsOf(world)
  const asked = vaultKeys.flatMap((key) => Array.from({ length: 20 }, () => client.get(tokenPath(key))))
  for (const answer of await Promise.all(asked)) expect(answer.statusCode).toBe(200)
  expect(statements.filter((statement) => statement === 'COMMIT').length).toBeLessThan(20)
  expect(await handOuts(world)).toHaveLength(63)

  // SQLite has one writer, which everybody waits for.
  const { database, services } = world.app
  if (database.kind === 'sqlite') return
  let letGo = (): void => undefined
  const mayEnd = new Promise<void>((resolve) => (letGo = resolve))
  const { id } = (await authorizationOf(admin, companyId, 'RATING')) ?? { id: '' }
  let isHeld = false
  const holding = database.inTransaction(async (manager) => {
    await services.authorizations.hold(manager, id)
    isHeld = true
    await mayEnd
  })
  while (!isHeld) await delay(5)
  const [held, ...free] = vaultKeys.map((key) => client.get(tokenPath(key)))
  for (const answer of await Promise.all(free)) expect(answer.statusCode).toBe(200)
  letGo()
  await holding
  expect((await held)?.statusCode).toBe(200)
})

it('finds what is asked for by an index, however many authorizations there are', async () => {
  const { world, client, vaultKey } = await scene()
  const plans = await plansOf(world, async () => {
    await client.get(statusPath(vaultKey))
    await client.get(tokenPath(vaultKey))
  })
  expect(plans.length).toBeGreaterThan(3)
  // PostgreSQL reads tables of a few rows from end to end, indexed or not.
  if (world.app.database.kind === 'sqlite')
    for (const { sql, plan } of plans) expect([sql, plan]).toEqual([sql, expect.not.stringMatching(/SCAN /)])
})

it('notes that the authorization is in use, though not each time', async () => {
  const { world, client, vaultKey, authorizationId } = await scene()
  const noted = async () =>
    (await world.app.database.reader.findOneByOrFail(AuthorizationEntity, { id: authorizationId }))
      .lastHandedOutAt
  expect(await noted()).toBeNull()
  const first = world.clock()
  await client.get(statusPath(vaultKey))
  expect(await noted()).toBeNull()
  await client.get(tokenPath(vaultKey))
  world.clock.advance(minute)
  await client.get(tokenPath(vaultKey))
  expect(await noted()).toEqual(first)
})

it('asks the database as little as the promise allows', async () => {
  const { world, client, vaultKey } = await scene()
  await client.get(tokenPath(vaultKey))
  world.clock.advance(2000)
  const statements = await statementsOf(world)
  const during = async (path: string) => {
    statements.length = 0
    expect((await client.get(path)).statusCode).toBe(200)
    return statements.map((statement) => statement.split(' ', 1)[0])
  }
  expect(await during(statusPath(vaultKey))).toEqual(['SELECT', 'SELECT'])
  expect(await during(statusPath(vaultKey))).toEqual(['SELECT'])

  const token = await during(tokenPath(vaultKey))
  const begin = token.findIndex((word) => word === 'BEGIN' || word === 'START')
  expect(token.slice(0, begin)).toEqual(['SELECT', 'SELECT', 'SELECT'])
  expect(token.slice(begin)).toEqual([token[begin], 'SELECT', 'SELECT', 'INSERT', 'COMMIT'])
})
