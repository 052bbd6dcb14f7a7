import { expect, it } from 'vitest'
import { companyIdOf, createTestApp } from './create-test-app.js'
import { agreeAtUps, authorizationOf, beginOptIn, optIn } from './opt-in.js'

it('lives a whole life: opt in, refresh, password change at UPS.com, noticed, opt in again, opt out', async () => {
  const world = await createTestApp()
  const admin = await world.as('acme.admin')
  const companyId = await companyIdOf(admin, 'Acme Outfitters')
  const now = () => authorizationOf(admin, companyId, 'RATING')
  expect(await now()).toMatchObject({ status: 'NOT_AUTHORIZED', vaultKey: null, tokens: null, generation: 0 })

  const destination = await optIn(world, admin, 'RATING')
  expect(destination).toMatch(/^\/applications\/rating\/company-manager\?company=.+&opt-in=.+/)
  const first = await now()
  expect(first).toMatchObject({
    status: 'AUTHORIZED',
    generation: 1,
    authorizedBy: { displayName: 'Avery Acme' },
    upsProfileNote: 'the shipping desk',
  })
  expect(first?.vaultKey).toMatch(/^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/)

  const { refreshes } = world.app.services
  await world.app.database.inTransaction((manager) =>
    refreshes.handOuts.note(manager, first?.id ?? '', world.clock()),
  )
  const afterAnHour = async () => {
    world.clock.advance(56 * 60_000)
    await world.app.sweep()
    await admin.signIn('acme.admin')
    return now()
  }

  const refreshed = await afterAnHour()
  expect(refreshed).toMatchObject({ status: 'AUTHORIZED', generation: 2, vaultKey: first?.vaultKey })
  expect(
    refreshed?.tokenHistory.edges.map(({ node }) => [
      node.generation,
      node.cause,
      node.supersededAt !== null,
    ]),
  ).toEqual([
    [2, 'AHEAD_OF_EXPIRY', false],
    [1, 'OPT_IN', true],
  ])

  world.standIn.control.password({ username: 'acme', password: 'changed-at-ups' })
  expect(await afterAnHour()).toMatchObject({
    status: 'REAUTHORIZATION_REQUIRED',
    endReason: 'REFUSED_BY_UPS',
    authorizedBy: { displayName: 'Avery Acme' },
    upsProfileNote: 'the shipping desk',
    nextRefreshAt: null,
  })

  const begun = await beginOptIn(admin, companyId, 'RATING')
  await admin.arriveAt(await agreeAtUps(world, begun, { username: 'acme', password: 'changed-at-ups' }))
  expect(await now()).toMatchObject({
    status: 'AUTHORIZED',
    generation: 3,
    endReason: null,
    vaultKey: first?.vaultKey,
  })

  const { optOut } = await admin.data<{ optOut: { status: string; upsMayHonourUntil: string } }>(
    `mutation ($input: OptOutInput!) { optOut(input: $input) { status upsMayHonourUntil } }`,
    { input: { companyId, application: 'RATING' } },
  )
  expect(optOut.status).toBe('NOT_AUTHORIZED')
  expect(await now()).toMatchObject({
    status: 'NOT_AUTHORIZED',
    endReason: 'OPTED_OUT',
    endedBy: { displayName: 'Avery Acme' },
    vaultKey: null,
    tokens: null,
  })
})
