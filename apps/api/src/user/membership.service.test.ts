import { expect, it } from 'vitest'
import { AuditEventEntity } from '../audit/audit-event.entity.js'
import type { Browser } from '../testing/browser.js'
import { companyIdOf, createTestApp } from '../testing/create-test-app.js'
import { beginOptIn, agreeAtUps, authorizationOf } from '../testing/opt-in.js'
import { signInAs } from '../testing/people.js'

const changeRole = (browser: Browser, input: object) =>
  browser.query('mutation ($input: ChangeMemberRoleInput!) { changeMemberRole(input: $input) { name } }', {
    input,
  })
const remove = (browser: Browser, input: object) =>
  browser.query('mutation ($input: RemoveMemberInput!) { removeMember(input: $input) }', { input })

async function acmeWorld() {
  const world = await createTestApp()
  const acme = await world.as('acme.admin')
  const companyId = await companyIdOf(acme, 'Acme Outfitters')
  const person = async (signInName: string, role?: 'VIEWER' | 'ADMIN') => {
    const browser = await signInAs(world, { signInName, roles: role ? { [companyId]: role } : {} })
    return { browser, userId: await userIdOf(browser) }
  }
  return { world, acme, acmeUserId: await userIdOf(acme), companyId, person }
}

async function userIdOf(browser: Browser): Promise<string> {
  return (await browser.data<{ viewer: { id: string } }>('{ viewer { id } }')).viewer.id
}

interface Members {
  company: {
    members: {
      totalCount: number
      edges: {
        node: {
          user: { signInName: string }
          role: string
          directRole: string | null
          email: string | null
          groups: { name: string }[]
        }
      }[]
    }
  } | null
}

const membersDocument = `query ($id: ID!, $first: Int! = 25, $after: String) { company(id: $id) { members(first: $first, after: $after) {
  totalCount edges { cursor node { user { signInName } role directRole email groups { name } } } } } }`

it('lists who may act for a company and whence, with addresses for its admins only', async () => {
  const { world, acme, companyId, person } = await acmeWorld()
  const { browser: viewer, userId } = await person('viewer', 'VIEWER')
  const { createGroup } = await acme.data<{ createGroup: { id: string } }>(
    'mutation { createGroup(input: { name: "Shipping desk", role: ADMIN }) { id } }',
  )
  const input = { groupId: createGroup.id, userId, companyId }
  await acme.data('mutation ($input: GroupMemberInput!) { addGroupMember(input: $input) { id } }', {
    input: { groupId: input.groupId, userId },
  })
  await acme.data('mutation ($input: GroupCompanyInput!) { addGroupCompany(input: $input) { id } }', {
    input: { groupId: input.groupId, companyId },
  })
  const admin = {
    user: { signInName: 'acme.admin' },
    role: 'ADMIN',
    directRole: 'ADMIN',
    email: 'avery@acme.example',
    groups: [],
  }
  const both = {
    user: { signInName: 'viewer' },
    role: 'ADMIN',
    directRole: 'VIEWER',
    email: null,
    groups: [{ name: 'Shipping desk' }],
  }
  const expected = { company: { members: { totalCount: 2, edges: [{ node: admin }, { node: both }] } } }
  expect(await acme.data(membersDocument, { id: companyId })).toMatchObject(expected)

  await acme.data('mutation ($id: ID!) { deleteGroup(id: $id) }', { id: input.groupId })
  const { company } = await viewer.data<Members>(membersDocument, { id: companyId })
  expect(company?.members.edges.map(({ node }) => node)).toEqual([
    { ...admin, email: null },
    { ...both, role: 'VIEWER', groups: [] },
  ])
  const demo = await world.as('demo.admin')
  expect(await demo.data(membersDocument, { id: companyId })).toEqual({ company: null })
})

it('pages through the members of one company, with a cursor that is worthless in another', async () => {
  const { world, acme, companyId, person } = await acmeWorld()
  for (const name of ['m1', 'm2', 'm3']) await person(name, 'VIEWER')
  const names: string[] = []
  let after: string | undefined
  for (let page = 0; page < 4; page++) {
    const { company } = await acme.data<{
      company: { members: { edges: { cursor: string; node: { user: { signInName: string } } }[] } }
    }>(membersDocument, { id: companyId, first: 1, after })
    names.push(...company.members.edges.map(({ node }) => node.user.signInName))
    after = company.members.edges[0]?.cursor
  }
  expect(names).toEqual(['acme.admin', 'm1', 'm2', 'm3'])
  const demo = await world.as('demo.admin')
  const demoId = await companyIdOf(demo, 'Demonstration Company')
  expect((await demo.query(membersDocument, { id: demoId, after })).errors).toMatchObject([
    { extensions: { reason: 'CURSOR_NOT_VALID' } },
  ])
})

