import { expect, it } from 'vitest'
import { AuditEventEntity } from '../audit/audit-event.entity.js'
import type { Browser } from '../testing/browser.js'
import { createTestApp } from '../testing/create-test-app.js'

const minute = 60_000

const set = (browser: Browser, verb: 'disableUser' | 'enableUser', id: string) =>
  browser.query<Record<string, { disabledAt: string | null }>>(
    `mutation ($id: ID!) { ${verb}(id: $id) { signInName disabledAt } }`,
    { id },
  )

const idOf = async (browser: Browser): Promise<string> =>
  (await browser.data<{ viewer: { id: string } }>('{ viewer { id } }')).viewer.id

const extensionsOf = ({ errors }: Awaited<ReturnType<typeof set>>) => {
  const { code, reason } = errors?.[0]?.extensions ?? {}
  return [code, reason]
}

it('shuts a person out of every process at once, and lets them in again', async () => {
  const world = await createTestApp()
  const admin = await world.as('solution.admin')
  const person = await world.as('demo.admin')
  const second = await world.another()
  const id = await idOf(person)
  const viewerElsewhere = async (): Promise<unknown> => {
    const cookie = [...person.cookies].map((pair) => pair.join('=')).join('; ')
    const { publicUrl } = person
    const headers = { host: new URL(publicUrl).host, cookie, ...person.graphqlHeaders() }
    const body = '{"query":"{ viewer { id } }"}'
    return (await second.http.inject({ method: 'POST', url: '/graphql', headers, body })).json<unknown>()
  }
  expect(await viewerElsewhere()).toEqual({ data: { viewer: { id } } })
  expect((await set(admin, 'disableUser', id)).data).toEqual({
    disableUser: { signInName: 'demo.admin', disabledAt: '2026-03-01T12:00:00.000Z' },
  })
  expect(await viewerElsewhere()).toEqual({ data: { viewer: null } })
  await expect(world.browser().signIn('demo.admin')).rejects.toThrow('SIGN_IN_REFUSED')
  await world
    .browser()
    .query('mutation { requestPasswordReset(input: { email: "drew@demonstration.example" }) }')
  expect(await world.lettersTo('drew@demonstration.example')).toEqual([])

  expect((await set(admin, 'enableUser', id)).data?.enableUser?.disabledAt).toBeNull()
  expect(await viewerElsewhere(), 'the former session stays ended').toEqual({ data: { viewer: null } })
  await world.browser().signIn('demo.admin')
})

it('is for solution admins, with a password that was given a short while ago', async () => {
  const world = await createTestApp()
  const admin = await world.as('solution.admin')
  const acme = await world.as('acme.admin')
  const id = await idOf(await world.as('demo.admin'))
  for (const target of [id, 'absent', await idOf(acme)])
    expect(extensionsOf(await set(acme, 'disableUser', target))).toEqual(['NOT_FOUND', 'USER_NOT_FOUND'])
  expect(extensionsOf(await set(world.browser(), 'disableUser', id))[0]).toBe('UNAUTHENTICATED')
  expect(extensionsOf(await set(admin, 'disableUser', 'absent'))).toEqual(['NOT_FOUND', 'USER_NOT_FOUND'])
  expect(extensionsOf(await set(admin, 'disableUser', await idOf(admin)))[1]).toBe('CANNOT_DISABLE_YOURSELF')
  world.clock.advance(10 * minute)
  expect(extensionsOf(await set(admin, 'disableUser', id))[1]).toBe('FRESH_AUTHENTICATION_REQUIRED')
  await world.browser().signIn('demo.admin')
})

it('ends all sessions of a person, who is not shut out by that', async () => {
  const world = await createTestApp()
  const admin = await world.as('solution.admin')
  const people = [await world.as('demo.admin'), await world.as('demo.admin')]
  const others = await world.as('acme.admin')
  const [first] = people
  const id = first ? await idOf(first) : ''
  const end = (browser: Browser, userId: string) =>
    browser.query('mutation ($userId: ID!) { endSessionsOf(userId: $userId) }', { userId })
  for (const target of [id, 'absent'])
    expect((await end(others, target)).errors?.[0]?.extensions).toMatchObject({
      code: 'NOT_FOUND',
      reason: 'USER_NOT_FOUND',
    })
  expect((await end(admin, id)).data).toEqual({ endSessionsOf: true })
  for (const browser of people) expect(await browser.data('{ viewer { id } }')).toEqual({ viewer: null })
  expect(await others.data('{ viewer { signInName } }')).toEqual({ viewer: { signInName: 'acme.admin' } })
  expect(
    await world.app.database.reader.findBy(AuditEventEntity, { name: 'user.sessions_ended' }),
  ).toMatchObject([{ details: { userId: id, count: 2 } }])
  await world.browser().signIn('demo.admin')
  world.clock.advance(10 * minute)
  expect((await end(admin, id)).errors?.[0]?.extensions.reason).toBe('FRESH_AUTHENTICATION_REQUIRED')
})

it('does not tell others since when somebody is shut out', async () => {
  const world = await createTestApp()
  const acme = await world.as('acme.admin')
  expect(await acme.data('{ viewer { disabledAt } }')).toEqual({ viewer: { disabledAt: null } })
})
