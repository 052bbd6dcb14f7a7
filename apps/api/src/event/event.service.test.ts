import { expect, it } from 'vitest'
import { createApiClient, asApiClient, vaulted } from '../testing/api-client.js'
import { createTestApp, type TestApp } from '../testing/create-test-app.js'
import { optIn } from '../testing/opt-in.js'
import { deliver } from '../testing/receiver.js'
import { optOut } from '../testing/told.js'
import { AuthorizationEntity } from '../authorization/authorization.entity.js'
import { AuthorizationEventEntity } from './authorization-event.entity.js'

const day = 24 * 3600_000

const eventsOf = async ({ app }: TestApp) =>
  app.database.reader.find(AuthorizationEventEntity, { order: { number: 'ASC' } })

const typesOf = async (world: TestApp) => (await eventsOf(world)).map(({ type }) => type.slice(14))

const refresh = (world: TestApp, companyId: string) =>
  world.as('acme.admin').then((admin) =>
    admin.query('mutation ($input: RefreshTokenInput!) { refreshToken(input: $input) { id } }', {
      input: { companyId, application: 'RATING' },
    }),
  )

it('notes one event for each change of state, with what the authorization was from then on', async () => {
  const world = await createTestApp()
  const { admin, companyId, vaultKey } = await vaulted(world)
  await refresh(world, companyId)
  world.standIn.control.password({ username: 'acme', password: 'changed-at-ups' })
  world.clock.advance(60_000)
  await refresh(world, companyId)
  world.standIn.control.password({ username: 'acme', password: 'ups-demo' })
  await optIn(world, admin, 'RATING')
  await optIn(world, admin, 'RATING')
  await optOut(world, companyId)
  await optOut(world, companyId)
  await admin.data('mutation ($input: WithdrawCompanyInput!) { withdrawCompany(input: $input) }', {
    input: { companyId, application: 'RATING' },
  })
  expect(await typesOf(world)).toEqual([
    ...['opted_in', 'reauthorization_required', 'opted_in', 'opted_in', 'opted_out'],
  ])
  const events = await eventsOf(world)
  expect(events.map(({ status }) => status)).toEqual([
    ...['AUTHORIZED', 'REAUTHORIZATION_REQUIRED', 'AUTHORIZED', 'AUTHORIZED', 'NOT_AUTHORIZED'],
  ])
  expect(events.map(({ generation }) => generation)).toEqual([1, 2, 3, 4, 4])
  expect(events.map(({ endReason }) => endReason)).toEqual([null, 'REFUSED_BY_UPS', null, null, 'OPTED_OUT'])
  expect(new Set(events.map((event) => event.vaultKey))).toEqual(new Set([vaultKey]))
  expect(events.map(({ refreshExpiresAt }) => refreshExpiresAt !== null)).toEqual([
    true,
    false,
    true,
    true,
    false,
  ])
})

it.each([
  ['withdrawCompany', 'WITHDRAWN'],
  ['removeCompany', 'COMPANY_REMOVED'],
])('says by its reason that a company has gone by %s', async (name, endReason) => {
  const world = await createTestApp()
  const { admin, companyId } = await vaulted(world)
  await optIn(world, admin, 'PICKUP_MANAGER')
  if (name === 'removeCompany')
    await admin.data('mutation ($id: ID!) { removeCompany(id: $id) }', { id: companyId })
  else
    await admin.data('mutation ($input: WithdrawCompanyInput!) { withdrawCompany(input: $input) }', {
      input: { companyId, application: 'RATING' },
    })
  const ended = (await eventsOf(world)).filter(({ type }) => type === 'authorization.opted_out')
  expect(ended.map((event) => event.endReason)).toEqual(
    name === 'removeCompany' ? [endReason, endReason] : [endReason],
  )
})

it('tells once that an authorization is at risk, and once that the danger is over', async () => {
  const world = await createTestApp()
  const { companyId } = await vaulted(world)
  world.standIn.control.faults({ endpoint: 'refresh', kind: 'status', status: 503, times: 10_000 })
  for (const days of [45, 2, 7, 5]) {
    world.clock.advance(days * day)
    await world.app.tellPeople()
  }
  expect(await typesOf(world)).toEqual(['opted_in', 'at_risk'])
  const [, atRisk] = await eventsOf(world)
  expect(atRisk).toMatchObject({ status: 'AUTHORIZED', generation: 1, endReason: null })
  const leftMs = (atRisk?.refreshExpiresAt?.getTime() ?? 0) - (atRisk?.at.getTime() ?? 0)
  expect(leftMs).toBeLessThan(14 * day)
  world.standIn.control.clearFaults()
  await refresh(world, companyId)
  expect(await typesOf(world)).toEqual(['opted_in', 'at_risk', 'recovered'])
  world.clock.advance(3600_000)
  await refresh(world, companyId)
  expect(await typesOf(world)).toEqual(['opted_in', 'at_risk', 'recovered'])
})

