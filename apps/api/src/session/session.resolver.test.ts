import { verify } from '@node-rs/argon2'
import { expect, it, vi } from 'vitest'
import { demoPassword } from '../demo.seed.js'
import type { Browser } from '../testing/browser.js'
import { createTestApp } from '../testing/create-test-app.js'
import { UserEntity } from '../user/user.entity.js'
import { hashPassword } from './password.js'
import { SessionEntity } from './session.entity.js'

// Looked over the shoulder, not replaced: how often a hash is computed is the behaviour.

const minute = 60_000
const cookieName = 'optin-hub-session'
const document = `mutation ($input: SignInInput!) {
  signIn(input: $input) { signInName displayName email memberships { role company { name authorizations { status } } } }
}`

const signIn = (browser: Browser, signInName: string, password: string) =>
  browser.post(JSON.stringify({ query: document, variables: { input: { signInName, password } } }))

async function nameOf(browser: Browser): Promise<string | null> {
  const { viewer } = await browser.data<{ viewer: { signInName: string } | null }>(
    '{ viewer { signInName } }',
  )
  return viewer?.signInName ?? null
}

it('signs in by a cookie that no script can read and no other site can send along with a form', async () => {
  const world = await createTestApp()
  const browser = world.browser()
  expect(await nameOf(browser)).toBeNull()
  const answer = await signIn(browser, 'acme.admin', demoPassword)
  expect(answer.json()).toMatchObject({
    data: {
      signIn: {
        signInName: 'acme.admin',
        displayName: 'Avery Acme',
        email: 'avery@acme.example',
        memberships: [
          {
            role: 'ADMIN',
            company: { name: 'Acme Outfitters', authorizations: Array(5).fill({ status: 'NOT_AUTHORIZED' }) },
          },
        ],
      },
    },
  })
  expect(answer.cookies).toEqual([
    {
      name: cookieName,
      value: expect.stringMatching(/^[\w-]{43}$/) as string,
      httpOnly: true,
      sameSite: 'Lax',
      path: '/',
      maxAge: 12 * 60 * 60,
    },
  ])
  expect(await nameOf(browser)).toBe('acme.admin')
  const cookie = browser.cookies.get(cookieName) ?? ''
  expect(world.logged.join('')).not.toContain(cookie)
})

it('binds the cookie to https and to the host itself where the hub is served over https', async () => {
  const world = await createTestApp({ environment: { PUBLIC_URL: 'https://hub.example.com' } })
  const browser = world.browser()
  const { cookies } = await signIn(browser, 'acme.admin', demoPassword)
  expect(cookies).toMatchObject([
    { name: `__Host-${cookieName}`, secure: true, httpOnly: true, sameSite: 'Lax', path: '/' },
  ])
  expect(cookies[0]).not.toHaveProperty('domain')
  expect(await nameOf(browser)).toBe('acme.admin')

  const value = browser.cookies.get(`__Host-${cookieName}`) ?? ''
  browser.cookies.clear()
  browser.cookies.set(cookieName, value)
  expect(await nameOf(browser), 'a cookie that another host could have set').toBeNull()
})

it('answers a wrong password and an unknown name alike, after the same work', async () => {
  const world = await createTestApp()
  const refusal = async (signInName: string, password: string) => {
    vi.mocked(verify).mockClear()
    const answer = await signIn(world.browser(), signInName, password)
    const requestId = String(answer.headers['x-request-id'])
    const { 'x-request-id': _id, date: _date, ...headers } = answer.headers
    return {
      status: answer.statusCode,
      headers,
      body: answer.body.replaceAll(requestId, 'the request'),
      parameters: vi.mocked(verify).mock.calls.map(([hash]) => String(hash).split('$').slice(1, 4)),
    }
  }
  const wrong = await refusal('acme.admin', 'not the password')
  expect(wrong.parameters).toEqual([['argon2id', 'v=19', 'm=19456,t=2,p=1']])
  expect(await refusal('nobody', 'not the password')).toEqual(wrong)
  expect(await refusal('nobody', demoPassword)).toEqual(wrong)
  // The password of the hash that stands in for nobody's opens nothing.
  expect(await refusal('nobody', 'nobody has this password')).toEqual(wrong)
  expect(JSON.parse(wrong.body)).toMatchObject({
    data: null,
    errors: [{ extensions: { code: 'UNAUTHENTICATED', reason: 'SIGN_IN_REFUSED' } }],
  })
  expect(await world.app.database.reader.count(SessionEntity)).toBe(0)
})

it('takes a sign in name in any case, and a password in any way of composing its letters', async () => {
  const world = await createTestApp()
  for (const name of ['ACME.admin', ' acme.Admin ', 'ａｃｍｅ．ａｄｍｉｎ']) {
    const browser = world.browser()
    await browser.signIn(name)
    expect(await nameOf(browser), name).toBe('acme.admin')
  }
  const { database, services } = world.app
  const passwordHash = await hashPassword('Grüße, 🐪')
  await database.inTransaction((manager) =>
    services.users.create(manager, {
      signInName: 'Zoë',
      displayName: 'Zoë',
      email: null,
      passwordHash,
      isSolutionAdmin: false,
    }),
  )
  const browser = world.browser()
  await browser.signIn('ZOË'.normalize('NFD'), 'Grüße, 🐪'.normalize('NFD'))
  expect(await nameOf(browser)).toBe('Zoë')
  expect((await signIn(world.browser(), 'Zoë', 'grüße, 🐪')).json()).toMatchObject({ data: null })
})

