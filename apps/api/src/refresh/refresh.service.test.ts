import { expect, it } from 'vitest'
import { TokenSetEntity } from '../vault/token-set.entity.js'
import type { Browser, GraphQLAnswer } from '../testing/browser.js'
import { companyIdOf, createTestApp, type TestApp } from '../testing/create-test-app.js'
import { authorizationOf, optIn, type AuthorizationAnswer } from '../testing/opt-in.js'

const minute = 60_000

interface Scene {
  world: TestApp
  admin: Browser
  companyId: string
  /** As the admin sees it now. */
  now(): Promise<AuthorizationAnswer | null>
  checkNow(): Promise<GraphQLAnswer>
}

async function authorized(options: Parameters<typeof createTestApp>[0] = {}): Promise<Scene> {
  const world = await createTestApp(options)
  const admin = await world.as('acme.admin')
  const companyId = await companyIdOf(admin, 'Acme Outfitters')
  await optIn(world, admin, 'RATING')
  await handOut(world, (await authorizationOf(admin, companyId, 'RATING'))?.id)
  return {
    world,
    admin,
    companyId,
    async now() {
      await admin.signIn('acme.admin')
      return authorizationOf(admin, companyId, 'RATING')
    },
    async checkNow() {
      await admin.signIn('acme.admin')
      return admin.query(
        'mutation ($input: RefreshTokenInput!) { refreshToken(input: $input) { status generation } }',
        {
          input: { companyId, application: 'RATING' },
        },
      )
    },
  }
}

/** As if a third-party application had just taken a token: from now on it is refreshed ahead of expiry. */
async function handOut({ app, clock }: TestApp, id: string | undefined): Promise<void> {
  await app.database.inTransaction((manager) =>
    app.services.refreshes.handOuts.note(manager, id ?? '', clock()),
  )
}

const refreshes = (world: TestApp) =>
  world.standIn.control.ledger().rows.filter(({ endpoint }) => endpoint === 'refresh')

const tokenRows = (world: TestApp) => world.app.database.reader.find(TokenSetEntity)

it('does nothing before a token is due', async () => {
  const { world } = await authorized()
  world.clock.advance(50 * minute)
  expect(await world.app.sweep()).toBe(0)
  expect(refreshes(world)).toEqual([])
})

it('asks UPS once when ten ask at the same moment', async () => {
  const { world, now } = await authorized()
  world.clock.advance(56 * minute)
  const authorization = await now()
  const { refreshes: service } = world.app.services
  const results = await Promise.all(
    Array.from({ length: 10 }, () =>
      service.refresh({ authorizationId: authorization?.id ?? '', cause: 'AHEAD_OF_EXPIRY' }),
    ),
  )
  expect(new Set(results)).toEqual(new Set(['REFRESHED']))
  expect(refreshes(world)).toHaveLength(1)
})

it('checks at once when an admin asks, whatever the age of the token', async () => {
  const { world, checkNow, now } = await authorized()
  expect((await checkNow()).data).toEqual({ refreshToken: { status: 'AUTHORIZED', generation: 2 } })
  expect(refreshes(world)).toHaveLength(1)
  expect((await now())?.tokenHistory.edges[0]?.node).toMatchObject({ generation: 2, cause: 'BY_HAND' })
})

it('lets a viewer, another company and nobody check nothing', async () => {
  const { world, companyId } = await authorized()
  const document = 'mutation ($input: RefreshTokenInput!) { refreshToken(input: $input) { id } }'
  const input = { companyId, application: 'RATING' }
  const ask = async (browser: Browser) =>
    (await browser.query(document, { input })).errors?.[0]?.extensions.code
  expect(await ask(await world.as('demo.admin'))).toBe('NOT_FOUND')
  expect(await ask(world.browser())).toBe('UNAUTHENTICATED')
  expect(refreshes(world)).toEqual([])
})

it.each([
  ['is overloaded', { kind: 'status', status: 429 }, 'RATE_LIMITED'],
  ['has a fault', { kind: 'status', status: 503 }, 'SERVER_UNAVAILABLE'],
  ['refuses the client', { kind: 'status', status: 401 }, 'CLIENT_REFUSED'],
  ['blocks the application', { kind: 'status', status: 403 }, 'CLIENT_BLOCKED'],
  ['answers with a page', { kind: 'html' }, 'ANSWER_UNREADABLE'],
  ['breaks off before it acts', { kind: 'reset-before' }, 'CONNECTION_LOST'],
] as const)('ends nothing and writes no token when UPS.com %s', async (_what, fault, code) => {
  const { world, now } = await authorized()
  const before = await tokenRows(world)
  world.standIn.control.faults({ endpoint: 'refresh', ...fault })
  world.clock.advance(56 * minute)
  const failedAt = world.clock().toISOString()
  await world.app.sweep()

  expect(await tokenRows(world)).toEqual(before)
  const failed = await now()
  expect(failed).toMatchObject({ status: 'AUTHORIZED', generation: 1 })
  expect(failed?.refreshProblem).toMatchObject({ code, attempts: 1, since: failedAt })

  await world.app.sweep()
  expect(refreshes(world)).toHaveLength(1)

  world.standIn.control.clearFaults()
  world.clock.advance(minute)
  await world.app.sweep()
  expect(await now()).toMatchObject({ status: 'AUTHORIZED', generation: 2, refreshProblem: null })
})

