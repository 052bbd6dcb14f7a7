import { expect, it } from 'vitest'
import type { Browser } from '../testing/browser.js'
import { createTestApp } from '../testing/create-test-app.js'

const minute = 60_000

interface Listed {
  id: string
  createdAt: string
  lastSeenAt: string
  address: string | null
  isCurrent: boolean
}

async function sessionsOf(browser: Browser, args = ''): Promise<Listed[]> {
  const { viewer } = await browser.data<{ viewer: { sessions: { edges: { node: Listed }[] } } }>(
    `{ viewer { sessions${args} { edges { node { id createdAt lastSeenAt address isCurrent } } } } }`,
  )
  return viewer.sessions.edges.map(({ node }) => node)
}

const isSignedIn = async (browser: Browser): Promise<boolean> =>
  (await browser.data<{ viewer: unknown }>('{ viewer { id } }')).viewer !== null

const end = (browser: Browser, id: string) =>
  browser.query('mutation ($id: ID!) { endSession(id: $id) }', { id })

it('lists where one is signed in, newest first, from where, and which of them asks', async () => {
  const world = await createTestApp()
  const first = await world.as('acme.admin')
  world.clock.advance(5 * minute)
  const second = await world.as('acme.admin')
  await world.as('demo.admin')
  world.clock.advance(2 * minute)
  expect(await sessionsOf(second)).toMatchObject([
    {
      isCurrent: true,
      createdAt: '2026-03-01T12:05:00.000Z',
      lastSeenAt: '2026-03-01T12:07:00.000Z',
      address: '127.0.0.1',
    },
    {
      isCurrent: false,
      createdAt: '2026-03-01T12:00:00.000Z',
      lastSeenAt: '2026-03-01T12:00:00.000Z',
      address: '127.0.0.1',
    },
  ])
  expect((await sessionsOf(first)).map(({ isCurrent }) => isCurrent)).toEqual([false, true])
  world.clock.advance(15 * minute)
  await sessionsOf(second)
  world.clock.advance(16 * minute)
  expect(await sessionsOf(second), 'what has run out is not listed').toHaveLength(1)
})

it('pages through them by cursor, with the count', async () => {
  const world = await createTestApp()
  for (let each = 0; each < 4; each++) {
    await world.as('acme.admin')
    if (each % 2) world.clock.advance(1)
  }
  const browser = await world.as('acme.admin')
  const seen: string[] = []
  let after: string | null = null
  for (let page = 0; page < 3; page++) {
    type Page = {
      sessions: { totalCount: number; edges: { node: Listed }[]; pageInfo: { endCursor: string } }
    }
    const { viewer }: { viewer: Page } = await browser.data(
      `query ($after: String) { viewer { sessions(first: 2, after: $after) { totalCount edges { node { id } } pageInfo { endCursor } } } }`,
      { after },
    )
    expect(viewer.sessions.totalCount).toBe(5)
    seen.push(...viewer.sessions.edges.map(({ node }) => node.id))
    after = viewer.sessions.pageInfo.endCursor
  }
  expect(seen).toEqual((await sessionsOf(browser)).map(({ id }) => id))
  const stranger = await world.as('demo.admin')
  const { errors } = await stranger.query(
    'query ($after: String) { viewer { sessions(after: $after) { edges { cursor } } } }',
    { after },
  )
  expect(errors?.[0]?.extensions.reason).toBe('CURSOR_NOT_VALID')
})

it('ends one session, in any process at once, and never another person’s', async () => {
  const world = await createTestApp()
  const here = await world.as('acme.admin')
  const there = await world.as('acme.admin')
  const stranger = await world.as('demo.admin')
  const foreign = (await sessionsOf(stranger))[0]?.id ?? ''
  const reasons = [foreign, 'absent', ''].map(
    async (id) => (await end(here, id)).errors?.[0]?.extensions.reason,
  )
  expect(await Promise.all(reasons)).toEqual(Array(3).fill('SESSION_NOT_FOUND'))
  expect(await isSignedIn(stranger)).toBe(true)

  const other = (await sessionsOf(here)).find(({ isCurrent }) => !isCurrent)
  expect(await end(here, other?.id ?? '')).toEqual({ data: { endSession: true } })
  expect([await isSignedIn(here), await isSignedIn(there)]).toEqual([true, false])

  const own = (await sessionsOf(here))[0]
  await end(here, own?.id ?? '')
  expect(await isSignedIn(here)).toBe(false)
  expect(here.cookies.size).toBe(0)
})

it('ends all sessions but this one', async () => {
  const world = await createTestApp()
  const others = [await world.as('acme.admin'), await world.as('acme.admin')]
  const here = await world.as('acme.admin')
  const stranger = await world.as('demo.admin')
  expect(await here.data('mutation { endOtherSessions }')).toEqual({ endOtherSessions: true })
  for (const other of others) expect(await isSignedIn(other)).toBe(false)
  expect([await isSignedIn(here), await isSignedIn(stranger)]).toEqual([true, true])
})

it('tells nobody of another person’s sessions, and nothing opens by what is told', async () => {
  const world = await createTestApp()
  const browser = await world.as('acme.admin')
  const [{ id } = { id: '' }] = await sessionsOf(browser)
  const thief = world.browser()
  thief.cookies.set('optin-hub-session', id)
  expect(await isSignedIn(thief)).toBe(false)
  for (const query of ['mutation { endOtherSessions }', 'mutation { endSession(id: "x") }'])
    expect((await thief.query(query)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED')
})
