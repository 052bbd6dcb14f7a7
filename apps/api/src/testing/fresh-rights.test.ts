import { expect, it } from 'vitest'
import { demoPassword } from '../demo.seed.js'
import type { Browser } from './browser.js'
import { companyIdOf } from './create-test-app.js'
import { groupWorld } from './groups.js'
import { invite } from './invitations.js'
import { signInAs } from './people.js'

const minute = 60_000

interface Target {
  companyId: string
  groupId: string
  userId: string
}

type Acts = Record<string, { document: string; input: (target: Target) => object }>

const ofGroup = (name: string, input: string) =>
  `mutation ($input: ${input}!) { ${name}(input: $input) { id } }`
const changeMemberRole =
  'mutation ($input: ChangeMemberRoleInput!) { changeMemberRole(input: $input) { id } }'

/** In an order in which one after the other can be done. */
const giving: Acts = {
  inviteUser: {
    document: invite.member,
    input: ({ companyId }) => ({ companyId, email: 'vera@example.com', role: 'VIEWER' }),
  },
  inviteToAuthorize: {
    document: invite.authorize,
    input: ({ companyId }) => ({ companyId, email: 'uma@example.com', application: 'RATING' }),
  },
  changeMemberRole: {
    document: changeMemberRole,
    input: ({ companyId, userId }) => ({ companyId, userId, role: 'ADMIN' }),
  },
  changeGroupRole: {
    document: ofGroup('changeGroupRole', 'ChangeGroupRoleInput'),
    input: ({ groupId }) => ({ id: groupId, role: 'ADMIN' }),
  },
  addGroupMember: {
    document: ofGroup('addGroupMember', 'GroupMemberInput'),
    input: ({ groupId, userId }) => ({ groupId, userId }),
  },
  addGroupCompany: {
    document: ofGroup('addGroupCompany', 'GroupCompanyInput'),
    input: ({ groupId, companyId }) => ({ groupId, companyId }),
  },
}

const taking: Acts = {
  changeMemberRole: {
    document: changeMemberRole,
    input: ({ companyId, userId }) => ({ companyId, userId, role: 'VIEWER' }),
  },
  changeGroupRole: {
    document: ofGroup('changeGroupRole', 'ChangeGroupRoleInput'),
    input: ({ groupId }) => ({ id: groupId, role: 'VIEWER' }),
  },
  removeGroupMember: {
    document: ofGroup('removeGroupMember', 'GroupMemberInput'),
    input: ({ groupId, userId }) => ({ groupId, userId }),
  },
  removeGroupCompany: {
    document: ofGroup('removeGroupCompany', 'GroupCompanyInput'),
    input: ({ groupId, companyId }) => ({ groupId, companyId }),
  },
  removeMember: {
    document: 'mutation ($input: RemoveMemberInput!) { removeMember(input: $input) }',
    input: ({ companyId, userId }) => ({ companyId, userId }),
  },
}

const everyOne = (acts: Acts, answer: string) =>
  Object.fromEntries(Object.keys(acts).map((name) => [name, answer]))

/** What each act is answered with, by its name: done, or the reason of the refusal. */
async function attempt(browser: Browser, acts: Acts, target: Target): Promise<Record<string, string>> {
  const answers: Record<string, string> = {}
  for (const [name, { document, input }] of Object.entries(acts)) {
    const { errors } = await browser.query(document, { input: input(target) })
    const { code, reason } = errors?.[0]?.extensions ?? {}
    answers[name] = code ? `${code} ${reason}` : 'done'
  }
  return answers
}

async function rightsWorld() {
  const { world, acme, acmeId, groupId } = await groupWorld()
  const colleague = await signInAs(world, { signInName: 'colleague', roles: { [acmeId]: 'VIEWER' } })
  return { world, acme, own: { companyId: acmeId, groupId, userId: await userIdOf(colleague) } }
}

async function userIdOf(browser: Browser): Promise<string> {
  return (await browser.data<{ viewer: { id: string } }>('{ viewer { id } }')).viewer.id
}

it('gives nobody a right from a session whose password is older than ten minutes, until it is given again', async () => {
  const { world, acme, own } = await rightsWorld()
  world.clock.advance(11 * minute)
  expect(await attempt(acme, giving, own)).toEqual(
    everyOne(giving, 'FORBIDDEN FRESH_AUTHENTICATION_REQUIRED'),
  )
  expect(await world.lettersTo('vera@example.com')).toEqual([])
  await acme.data('mutation ($input: ReauthenticateInput!) { reauthenticate(input: $input) }', {
    input: { password: demoPassword },
  })
  expect(await attempt(acme, giving, own)).toEqual(everyOne(giving, 'done'))
})

it('takes rights away and renames without asking for the password again', async () => {
  const { world, acme, own } = await rightsWorld()
  await attempt(acme, giving, own)
  world.clock.advance(11 * minute)
  const rename = { document: ofGroup('renameGroup', 'RenameGroupInput') }
  const keepRole = { id: own.groupId, role: 'ADMIN' }
  const harmless: Acts = {
    renameGroup: { ...rename, input: ({ groupId }) => ({ id: groupId, name: 'Loading bay' }) },
    sameRole: { document: ofGroup('changeGroupRole', 'ChangeGroupRoleInput'), input: () => keepRole },
    ...taking,
  }
  expect(await attempt(acme, harmless, own)).toEqual(everyOne(harmless, 'done'))
})

it('tells an old session of what is foreign no more than of what is not there', async () => {
  const { world, acme, own } = await rightsWorld()
  const demo = await world.as('demo.admin')
  const { createGroup } = await demo.data<{ createGroup: { id: string } }>(
    'mutation { createGroup(input: { name: "Theirs", role: VIEWER }) { id } }',
  )
  const companyId = await companyIdOf(demo, 'Demonstration Company')
  const foreign = { companyId, groupId: createGroup.id, userId: await userIdOf(demo) }
  const absent = { companyId: 'absent', groupId: 'absent', userId: 'absent' }
  world.clock.advance(11 * minute)
  const answers = await attempt(acme, giving, foreign)
  expect(answers).toEqual(await attempt(acme, giving, absent))
  for (const answer of Object.values(answers)) expect(answer).toMatch(/^NOT_FOUND /)

  const inOwnGroup = { ...foreign, groupId: own.groupId }
  const { addGroupMember, addGroupCompany } = await attempt(acme, giving, inOwnGroup)
  expect([addGroupMember, addGroupCompany]).toEqual([
    'NOT_FOUND GROUP_MEMBER_NOT_FOUND',
    'NOT_FOUND COMPANY_NOT_FOUND',
  ])
})
