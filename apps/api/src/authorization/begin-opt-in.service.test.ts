import { expect, it } from 'vitest'
import { companyIdOf, createTestApp } from '../testing/create-test-app.js'
import { agreeAtUps, authorizationOf, beginOptIn, beginOptInDocument, returnToOf } from '../testing/opt-in.js'
import { PendingAuthorizationEntity } from './pending-authorization.entity.js'

it('begins a visit with a state of 256 bits, of which the database holds only a keyed hash', async () => {
  const world = await createTestApp()
  const admin = await world.as('acme.admin')
  const companyId = await companyIdOf(admin, 'Acme Outfitters')
  const states = new Set<string>()
  for (let count = 0; count < 5; count++) {
    const { authorizationUrl, expiresAt } = await beginOptIn(admin, companyId, 'RATING')
    const url = new URL(authorizationUrl)
    expect(url.origin + url.pathname).toBe('http://127.0.0.1:4010/security/v1/oauth/authorize')
    expect(url.searchParams.get('redirect_uri')).toBe('http://localhost:4000/oauth/callback/rating')
    expect(expiresAt).toBe('2026-03-01T12:10:00.000Z')
    const state = url.searchParams.get('state') ?? ''
    expect(Buffer.from(state, 'base64url')).toHaveLength(32)
    states.add(state)
  }
  expect(states.size).toBe(5)
  const rows = JSON.stringify(await world.app.database.reader.query('SELECT * FROM pending_authorizations'))
  for (const state of states) expect(rows).not.toContain(state)
})

it('keeps the ten newest visits of a person', async () => {
  const world = await createTestApp()
  const admin = await world.as('acme.admin')
  const companyId = await companyIdOf(admin, 'Acme Outfitters')
  const oldest = await beginOptIn(admin, companyId, 'RATING')
  const callback = await agreeAtUps(world, oldest)
  for (let count = 0; count < 10; count++) {
    world.clock.advance(1000)
    await beginOptIn(admin, companyId, 'RATING')
  }
  expect(await world.app.database.reader.count(PendingAuthorizationEntity)).toBe(10)
  expect(await admin.arriveAt(callback)).toBe('/opt-in/not-recognised')
})

it('begins nothing for a stranger, a solution admin or a page of another application', async () => {
  const world = await createTestApp()
  const admin = await world.as('acme.admin')
  const companyId = await companyIdOf(admin, 'Acme Outfitters')
  const begin = async (who: string, input: object) => {
    const browser = who === 'nobody' ? world.browser() : await world.as(who)
    const { errors } = await browser.query(beginOptInDocument, { input })
    return [errors?.[0]?.extensions.code, errors?.[0]?.extensions.reason]
  }
  const rating = { companyId, application: 'RATING', returnTo: returnToOf('RATING') }
  expect(await begin('nobody', rating)).toEqual(['UNAUTHENTICATED', 'SIGN_IN_REQUIRED'])
  expect(await begin('demo.admin', rating)).toEqual(['NOT_FOUND', 'AUTHORIZATION_NOT_FOUND'])
  expect(await begin('solution.admin', rating)).toEqual(['NOT_FOUND', 'AUTHORIZATION_NOT_FOUND'])
  expect(await begin('acme.admin', { ...rating, returnTo: returnToOf('PICKUP_MANAGER') })).toEqual([
    'BAD_USER_INPUT',
    'RETURN_PAGE_OF_ANOTHER_APPLICATION',
  ])

  await admin.arriveAt(await agreeAtUps(world, await beginOptIn(admin, companyId, 'RATING')))
  expect(await begin('solution.admin', rating)).toEqual(['FORBIDDEN', 'AUTHORIZATION_NOT_YOURS_TO_BEGIN'])
})

it('says before anybody leaves that UPS.com cannot be reached, and begins nothing', async () => {
  let isDown = false
  const world = await createTestApp({
    fetch: (next) => (input, init) =>
      isDown ? Promise.reject(new TypeError('fetch failed')) : next(input, init),
  })
  const admin = await world.as('acme.admin')
  const companyId = await companyIdOf(admin, 'Acme Outfitters')
  isDown = true
  const input = { companyId, application: 'RATING', returnTo: returnToOf('RATING') }
  const { errors } = await admin.query(beginOptInDocument, { input })
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'UPS_UNAVAILABLE', reason: 'UPS_UNREACHABLE' })
  expect(await world.app.database.reader.count(PendingAuthorizationEntity)).toBe(0)
})

it('sends a fresh verifier and no secret where an application uses PKCE', async () => {
  const requests: Request[] = []
  const world = await createTestApp({
    environment: { UPS_RATING_PKCE: 'public' },
    fetch: (next) => (input, init) => {
      const request = new Request(input, init)
      requests.push(request.clone())
      return next(request)
    },
  })
  const admin = await world.as('acme.admin')
  const companyId = await companyIdOf(admin, 'Acme Outfitters')
  const begun = await beginOptIn(admin, companyId, 'RATING')
  const asked = new URL(begun.authorizationUrl).searchParams
  expect([...asked.keys()]).toContain('code_challenge')
  expect([...asked.keys()]).not.toContain('code_challenge_method')
  await admin.arriveAt(await agreeAtUps(world, begun))

  const exchange = requests.find(({ url }) => url.endsWith('/token'))
  const sent = new URLSearchParams(await exchange?.text())
  expect(exchange?.headers.has('authorization')).toBe(false)
  const verifier = sent.get('code_verifier') ?? ''
  expect(verifier.length).toBeGreaterThanOrEqual(43)
  expect(world.logged.join('')).not.toContain(verifier)
  expect(await authorizationOf(admin, companyId, 'RATING')).toMatchObject({ status: 'AUTHORIZED' })
})

it('leaves one authorization when many visits for it end at once', async () => {
  const world = await createTestApp()
  const admin = await world.as('acme.admin')
  const companyId = await companyIdOf(admin, 'Acme Outfitters')
  const callbacks: string[] = []
  for (let count = 0; count < 8; count++) {
    callbacks.push(await agreeAtUps(world, await beginOptIn(admin, companyId, 'RATING')))
  }
  await Promise.all(callbacks.map((callback) => admin.arriveAt(callback)))
  const authorization = await authorizationOf(admin, companyId, 'RATING')
  expect(authorization).toMatchObject({ status: 'AUTHORIZED', generation: 8 })
  const current = authorization?.tokenHistory.edges.filter(({ node }) => node.supersededAt === null)
  expect(current?.map(({ node }) => node.generation)).toEqual([8])
})
