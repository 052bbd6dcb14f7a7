import { hash, verify } from '@node-rs/argon2'
import { expect, it, vi } from 'vitest'
import { AuditEventEntity } from '../audit/audit-event.entity.js'
import { demoPassword } from '../demo.seed.js'
import type { Browser } from '../testing/browser.js'
import { createTestApp } from '../testing/create-test-app.js'
import { UserEntity } from '../user/user.entity.js'
import { AttemptCounterEntity } from './attempt-counter.entity.js'
import { statementsOf } from '../testing/statements.js'

// Looked over the shoulder, not replaced: how often a hash is computed is the behaviour.

const minute = 60_000
const document = 'mutation ($input: SignInInput!) { signIn(input: $input) { signInName } }'

const bodyOf = (signInName: string, password: string): string =>
  JSON.stringify({ query: document, variables: { input: { signInName, password } } })

const signIn = (browser: Browser, signInName: string, password: string) =>
  browser.post(bodyOf(signInName, password))

const isSignedIn = async (browser: Browser): Promise<boolean> =>
  (await browser.data<{ viewer: unknown }>('{ viewer { id } }')).viewer !== null

async function freshWorld(environment: Record<string, string> = {}) {
  const world = await createTestApp({ environment })
  vi.mocked(verify).mockClear()
  const from = (address: string) => ({
    wrong: (signInName: string) =>
      world.browser().post(bodyOf(signInName, 'wrong'), { 'x-forwarded-for': address }),
    async isRight(signInName = 'acme.admin') {
      const answer = await world
        .browser()
        .post(bodyOf(signInName, demoPassword), { 'x-forwarded-for': address })
      return answer.json<{ errors?: unknown }>().errors === undefined
    },
  })
  return { world, from, isRight: from('192.0.2.9').isRight }
}

it('computes five hashes for many tries at once, in one process or two, for a name that exists or not', async () => {
  const { world } = await freshWorld()
  const second = await world.another()
  const other = (headers: Record<string, string>, body: string) =>
    second.http.inject({
      method: 'POST',
      url: '/graphql',
      headers: { host: 'localhost:4000', ...headers },
      body,
    })
  for (const signInName of ['acme.admin', 'nobody.at.all']) {
    world.clock.advance(60 * minute)
    vi.mocked(verify).mockClear()
    const body = bodyOf(signInName, 'not the password')
    const headers = world.browser().graphqlHeaders()
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        index % 2 ? other(headers, body) : world.browser().post(body),
      ),
    )
    expect(verify, signInName).toHaveBeenCalledTimes(5)
  }
})

it('does the same work for a name that nobody has, a wrong password and who is shut out', async () => {
  const world = await createTestApp()
  await world.app.database.inTransaction((manager) =>
    manager.query(`UPDATE users SET "disabledAt" = 1 WHERE "signInName" = 'demo.admin'`),
  )
  const statements = await statementsOf(world)
  const work = async (signInName: string, password: string) => {
    statements.length = 0
    vi.mocked(verify).mockClear()
    const { body } = await world.browser().post(bodyOf(signInName, password))
    expect(body).toContain('SIGN_IN_REFUSED')
    // Some numbers stand in the statement itself: how many tries there were, and when.
    const withoutNumbers = statements.map((sql) => sql.replace(/\b\d+\b/g, 'n'))
    return { hashes: vi.mocked(verify).mock.calls.length, statements: withoutNumbers }
  }
  const nobody = await work('nobody.at.all', 'not the password')
  expect(nobody.hashes).toBe(1)
  expect(nobody.statements.length).toBeGreaterThan(3)
  expect(await work('acme.admin', 'not the password')).toEqual(nobody)
  expect(await work('demo.admin', 'opt-in-hub-demo')).toEqual(nobody)
})

it('counts each try, also a hundred in one request', async () => {
  const { world } = await freshWorld()
  const tries = Array.from(
    { length: 40 },
    (_, index) => `t${index}: signIn(input: {signInName: "acme.admin", password: "wrong ${index}"}) { id }`,
  )
  await world.browser().query(`mutation { ${tries.join(' ')} }`)
  expect(vi.mocked(verify).mock.calls.length).toBeLessThanOrEqual(5)
})

it('answers a locked account as a wrong password, also to the right one, and opens it again by itself', async () => {
  const { world, isRight } = await freshWorld()
  const answer = async (password: string) => {
    const response = await signIn(world.browser(), 'acme.admin', password)
    const requestId = String(response.headers['x-request-id'])
    const { 'x-request-id': _id, date: _date, ...headers } = response.headers
    return { status: response.statusCode, headers, body: response.body.replaceAll(requestId, '') }
  }
  const wrong = await answer('wrong')
  for (let tries = 1; tries < 5; tries++) await answer('wrong')
  expect(await answer('wrong')).toEqual(wrong)
  expect(await answer(demoPassword)).toEqual(wrong)
  expect(verify).toHaveBeenCalledTimes(5)

  world.clock.advance(15 * minute - 1)
  expect(await isRight()).toBe(false)
  world.clock.advance(1)
  expect(await isRight()).toBe(true)
  for (let tries = 0; tries < 4; tries++) await answer('wrong')
  expect(await isRight(), 'who knew the password begins anew').toBe(true)
})

