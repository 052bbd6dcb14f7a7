import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { AuditEventEntity } from '../audit/audit-event.entity.js'
import { Browser } from '../testing/browser.js'
import { companyIdOf, createTestApp, publicUrl } from '../testing/create-test-app.js'
import { codeOf, groupWorld } from '../testing/groups.js'
import { signInAs } from '../testing/people.js'

const change = {
  rename: 'mutation ($id: ID!) { renameGroup(input: { id: $id, name: "Others" }) { id } }',
  changeRole: 'mutation ($id: ID!) { changeGroupRole(input: { id: $id, role: ADMIN }) { id } }',
  delete: 'mutation ($id: ID!) { deleteGroup(id: $id) }',
  addMember: 'mutation ($id: ID!) { addGroupMember(input: { groupId: $id, userId: "nobody" }) { id } }',
  removeMember: 'mutation ($id: ID!) { removeGroupMember(input: { groupId: $id, userId: "nobody" }) { id } }',
}

describe('what a group gives', () => {
  it('lets its members act for its companies, and takes that back when they leave', async () => {
    const { world, acme, acmeId, groupId, member, memberBrowser } = await groupWorld()
    const companies = '{ companies { edges { node { name } } } }'
    expect(await memberBrowser.data(companies)).toEqual({ companies: { edges: [] } })

    await acme.data('mutation ($input: GroupCompanyInput!) { addGroupCompany(input: $input) { id } }', {
      input: { groupId, companyId: acmeId },
    })
    expect(await memberBrowser.data(companies)).toEqual({
      companies: { edges: [{ node: { name: 'Acme Outfitters' } }] },
    })
    expect(await memberBrowser.data('{ viewer { memberships { role company { id } } } }')).toEqual({
      viewer: { memberships: [{ role: 'VIEWER', company: { id: acmeId } }] },
    })

    await memberBrowser.data('mutation ($id: ID!) { leaveGroup(id: $id) }', { id: groupId })
    expect(await memberBrowser.data(companies)).toEqual({ companies: { edges: [] } })
    expect(await codeOf(memberBrowser, 'mutation ($id: ID!) { leaveGroup(id: $id) }', groupId)).toBe(
      'NOT_FOUND',
    )
    const events = await world.app.database.reader.findBy(AuditEventEntity, { companyId: acmeId })
    expect(
      events
        .filter(({ name }) => name.startsWith('group.'))
        .map(({ name, details }) => [name, details['userId']])
        .sort(),
    ).toEqual([
      ['group.company_added', undefined],
      ['group.member_removed', member],
    ])
  })

  it('works at once in another process, and so does its loss', async () => {
    const { world, acme, acmeId, groupId, memberBrowser } = await groupWorld()
    const second = new Browser((await world.another()).http, publicUrl)
    for (const [name, value] of memberBrowser.cookies) second.cookies.set(name, value)
    const seen = async () =>
      (await second.data<{ company: object | null }>(`{ company(id: "${acmeId}") { id } }`)).company !== null
    const key = { input: { groupId, companyId: acmeId } }
    expect(await seen()).toBe(false)
    await acme.data('mutation ($input: GroupCompanyInput!) { addGroupCompany(input: $input) { id } }', key)
    expect(await seen()).toBe(true)
    await acme.data('mutation ($input: GroupCompanyInput!) { removeGroupCompany(input: $input) { id } }', key)
    expect(await seen()).toBe(false)
  })

  it('makes its members admins while its role is that, who then manage it too', async () => {
    const { acme, acmeId, groupId, memberBrowser } = await groupWorld()
    await acme.data('mutation ($input: GroupCompanyInput!) { addGroupCompany(input: $input) { id } }', {
      input: { groupId, companyId: acmeId },
    })
    expect(await codeOf(memberBrowser, change.rename, groupId)).toBe('FORBIDDEN')
    await acme.data(change.changeRole, { id: groupId })
    expect(await codeOf(memberBrowser, change.rename, groupId)).toBeUndefined()
    // Who gives up the right that made the change possible is answered by the rights of afterwards.
    const answer = await memberBrowser.data(
      'mutation ($id: ID!) { changeGroupRole(input: { id: $id, role: VIEWER }) { isManageable } }',
      { id: groupId },
    )
    expect(answer).toEqual({ changeGroupRole: { isManageable: false } })
  })
})

