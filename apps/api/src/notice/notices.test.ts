import { expect, it } from 'vitest'
import { AuthorizationEntity } from '../authorization/authorization.entity.js'
import { companyIdOf, createTestApp, type TestApp } from '../testing/create-test-app.js'
import { agreeAtUps, beginOptIn, optIn } from '../testing/opt-in.js'
import { signInAs } from '../testing/people.js'
import type { Browser } from '../testing/browser.js'

const day = 24 * 3600_000
const minute = 60_000
const avery = 'avery@acme.example'

/** Letters about authorizations that this person has, newest first. */
async function noticesTo(world: TestApp, address = avery) {
  await world.app.tellPeople()
  return world.lettersTo(address)
}

async function afterAMinute(world: TestApp, address = avery) {
  world.clock.advance(61_000)
  return noticesTo(world, address)
}

const checkNow = (admin: Browser, companyId: string) =>
  admin.query('mutation ($input: RefreshTokenInput!) { refreshToken(input: $input) { id } }', {
    input: { companyId, application: 'RATING' },
  })

/** A colleague who is an admin by a group only. */
async function joinGroupOf(world: TestApp, admin: Browser, companyId: string): Promise<void> {
  const person = { signInName: 'colleague', email: 'colleague@example.com' }
  await signInAs(world, { ...person, roles: { [companyId]: 'VIEWER' } })
  const { id: userId } = (await world.app.services.users.findBySignInName('colleague')) ?? {}
  const { createGroup } = await admin.data<{ createGroup: { id: string } }>(
    'mutation { createGroup(input: { name: "Admins", role: ADMIN }) { id } }',
  )
  const groupId = createGroup.id
  for (const [verb, type, input] of [
    ['addGroupMember', 'GroupMemberInput', { groupId, userId }],
    ['addGroupCompany', 'GroupCompanyInput', { groupId, companyId }],
  ] as const)
    await admin.data(`mutation ($input: ${type}!) { ${verb}(input: $input) { id } }`, { input })
}

it('tells the admins of a company once that an authorization has ended, with the way back', async () => {
  const world = await createTestApp()
  const admin = await world.as('acme.admin')
  const companyId = await companyIdOf(admin, 'Acme Outfitters')
  await signInAs(world, {
    signInName: 'viewer',
    email: 'viewer@acme.example',
    roles: { [companyId]: 'VIEWER' },
  })
  await optIn(world, admin, 'RATING')
  await world.standIn.control.password({ username: 'acme', password: 'another-one' })
  await checkNow(admin, companyId)
  expect(await noticesTo(world), 'others may follow').toEqual([])
  const [letter, ...others] = await afterAMinute(world)
  expect(others).toEqual([])
  expect(letter?.subject).toBe('Opt in again: an authorization has ended')
  const address = `http://localhost:4000/applications/rating/company-manager?company=${companyId}`
  expect(letter?.text).toContain('“Acme Outfitters”, UPS® Intelligent Rating: since 2026-03-01, 12:00 UTC')
  expect(letter?.text).toContain(`Opt in again:\n${address}\n`)
  expect(letter?.html).toContain(`href="${address}"`)
  world.clock.advance(30 * minute)
  expect(await noticesTo(world)).toHaveLength(1)
  expect(await noticesTo(world, 'viewer@acme.example')).toEqual([])
  expect(await noticesTo(world, 'drew@demonstration.example')).toEqual([])
})