it('stands or falls with the change that it tells of', async () => {
  const world = await createTestApp()
  const { companyId, authorizationId } = await vaulted(world)
  const { database, services } = world.app
  const note = services.events.note.bind(services.events)
  services.events.note = async (...args) => {
    await note(...args)
    throw new Error('the disk is full')
  }
  const admin = await world.as('acme.admin')
  const answer = await admin.query('mutation ($input: OptOutInput!) { optOut(input: $input) { id } }', {
    input: { companyId, application: 'RATING' },
  })
  expect(answer.errors?.[0]?.extensions.code).toBe('INTERNAL')
  const where = { id: authorizationId }
  expect(await database.reader.findOneBy(AuthorizationEntity, where)).toMatchObject({ status: 'AUTHORIZED' })
  expect(await typesOf(world)).toEqual(['opted_in'])
})

interface Feed {
  events: { id: string; type: string; data: object }[]
  next: string
  more: boolean
}

async function reader(world: TestApp) {
  const standing = await vaulted(world)
  const companyIds = [standing.companyId]
  const { key } = await createApiClient(standing.admin, { companyIds, scopes: ['STATUS_READ'] })
  const client = asApiClient(world, key)
  const read = async (query = '') => (await client.get(`/v1/events${query}`)).json<Feed>()
  return { ...standing, client, read }
}

it('lists events in one order, and whoever goes on from a cursor misses none and gets none twice', async () => {
  const world = await createTestApp()
  const { admin, companyId, client, read } = await reader(world)
  expect(await read()).toMatchObject({ events: [], more: false })
  await deliver(world)
  await optOut(world, companyId)
  await optIn(world, admin, 'RATING')
  // Of an application that the client may know nothing of.
  await optIn(world, admin, 'PICKUP_MANAGER')
  await deliver(world)
  const first = await read('?limit=2')
  const rest = await read(`?limit=2&after=${first.next}`)
  const types = [...first.events, ...rest.events].map(({ type }) => type.slice(14))
  expect([types, first.more, rest.more]).toEqual([['opted_in', 'opted_out', 'opted_in'], true, false])
  expect(await read(`?after=${rest.next}`)).toEqual({ events: [], next: rest.next, more: false })
  expect((await read()).events).toEqual([...first.events, ...rest.events])
  const { data } = await client.query<{ events: { totalCount: number; edges: { node: { id: string } }[] } }>(
    '{ events { totalCount edges { node { id type timestamp } } pageInfo { endCursor } } }',
  )
  expect(data?.events.totalCount).toBe(3)
  expect(data?.events.edges.map(({ node }) => node.id)).toEqual((await read()).events.map(({ id }) => id))
})

it('lists an event that is committed late after those that were committed before it', async () => {
  const world = await createTestApp()
  const { companyId, read } = await reader(world)
  await optOut(world, companyId)
  await deliver(world)
  const { next } = await read()
  // As one that was written first, and whose transaction took longest.
  await world.app.database.inTransaction((manager) =>
    manager.query(
      `INSERT INTO authorization_events (number, id, type, "companyId", "applicationId", "authorizationId", "vaultKey", status, generation, at)
       SELECT -1, 'late', type, "companyId", "applicationId", 'another', "vaultKey", status, generation, at FROM authorization_events
       WHERE position = 1`,
    ),
  )
  await deliver(world)
  expect((await read(`?after=${next}`)).events.map(({ id }) => id)).toEqual(['late'])
})

it('keeps events for thirty days, and says so to who goes on from before', async () => {
  const world = await createTestApp()
  const { companyId, client, read } = await reader(world)
  await deliver(world)
  const { next } = await read()
  await optOut(world, companyId)
  await deliver(world)
  world.clock.advance(29 * day)
  await world.app.services.events.prune()
  expect(await eventsOf(world)).toHaveLength(2)
  const upToDate = (await read(`?after=${next}`)).next
  const admin = await world.as('acme.admin')
  await optIn(world, admin, 'RATING')
  await optIn(world, admin, 'RATING')
  await deliver(world)
  world.clock.advance(2 * day)
  await world.app.services.events.prune()
  expect(await eventsOf(world)).toHaveLength(2)
  expect((await read(`?after=${upToDate}`)).events).toHaveLength(2)
  const late = await client.get(`/v1/events?after=${next}`)
  expect([late.statusCode, late.json<{ reason: string }>().reason]).toEqual([409, 'EVENTS_NO_LONGER_KEPT'])
  // The last stays, from which the places go on.
  world.clock.advance(60 * day)
  await world.app.services.events.prune()
  expect(await eventsOf(world)).toMatchObject([{ position: 4 }])
})