it('waits longer after each failure and remembers since when', async () => {
  const { world, now } = await authorized()
  world.standIn.control.faults({ endpoint: 'refresh', kind: 'status', status: 503, times: 9 })
  world.clock.advance(56 * minute)
  const since = world.clock().toISOString()
  const waits: number[] = []
  for (let attempt = 1; attempt <= 4; attempt++) {
    await world.app.sweep()
    const problem = (await now())?.refreshProblem
    expect(problem).toMatchObject({ since, attempts: attempt })
    waits.push(Date.parse(problem?.nextAttemptAt ?? '') - world.clock().getTime())
    world.clock.advance(waits.at(-1) ?? 0)
  }
  expect(waits).toEqual([5_000, 10_000, 20_000, 40_000])
})

it('says lost in rotation when UPS acted, the answer was lost, and the spent token is refused', async () => {
  const { world, now } = await authorized()
  world.standIn.control.faults({ endpoint: 'refresh', kind: 'reset-after', times: 1 })
  world.clock.advance(56 * minute)
  await world.app.sweep()
  expect((await now())?.refreshProblem).toMatchObject({ code: 'CONNECTION_LOST' })
  world.clock.advance(minute)
  await world.app.sweep()
  expect(await now()).toMatchObject({ status: 'REAUTHORIZATION_REQUIRED', endReason: 'LOST_IN_ROTATION' })
  expect(refreshes(world).map(({ acted }) => acted)).toEqual([true, false])
})

it('asks UPS before it gives up an authorization whose refresh token has expired by our clock', async () => {
  const { world, now } = await authorized()
  world.clock.advance(60 * 24 * 60 * minute)
  world.standIn.control.faults({ endpoint: 'refresh', kind: 'status', status: 503 })
  await world.app.sweep()
  expect(await now()).toMatchObject({ status: 'AUTHORIZED' })
  world.clock.advance(minute)
  await world.app.sweep()
  expect(await now()).toMatchObject({
    status: 'REAUTHORIZATION_REQUIRED',
    endReason: 'REFRESH_TOKEN_EXPIRED',
  })
  expect(refreshes(world).map(({ acted }) => acted)).toEqual([false, false])
})

it('drops the pair that arrives after an opt-out', async () => {
  let answering: () => Promise<void> = () => Promise.resolve()
  const { world, admin, companyId, now, checkNow } = await authorized({
    fetch: (next) => async (input, init) => {
      const response = await next(input, init)
      if ((input instanceof Request ? input.url : String(input)).endsWith('/refresh')) await answering()
      return response
    },
  })
  answering = async () => {
    await admin.data('mutation ($input: OptOutInput!) { optOut(input: $input) { id } }', {
      input: { companyId, application: 'RATING' },
    })
  }
  await checkNow()
  expect(refreshes(world).map(({ acted }) => acted)).toEqual([true])
  expect(await now()).toMatchObject({ status: 'NOT_AUTHORIZED', endReason: 'OPTED_OUT', tokens: null })
  expect(await tokenRows(world)).toEqual([])
})

it('goes on with the others when the tokens of one were damaged', async () => {
  const { world, admin, companyId } = await authorized()
  await optIn(world, admin, 'PICKUP_MANAGER')
  await handOut(world, (await authorizationOf(admin, companyId, 'PICKUP_MANAGER'))?.id)
  await world.app.database.inTransaction(async (manager) => {
    const [first] = await manager.find(TokenSetEntity, { order: { authorizationId: 'ASC' }, take: 1 })
    if (!first) throw new Error('no tokens')
    await manager.query(
      `UPDATE token_sets SET "refreshToken" = 'v1.damaged' WHERE "authorizationId" = '${first.authorizationId}'`,
    )
  })
  world.clock.advance(56 * minute)
  await world.app.sweep()
  expect(refreshes(world).map(({ acted }) => acted)).toEqual([true])
  expect(world.logged.filter((line) => line.includes('cannot be read'))).toHaveLength(1)
  const problems = await world.app.database.reader.query(
    'SELECT "problemCode" FROM authorizations WHERE "problemCode" IS NOT NULL',
  )
  expect(problems).toEqual([{ problemCode: 'TOKENS_UNREADABLE' }])
})

it('says that a stored token cannot be read, flags it once, and mends it by the next renewal', async () => {
  const { world, now } = await authorized()
  const id = (await now())?.id ?? ''
  await world.app.database.inTransaction((manager) =>
    manager.query(`UPDATE token_sets SET "accessToken" = 'v1.damaged' WHERE "authorizationId" = '${id}'`),
  )
  const ask = () => world.app.services.refreshes.freshToken(id, 60)
  for (let asked = 0; asked < 3; asked++) {
    await expect(ask()).rejects.toMatchObject({ code: 'INTERNAL', reason: 'STORED_TOKENS_UNREADABLE' })
  }
  expect(await now()).toMatchObject({
    status: 'AUTHORIZED',
    refreshProblem: { code: 'TOKENS_UNREADABLE', attempts: 1 },
  })
  world.clock.advance(minute)
  await world.app.sweep()
  expect(await ask()).toMatchObject({ generation: 2 })
  expect(await now()).toMatchObject({ refreshProblem: null })
})