describe('whose group', () => {
  it('is not there for those whom it does not concern, for any operation', async () => {
    const { world, groupId } = await groupWorld()
    const demo = await world.as('demo.admin')
    const solution = await world.as('solution.admin')
    const demoId = await companyIdOf(demo, 'Demonstration Company')
    const company = (operation: string) =>
      `mutation ($id: ID!) { ${operation}(input: { groupId: $id, companyId: "${demoId}" }) { id } }`
    const all = {
      ...change,
      leave: 'mutation ($id: ID!) { leaveGroup(id: $id) }',
      addCompany: company('addGroupCompany'),
      removeCompany: company('removeGroupCompany'),
    }
    for (const [name, document] of Object.entries(all)) {
      for (const id of [groupId, randomUUID(), '']) {
        expect([name, id, await codeOf(demo, document, id)]).toEqual([name, id, 'NOT_FOUND'])
        expect([name, id, await codeOf(solution, document, id)]).toEqual([name, id, 'NOT_FOUND'])
        expect([name, await codeOf(world.browser(), document, id)]).toEqual([name, 'UNAUTHENTICATED'])
      }
    }
    for (const browser of [demo, solution]) {
      expect(
        await browser.data(`{ group(id: "${groupId}") { id } groups { totalCount edges { cursor } } }`),
      ).toEqual({
        group: null,
        groups: { totalCount: 0, edges: [] },
      })
    }
  })

  it('takes an admin of all its companies to change it; an admin of one sees it and takes the own company out', async () => {
    const { world, acme, acmeId, groupId } = await groupWorld()
    const demo = await world.as('demo.admin')
    const demoId = await companyIdOf(demo, 'Demonstration Company')
    const both = await signInAs(world, {
      signInName: 'both',
      roles: { [acmeId]: 'ADMIN', [demoId]: 'ADMIN' },
    })
    const add = 'mutation ($input: GroupCompanyInput!) { addGroupCompany(input: $input) { id } }'
    await acme.data(add, { input: { groupId, companyId: acmeId } })
    // The keeper of a group that is not empty any more is nobody special, and foreign companies stay out.
    expect((await acme.query(add, { input: { groupId, companyId: demoId } })).errors).toMatchObject([
      { extensions: { code: 'NOT_FOUND', reason: 'COMPANY_NOT_FOUND' } },
    ])
    await both.data(add, { input: { groupId, companyId: demoId } })

    for (const document of Object.values(change))
      expect(await codeOf(demo, document, groupId)).toBe('FORBIDDEN')
    const { group } = await demo.data<{ group: object }>(
      `{ group(id: "${groupId}") { isManageable members { totalCount } companies { totalCount edges { node { name } } } } }`,
    )
    expect(group).toEqual({
      isManageable: false,
      members: { totalCount: 1 },
      companies: { totalCount: 1, edges: [{ node: { name: 'Demonstration Company' } }] },
    })
    const remove = 'mutation ($input: GroupCompanyInput!) { removeGroupCompany(input: $input) { id } }'
    expect((await demo.query(remove, { input: { groupId, companyId: acmeId } })).errors).toMatchObject([
      { extensions: { code: 'FORBIDDEN', reason: 'COMPANY_NOT_YOURS_TO_GROUP' } },
    ])
    expect(await demo.data(remove, { input: { groupId, companyId: demoId } })).toEqual({
      removeGroupCompany: null,
    })
    expect(await codeOf(demo, change.rename, groupId)).toBe('NOT_FOUND')
    expect(await codeOf(acme, change.rename, groupId)).toBeUndefined()
  })

  it('belongs, while it is empty, to who created it or took the last company out', async () => {
    const { world, acme, acmeId, groupId } = await groupWorld()
    const other = await signInAs(world, { signInName: 'other', roles: { [acmeId]: 'ADMIN' } })
    expect(await codeOf(other, change.rename, groupId)).toBe('NOT_FOUND')
    await acme.data('mutation ($input: GroupCompanyInput!) { addGroupCompany(input: $input) { id } }', {
      input: { groupId, companyId: acmeId },
    })
    await other.data('mutation ($input: GroupCompanyInput!) { removeGroupCompany(input: $input) { id } }', {
      input: { groupId, companyId: acmeId },
    })
    expect(await codeOf(other, change.rename, groupId)).toBeUndefined()
    expect(await codeOf(acme, change.rename, groupId)).toBe('NOT_FOUND')

    // Filled again it is its companies' admins', and who has kept it is nobody special any more.
    await other.data('mutation ($input: GroupCompanyInput!) { addGroupCompany(input: $input) { id } }', {
      input: { groupId, companyId: acmeId },
    })
    await acme.data('mutation ($input: RemoveMemberInput!) { removeMember(input: $input) }', {
      input: { companyId: acmeId, userId: await userIdOf(other) },
    })
    expect(await other.data(`{ group(id: "${groupId}") { id } groups { totalCount } }`)).toEqual({
      group: null,
      groups: { totalCount: 0 },
    })
    expect(await codeOf(acme, change.rename, groupId)).toBeUndefined()
  })

  it('takes in people whom the manager has to do with, and nobody else', async () => {
    const { world, acme, acmeId, groupId } = await groupWorld()
    const stranger = await signInAs(world, { signInName: 'stranger' })
    const demo = await world.as('demo.admin')
    const colleague = await signInAs(world, { signInName: 'colleague', roles: { [acmeId]: 'VIEWER' } })
    const add = (userId: string) =>
      acme.query(
        'mutation ($input: GroupMemberInput!) { addGroupMember(input: $input) { members { totalCount } } }',
        {
          input: { groupId, userId },
        },
      )
    for (const browser of [stranger, demo]) {
      expect((await add(await userIdOf(browser))).errors).toEqual([
        expect.objectContaining({
          extensions: expect.objectContaining({ reason: 'GROUP_MEMBER_NOT_FOUND' }) as object,
        }),
      ])
    }
    expect((await add(randomUUID())).errors).toMatchObject([
      { extensions: { code: 'NOT_FOUND', reason: 'GROUP_MEMBER_NOT_FOUND' } },
    ])
    const two = { data: { addGroupMember: { members: { totalCount: 2 } } } }
    expect(await add(await userIdOf(colleague))).toEqual(two)
    expect(await add(await userIdOf(colleague)), 'twice is once').toEqual(two)
  })
})