it('sends one letter for all that ends at once, and none for what is mended before it leaves', async () => {
  const world = await createTestApp()
  const admin = await signInAs(world, { signInName: 'busy', email: 'busy@example.com' })
  const companyIds: string[] = []
  for (const name of ['One & Only', 'Two', 'Three']) {
    const { createCompany } = await admin.data<{ createCompany: { id: string } }>(
      'mutation ($input: CreateCompanyInput!) { createCompany(input: $input) { id } }',
      { input: { name, applications: ['RATING'] } },
    )
    const companyId = createCompany.id
    companyIds.push(companyId)
    await admin.arriveAt(await agreeAtUps(world, await beginOptIn(admin, companyId, 'RATING')))
  }
  await joinGroupOf(world, admin, companyIds[0] ?? '')
  await world.standIn.control.password({ username: 'acme', password: 'another-one' })
  for (const companyId of companyIds) await checkNow(admin, companyId)
  const profile = { username: 'acme', password: 'another-one' }
  await admin.arriveAt(
    await agreeAtUps(world, await beginOptIn(admin, companyIds[2] ?? '', 'RATING'), profile),
  )
  const [letter, ...others] = await afterAMinute(world, 'busy@example.com')
  expect(others).toEqual([])
  expect(letter?.subject).toBe('Opt in again: authorizations have ended')
  for (const name of ['“One & Only”', '“Two”']) expect(letter?.text).toContain(name)
  expect(letter?.text).not.toContain('“Three”')
  expect(letter?.html).toContain('“One &amp; Only”')
  expect(await noticesTo(world, 'colleague@example.com')).toHaveLength(1)
})

it('warns fourteen, seven and one days before a refresh token runs out that could not be renewed', async () => {
  const world = await createTestApp()
  await optIn(world, await world.as('acme.admin'), 'RATING')
  world.clock.advance(45 * day)
  expect(await noticesTo(world), 'the renewal is hardly overdue').toEqual([])
  const came: number[] = []
  for (let left = 15; left > 0; left--) {
    const before = (await noticesTo(world)).length
    await afterAMinute(world)
    const letters = await noticesTo(world)
    if (letters.length > before) came.push(left)
    world.clock.advance(day - 61_000)
  }
  expect(came).toEqual([14, 7, 1])
  const [letter] = await noticesTo(world)
  expect(letter?.subject).toBe('An authorization is about to run out')
  expect(letter?.text).toContain('runs out on 2026-04-30')
})

it('tells who was told of an end that there was none after all', async () => {
  const world = await createTestApp()
  const admin = await world.as('acme.admin')
  const companyId = await companyIdOf(admin, 'Acme Outfitters')
  await optIn(world, admin, 'RATING')
  const { database, services } = world.app
  const authorization = await database.reader.findOneByOrFail(AuthorizationEntity, {
    companyId,
    applicationId: 'RATING',
  })
  await database.inTransaction((manager) =>
    services.authorizations.markInvalid(manager, { ...authorization }, 'LOST_IN_ROTATION'),
  )
  expect((await afterAMinute(world))[0]?.text).toContain('lost on the way')
  await database.inTransaction(async (manager) => {
    await manager.update(
      AuthorizationEntity,
      { id: authorization.id },
      { status: 'AUTHORIZED', endReason: null },
    )
    await services.notices.recovered(manager, authorization)
  })
  world.clock.advance(16 * minute)
  const [letter] = await noticesTo(world)
  expect(letter?.subject).toBe('An authorization is in place after all')
  expect(letter?.text).toContain('nothing has to be done')
})

it('sends nobody what they do not want, nor letters about companies that are theirs no more', async () => {
  const world = await createTestApp()
  const admin = await world.as('acme.admin')
  const companyId = await companyIdOf(admin, 'Acme Outfitters')
  const former = {
    signInName: 'former',
    email: 'former@acme.example',
    roles: { [companyId]: 'ADMIN' as const },
  }
  await signInAs(world, former)
  const choice = 'viewer { noticePreferences { expiring ended } }'
  expect(await admin.data(`{ ${choice} }`)).toMatchObject({
    viewer: { noticePreferences: { expiring: true, ended: true } },
  })
  await admin.data(
    'mutation { changeNoticePreferences(input: { expiring: true, ended: false }) { expiring ended } }',
  )
  expect(await admin.data(`{ ${choice} }`)).toMatchObject({
    viewer: { noticePreferences: { expiring: true, ended: false } },
  })
  await optIn(world, admin, 'RATING')
  await world.standIn.control.password({ username: 'acme', password: 'another-one' })
  await checkNow(admin, companyId)
  const { id: userId } = (await world.app.services.users.findBySignInName('former')) ?? {}
  await admin.data('mutation ($input: RemoveMemberInput!) { removeMember(input: $input) }', {
    input: { companyId, userId },
  })
  expect(await afterAMinute(world)).toEqual([])
  expect(await noticesTo(world, 'former@acme.example')).toEqual([])
})