it('takes away and gives roles at once, for admins only, and writes it down', async () => {
  const { world, acme, acmeUserId, companyId, person } = await acmeWorld()
  const { browser: colleague, userId } = await person('colleague', 'VIEWER')
  expect((await changeRole(colleague, { companyId, userId, role: 'ADMIN' })).errors).toMatchObject([
    { extensions: { code: 'FORBIDDEN', reason: 'MEMBERS_NOT_YOURS_TO_CHANGE' } },
  ])
  expect((await remove(colleague, { companyId, userId: acmeUserId })).errors).toMatchObject([
    { extensions: { code: 'FORBIDDEN' } },
  ])
  await changeRole(acme, { companyId, userId, role: 'ADMIN' })
  expect(
    (await colleague.query(`mutation { updateCompany(input: { id: "${companyId}", name: "Acme" }) { id } }`))
      .errors,
  ).toBeUndefined()
  await remove(acme, { companyId, userId })
  expect(
    await colleague.data(`{ company(id: "${companyId}") { id } viewer { memberships { role } } }`),
  ).toEqual({
    company: null,
    viewer: { memberships: [] },
  })
  const events = await world.app.database.reader.findBy(AuditEventEntity, { companyId })
  expect(
    events
      .filter(({ name }) => name.startsWith('membership'))
      .map(({ name, details }) => [name, details])
      .sort(),
  ).toEqual([
    ['membership.ended', { userId }],
    ['membership.role_changed', { userId, role: 'ADMIN' }],
  ])
})

it('lets anybody leave a company', async () => {
  const { companyId, person } = await acmeWorld()
  const { browser, userId } = await person('leaver', 'VIEWER')
  expect(await remove(browser, { companyId, userId })).toEqual({ data: { removeMember: true } })
  expect((await remove(browser, { companyId, userId })).errors).toMatchObject([
    { extensions: { code: 'NOT_FOUND', reason: 'COMPANY_NOT_FOUND' } },
  ])
})

it('keeps the last admin of a company, whoever tries, also when two remove each other at once', async () => {
  const { acme, acmeUserId, companyId, person } = await acmeWorld()
  const refused = [{ extensions: { code: 'CONFLICT', reason: 'LAST_ADMIN_STAYS' } }]
  const own = { companyId, userId: acmeUserId }
  expect((await remove(acme, own)).errors).toMatchObject(refused)
  expect((await changeRole(acme, { ...own, role: 'VIEWER' })).errors).toMatchObject(refused)

  // An admin by a group is no admin of the company's own: the group can be emptied.
  const { userId: groupAdminId, browser: groupAdmin } = await person('group-admin', 'VIEWER')
  const { createGroup } = await acme.data<{ createGroup: { id: string } }>(
    'mutation { createGroup(input: { name: "Admins", role: ADMIN }) { id } }',
  )
  const groupId = createGroup.id
  await acme.data(
    `mutation { addGroupMember(input: { groupId: "${groupId}", userId: "${groupAdminId}" }) { id }
      addGroupCompany(input: { groupId: "${groupId}", companyId: "${companyId}" }) { id } }`,
  )
  expect((await remove(groupAdmin, own)).errors).toMatchObject(refused)

  const { userId, browser } = await person('second-admin', 'ADMIN')
  for (let round = 0; round < 10; round++) {
    const answers = await Promise.all([
      changeRole(acme, { companyId, userId, role: 'VIEWER' }),
      changeRole(browser, { ...own, role: 'VIEWER' }),
    ])
    expect(answers.filter(({ errors }) => errors === undefined)).toHaveLength(1)
    for (const each of [userId, acmeUserId])
      await changeRole(groupAdmin, { companyId, userId: each, role: 'ADMIN' })
  }
})

it('says of who is a member by a group only that the group gives the role', async () => {
  const { acme, companyId, person } = await acmeWorld()
  const { userId, browser } = await person('by-group', 'VIEWER')
  const { createGroup } = await acme.data<{ createGroup: { id: string } }>(
    'mutation { createGroup(input: { name: "Viewers", role: VIEWER }) { id } }',
  )
  const groupId = createGroup.id
  await acme.data(
    `mutation { addGroupMember(input: { groupId: "${groupId}", userId: "${userId}" }) { id }
      addGroupCompany(input: { groupId: "${groupId}", companyId: "${companyId}" }) { id } }`,
  )
  expect((await remove(acme, { companyId, userId })).errors).toBeUndefined()
  for (const answer of [
    await remove(acme, { companyId, userId }),
    await changeRole(acme, { companyId, userId, role: 'ADMIN' }),
  ]) {
    expect(answer.errors).toMatchObject([{ extensions: { code: 'NOT_FOUND', reason: 'MEMBER_NOT_FOUND' } }])
  }
  expect((await changeRole(browser, { companyId, userId, role: 'ADMIN' })).errors).toMatchObject([
    { extensions: { reason: 'MEMBER_NOT_FOUND' } },
  ])
  expect(await browser.data('{ viewer { memberships { role } } }')).toEqual({
    viewer: { memberships: [{ role: 'VIEWER' }] },
  })
})

it('attaches nothing that somebody brings back from UPS.com who has been removed meanwhile', async () => {
  const { world, acme, companyId, person } = await acmeWorld()
  const { browser, userId } = await person('at-ups', 'ADMIN')
  const begun = await beginOptIn(browser, companyId, 'RATING')
  const address = await agreeAtUps(world, begun)
  await remove(acme, { companyId, userId })
  await browser.arriveAt(address)
  expect(await authorizationOf(acme, companyId, 'RATING')).toMatchObject({
    status: 'NOT_AUTHORIZED',
    tokens: null,
  })
})