it('takes a refused try as long as a wrong one', async () => {
  const { world } = await freshWorld()
  const ms = async () => {
    const begun = performance.now()
    await signIn(world.browser(), 'acme.admin', 'wrong')
    return performance.now() - begun
  }
  const wrong = [await ms(), await ms(), await ms(), await ms(), await ms()]
  const locked = [await ms(), await ms(), await ms()]
  expect(Math.min(...locked)).toBeGreaterThan(Math.min(...wrong) / 2)
})

it('lets a locked account go on in the sessions it has', async () => {
  const { world, isRight } = await freshWorld()
  const browser = await world.as('acme.admin')
  for (let tries = 0; tries < 6; tries++) await signIn(world.browser(), 'acme.admin', 'wrong')
  expect(await isRight()).toBe(false)
  expect(await isSignedIn(browser)).toBe(true)
  expect(await isRight('demo.admin'), 'nobody else is locked').toBe(true)
})

it('allows fifty wrong tries from one network, and a refused one locks nobody', async () => {
  const { world, from } = await freshWorld({ TRUSTED_PROXIES: '127.0.0.1' })
  for (let tries = 0; tries < 60; tries++) await from(`2001:db8:1:2::${tries}`).wrong(`guess-${tries}`)
  expect(verify).toHaveBeenCalledTimes(50)
  const network = from('2001:db8:1:2::1')
  expect(await network.isRight()).toBe(false)
  for (let tries = 0; tries < 6; tries++) await network.wrong('acme.admin')
  expect(await from('192.0.2.1').isRight(), 'from elsewhere').toBe(true)
  world.clock.advance(15 * minute)
  expect(await network.isRight()).toBe(true)
}, 60_000)

it('does not count those who know their password', async () => {
  const { isRight } = await freshWorld()
  for (let each = 0; each < 60; each++) expect(await isRight()).toBe(true)
}, 60_000)

it('keeps no name of those who tried, and forgets after two days', async () => {
  const { world } = await freshWorld()
  await signIn(world.browser(), 'canary-name', 'wrong')
  const { reader } = world.app.database
  expect(JSON.stringify(await reader.find(AttemptCounterEntity))).not.toMatch(/canary|127\.0/)
  world.clock.advance(2 * 24 * 60 * minute + 1)
  await world.app.forget()
  expect(await reader.count(AttemptCounterEntity)).toBe(0)
})

it('refuses who was shut out as it refuses a wrong password', async () => {
  const { world } = await freshWorld()
  const wrong = await signIn(world.browser(), 'demo.admin', 'wrong')
  await world.app.database.inTransaction((manager) =>
    manager.update(UserEntity, { signInName: 'demo.admin' }, { disabledAt: world.clock() }),
  )
  const shutOut = await signIn(world.browser(), 'demo.admin', demoPassword)
  expect(shutOut.body.replace(/"requestId":"[^"]+"/, '')).toBe(wrong.body.replace(/"requestId":"[^"]+"/, ''))
  expect(verify).toHaveBeenCalledTimes(2)
})

it('hashes a password anew at sign-in where the stored hash is weaker than today’s', async () => {
  const { world, isRight } = await freshWorld()
  const weak = await hash(demoPassword, { algorithm: 2, memoryCost: 8192, timeCost: 1, parallelism: 1 })
  await world.app.database.inTransaction((manager) =>
    manager.update(UserEntity, { signInName: 'acme.admin' }, { passwordHash: weak }),
  )
  const stored = async () =>
    (await world.app.database.reader.findOneByOrFail(UserEntity, { signInName: 'acme.admin' })).passwordHash
  await signIn(world.browser(), 'acme.admin', 'wrong')
  expect(await stored()).toBe(weak)
  expect(await isRight()).toBe(true)
  const strong = await stored()
  expect(strong).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(await isRight()).toBe(true)
  expect(await stored(), 'once').toBe(strong)
})

it('asks for the password again in a session that goes on under a new id', async () => {
  const { world } = await freshWorld()
  const browser = await world.as('acme.admin')
  const thief = world.browser()
  for (const [name, value] of browser.cookies) thief.cookies.set(name, value)
  const again = (password: string) =>
    browser.query('mutation ($input: ReauthenticateInput!) { reauthenticate(input: $input) }', {
      input: { password },
    })
  expect((await again('wrong')).errors?.[0]?.extensions).toMatchObject({
    code: 'FORBIDDEN',
    reason: 'PASSWORD_NOT_RIGHT',
  })
  expect(await isSignedIn(thief)).toBe(true)
  world.clock.advance(1)
  expect(await again(demoPassword)).toEqual({ data: { reauthenticate: true } })
  expect(await isSignedIn(browser)).toBe(true)
  expect(await isSignedIn(thief)).toBe(false)

  world.clock.advance(minute)
  for (let tries = 0; tries < 5; tries++) await again('wrong')
  expect((await again(demoPassword)).errors, 'locked for it like for signing in').toHaveLength(1)
  expect(await isSignedIn(browser)).toBe(true)
  const events = await world.app.database.reader.find(AuditEventEntity, { order: { id: 'ASC' } })
  const names = events.map(({ name }) => name).filter((name) => name.startsWith('session.re'))
  expect(names.slice(0, 3)).toEqual([
    'session.reauthentication_refused',
    'session.reauthenticated',
    'session.reauthentication_refused',
  ])
})