it('refuses a password over 1 KiB before anything is hashed, and one of 1 KiB not before', async () => {
  const world = await createTestApp()
  const { database, services } = world.app
  const longest = '€'.repeat(341) + 'x'
  const passwordHash = await hashPassword(longest)
  await database.inTransaction((manager) =>
    services.users.create(manager, {
      signInName: 'long',
      displayName: 'Long',
      email: null,
      passwordHash,
      isSolutionAdmin: false,
    }),
  )
  vi.mocked(verify).mockClear()
  for (const password of [
    `${longest}y`,
    '€'.repeat(342),
    'x'.repeat(1025),
    'x'.repeat(90_000),
    '\ud800'.repeat(400),
  ]) {
    const answer = await signIn(world.browser(), 'long', password)
    expect(answer.json()).toMatchObject({
      errors: [{ extensions: { code: 'BAD_USER_INPUT', details: { fields: ['password'] } } }],
    })
  }
  expect(verify).not.toHaveBeenCalled()
  await world.browser().signIn('long', longest)
  // No truncation: a twin that differs in its last letter only is another password.
  expect((await signIn(world.browser(), 'long', `${longest.slice(0, -1)}y`)).json()).toMatchObject({
    data: null,
  })
})

it('ends a session after 30 minutes without use', async () => {
  const world = await createTestApp()
  const browser = await world.as('acme.admin')
  world.clock.advance(30 * minute - 1000)
  expect(await nameOf(browser)).toBe('acme.admin')
  world.clock.advance(30 * minute - 1000)
  expect(await nameOf(browser)).toBe('acme.admin')
  world.clock.advance(30 * minute)
  expect(await nameOf(browser)).toBeNull()
  world.clock.advance(-10 * minute)
  await browser.signIn('acme.admin')
  expect(await nameOf(browser)).toBe('acme.admin')
})

it('ends a session after 12 hours, however busy it was', async () => {
  const world = await createTestApp()
  const browser = await world.as('acme.admin')
  for (let used = 0; used < 12 * 60 - 24; used += 24) {
    world.clock.advance(24 * minute)
    expect(await nameOf(browser)).toBe('acme.admin')
  }
  world.clock.advance(24 * minute - 1)
  expect(await nameOf(browser)).toBe('acme.admin')
  world.clock.advance(1)
  expect(await nameOf(browser)).toBeNull()
  await world.app.services.sessions.forgetExpired()
  world.clock.advance(1)
  await world.app.services.sessions.forgetExpired()
  expect(await world.app.database.reader.count(SessionEntity)).toBe(0)
})

it('ends the session on the server when somebody signs out, for every copy of the cookie', async () => {
  const world = await createTestApp()
  const browser = await world.as('acme.admin')
  const other = await world.as('acme.admin')
  const thief = world.browser()
  for (const [name, value] of browser.cookies) thief.cookies.set(name, value)
  expect(await nameOf(thief)).toBe('acme.admin')

  const answer = await browser.post(
    '{"query":"mutation { signOut createCompany(input: {name: \\"After\\"}) { id } }"}',
  )
  expect(answer.json()).toMatchObject({
    errors: [{ path: ['createCompany'], extensions: { code: 'UNAUTHENTICATED' } }],
  })
  expect(browser.cookies.size).toBe(0)
  expect(await nameOf(browser)).toBeNull()
  expect(await nameOf(thief)).toBeNull()
  expect(await nameOf(other), 'another browser of the same person').toBe('acme.admin')
  expect(await browser.data('mutation { signOut }')).toEqual({ signOut: true })
})

it('gives a new session at each sign in, never one that the browser brought', async () => {
  const world = await createTestApp()
  const planted = 'A'.repeat(43)
  const victim = world.browser()
  victim.cookies.set(cookieName, planted)
  await victim.signIn('acme.admin')
  const first = victim.cookies.get(cookieName)
  expect(first).not.toBe(planted)
  const attacker = world.browser()
  attacker.cookies.set(cookieName, planted)
  expect(await nameOf(attacker)).toBeNull()

  await victim.signIn('demo.admin')
  expect(await nameOf(victim)).toBe('demo.admin')
  attacker.cookies.set(cookieName, first ?? '')
  expect(await nameOf(attacker), 'the session that was signed in before').toBeNull()
  expect(await world.app.database.reader.count(SessionEntity)).toBe(1)

  const refused = await signIn(victim, 'acme.admin', 'wrong')
  expect(refused.cookies).toEqual([])
  expect(await nameOf(victim), 'a failed attempt changes nothing').toBe('demo.admin')
})

it('stores nothing that would open a session or tell a password', async () => {
  const world = await createTestApp()
  const browser = await world.as('acme.admin')
  const [session] = await world.app.database.reader.find(SessionEntity)
  expect(session?.id).toMatch(/^[0-9a-f]{64}$/)
  const thief = world.browser()
  for (const worthless of [
    session?.id ?? '',
    Buffer.from(session?.id ?? '', 'hex').toString('base64url'),
    '',
    ' ',
    'x'.repeat(5000),
  ]) {
    thief.cookies.set(cookieName, worthless)
    expect(await nameOf(thief)).toBeNull()
  }
  const cookie = browser.cookies.get(cookieName) ?? ''
  const users = await world.app.database.reader.find(UserEntity)
  expect(JSON.stringify([session, users])).not.toContain(cookie)
  for (const { passwordHash } of users) expect(passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
})
