import type { Browser } from './browser.js'
import { companyIdOf, createTestApp, type TestApp } from './create-test-app.js'
import { signInAs } from './people.js'

export interface GroupWorld {
  world: TestApp
  acme: Browser
  acmeId: string
  /** Kept by acme.admin, for viewers, with one member and no company. */
  groupId: string
  member: string
  memberBrowser: Browser
}

/** A group with one member, who has no other right: put there while still a member of the company. */
export async function groupWorld(): Promise<GroupWorld> {
  const world = await createTestApp()
  const acme = await world.as('acme.admin')
  const acmeId = await companyIdOf(acme, 'Acme Outfitters')
  const memberBrowser = await signInAs(world, { signInName: 'member', roles: { [acmeId]: 'VIEWER' } })
  const { viewer } = await memberBrowser.data<{ viewer: { id: string } }>('{ viewer { id } }')
  const { createGroup } = await acme.data<{ createGroup: { id: string } }>(
    'mutation { createGroup(input: { name: "Shipping desk", role: VIEWER }) { id } }',
  )
  const key = { groupId: createGroup.id, userId: viewer.id }
  await acme.data('mutation ($input: GroupMemberInput!) { addGroupMember(input: $input) { id } }', {
    input: key,
  })
  await acme.data('mutation ($input: RemoveMemberInput!) { removeMember(input: $input) }', {
    input: { companyId: acmeId, userId: viewer.id },
  })
  return { world, acme, acmeId, groupId: createGroup.id, member: viewer.id, memberBrowser }
}

/** The code with which an operation on one id is refused; undefined where it is carried out. */
export async function codeOf(browser: Browser, document: string, id: string): Promise<string | undefined> {
  return (await browser.query(document, { id })).errors?.[0]?.extensions.code
}