describe('the lists', () => {
  it('page through groups by name, and refuse the cursor of another list', async () => {
    const world = await createTestApp()
    const acme = await world.as('acme.admin')
    for (const name of ['beta', 'Alpha', 'alpha', 'Gamma']) {
      await acme.data('mutation ($input: CreateGroupInput!) { createGroup(input: $input) { id } }', {
        input: { name, role: 'VIEWER' },
      })
    }
    interface Page {
      groups: {
        totalCount: number
        edges: { cursor: string; node: { id: string; name: string } }[]
        pageInfo: { hasNextPage: boolean; endCursor: string }
      }
    }
    const list = `query ($after: String) { groups(first: 3, after: $after) {
      totalCount edges { cursor node { id name } } pageInfo { hasNextPage endCursor } } }`
    const { groups } = await acme.data<Page>(list)
    expect([groups.totalCount, groups.pageInfo.hasNextPage]).toEqual([4, true])
    const { groups: rest } = await acme.data<Page>(list, { after: groups.pageInfo.endCursor })
    const names = [...groups.edges, ...rest.edges].map(({ node }) => node.name)
    expect(names.map((name) => name.toLowerCase())).toEqual(['alpha', 'alpha', 'beta', 'gamma'])

    const members = `query ($id: ID!, $after: String) { group(id: $id) { members(after: $after) { totalCount } } }`
    const { errors } = await acme.query(members, {
      id: groups.edges[0]?.node.id,
      after: groups.pageInfo.endCursor,
    })
    expect(errors).toMatchObject([{ extensions: { reason: 'CURSOR_NOT_VALID' } }])
  })

  it('refuse names that are empty, too long or not what they look like', async () => {
    const world = await createTestApp()
    const acme = await world.as('acme.admin')
    for (const name of ['', '   ', 'x'.repeat(201), 'Acme\u202e', 'line\nbreak']) {
      const { errors } = await acme.query(
        'mutation ($input: CreateGroupInput!) { createGroup(input: $input) { id } }',
        { input: { name, role: 'VIEWER' } },
      )
      expect([name, errors?.[0]?.extensions.code]).toEqual([name, 'BAD_USER_INPUT'])
    }
  })
})

async function userIdOf(browser: Browser): Promise<string> {
  return (await browser.data<{ viewer: { id: string } }>('{ viewer { id } }')).viewer.id
}
