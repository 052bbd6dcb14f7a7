import { expect, it } from 'vitest'
import type { Browser } from '../testing/browser.js'
import { groupWorld } from '../testing/groups.js'
import { signInAs } from '../testing/people.js'

const people = `query ($id: ID!, $search: String, $first: Int, $after: String) { group(id: $id) {
  peopleToAdd(search: $search, first: $first, after: $after) {
    totalCount edges { node { signInName } } pageInfo { hasNextPage endCursor } } } }`
const companies = `query ($id: ID!, $search: String) { group(id: $id) {
  companiesToAdd(search: $search) { totalCount edges { node { name } } } } }`

interface People {
  group: {
    peopleToAdd: {
      totalCount: number
      edges: { node: { signInName: string } }[]
      pageInfo: { hasNextPage: boolean; endCursor: string | null }
    }
  }
}
interface Companies {
  group: { companiesToAdd: { totalCount: number; edges: { node: { name: string } }[] } }
}

const peopleFor = async (browser: Browser, id: string, more: object = {}) =>
  (await browser.data<People>(people, { id, first: 25, ...more })).group.peopleToAdd
const namesFor = async (...asked: Parameters<typeof peopleFor>) =>
  (await peopleFor(...asked)).edges.map(({ node }) => node.signInName)
const companiesFor = async (browser: Browser, id: string, search?: string) =>
  (await browser.data<Companies>(companies, { id, search })).group.companiesToAdd.edges.map(
    ({ node }) => node.name,
  )

it('whom one may add to a group are those who act for one’s companies, by any of their names, and nobody else', async () => {
  const { world, acme, acmeId, groupId } = await groupWorld()
  await signInAs(world, { signInName: 'vera', email: 'v.viewer@example.com', roles: { [acmeId]: 'VIEWER' } })
  await signInAs(world, { signInName: 'walt', roles: { [acmeId]: 'ADMIN' } })
  await signInAs(world, { signInName: 'stranger' })
  const shutOut = await signInAs(world, { signInName: 'xena', roles: { [acmeId]: 'VIEWER' } })
  const { viewer } = await shutOut.data<{ viewer: { id: string } }>('{ viewer { id } }')
  const operator = await world.as('solution.admin')
  await operator.data('mutation ($id: ID!) { disableUser(id: $id) { id } }', { id: viewer.id })

  // The member of the group is in it already.
  expect(await namesFor(acme, groupId)).toEqual(['acme.admin', 'vera', 'walt'])
  expect(await namesFor(acme, groupId, { search: ' VE' })).toEqual(['vera'])
  expect(await namesFor(acme, groupId, { search: 'v.viewer@' })).toEqual(['vera'])
  expect(await namesFor(acme, groupId, { search: 'stranger' })).toEqual([])

  const first = await peopleFor(acme, groupId, { first: 2 })
  expect([first.totalCount, first.pageInfo.hasNextPage]).toEqual([3, true])
  expect(await namesFor(acme, groupId, { first: 2, after: first.pageInfo.endCursor })).toEqual(['walt'])
  for (const { node } of (await peopleFor(acme, groupId)).edges) {
    const added = await acme.query(
      'mutation ($input: GroupMemberInput!) { addGroupMember(input: $input) { id } }',
      { input: { groupId, userId: await idOf(acme, groupId, node.signInName) } },
    )
    expect(added.errors, node.signInName).toBeUndefined()
  }
  expect(await namesFor(acme, groupId)).toEqual([])
})

it('what one may add to a group are the companies that one is an admin of', async () => {
  const { acme, acmeId, groupId } = await groupWorld()
  const { createCompany } = await acme.data<{ createCompany: { id: string } }>(
    'mutation { createCompany(input: { name: "Zenith Parcels" }) { id } }',
  )
  expect(await companiesFor(acme, groupId)).toEqual(['Acme Outfitters', 'Zenith Parcels'])
  expect(await companiesFor(acme, groupId, 'zen')).toEqual(['Zenith Parcels'])
  await acme.data('mutation ($input: GroupCompanyInput!) { addGroupCompany(input: $input) { id } }', {
    input: { groupId, companyId: acmeId },
  })
  expect(await companiesFor(acme, groupId)).toEqual(['Zenith Parcels'])
  await acme.data('mutation ($id: ID!) { removeCompany(id: $id) }', { id: createCompany.id })
  expect(await companiesFor(acme, groupId)).toEqual([])
})

it('who belongs to a group, or is an admin of some of its companies only, is offered nothing for it', async () => {
  const { world, acme, acmeId, groupId, memberBrowser } = await groupWorld()
  const { createCompany } = await acme.data<{ createCompany: { id: string } }>(
    'mutation { createCompany(input: { name: "Zenith Parcels" }) { id } }',
  )
  for (const companyId of [acmeId, createCompany.id])
    await acme.data('mutation ($input: GroupCompanyInput!) { addGroupCompany(input: $input) { id } }', {
      input: { groupId, companyId },
    })
  const some = await signInAs(world, { signInName: 'some', roles: { [acmeId]: 'ADMIN' } })
  for (const browser of [memberBrowser, some]) {
    expect(await namesFor(browser, groupId)).toEqual([])
    expect(await companiesFor(browser, groupId)).toEqual([])
  }
})

async function idOf(browser: Browser, groupId: string, search: string): Promise<string> {
  const { group } = await browser.data<{ group: { peopleToAdd: { edges: { node: { id: string } }[] } } }>(
    'query ($id: ID!, $search: String) { group(id: $id) { peopleToAdd(search: $search) { edges { node { id } } } } }',
    { id: groupId, search },
  )
  return group.peopleToAdd.edges[0]?.node.id ?? ''
}
