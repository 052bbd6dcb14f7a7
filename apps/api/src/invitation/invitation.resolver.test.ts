import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Browser } from '../testing/browser.js'
import { companyIdOf, createTestApp } from '../testing/create-test-app.js'
import {
  acceptAsNewUserDocument,
  acceptDocument,
  goodPassword,
  invite,
  inviteMember,
  joinAs,
} from '../testing/invitations.js'
import { tokenFor } from '../testing/letters.js'
import { signInAs } from '../testing/people.js'
import { tableDump } from '../testing/table-dump.js'

const day = 24 * 3600_000
const newcomer = 'nina@acme.example'

async function acmeWorld() {
  const world = await createTestApp()
  const acme = await world.as('acme.admin')
  const companyId = await companyIdOf(acme, 'Acme Outfitters')
  const inviteAs = (role: 'VIEWER' | 'ADMIN', email = newcomer) =>
    inviteMember(world, acme, { companyId, email, role })
  return { world, acme, companyId, inviteAs }
}

const offerDocument = `query ($token: String!) { invitation(token: $token) {
  companyId companyName email role application { id } invitedBy expiresAt hasAccount } }`

const offerOf = async (browser: Browser, token: string) =>
  (await browser.data<{ invitation: object | null }>(offerDocument, { token })).invitation

const accept = (browser: Browser, token: string) => browser.query(acceptDocument, { input: { token } })

const reasonOf = ({ errors }: Awaited<ReturnType<Browser['query']>>) => errors?.[0]?.extensions.reason

const rolesOf = async (browser: Browser) =>
  (await browser.data<{ viewer: { memberships: { role: string }[] } }>('{ viewer { memberships { role } } }'))
    .viewer.memberships

const openOf = async (browser: Browser, id: string) =>
  (
    await browser.data<{ company: { invitations: { totalCount: number; edges: { node: object }[] } } }>(
      'query ($id: ID!) { company(id: $id) { invitations { totalCount edges { node { id email role invitedBy { signInName } acceptedBy { id } } } } } }',
      { id },
    )
  ).company.invitations

describe('an invitation to act for a company', () => {
  it('says what it is for, makes an account with the role that was invited, and serves once', async () => {
    const { world, companyId, inviteAs } = await acmeWorld()
    const token = await inviteAs('VIEWER')
    expect(await offerOf(world.browser(), token)).toEqual({
      companyId,
      companyName: 'Acme Outfitters',
      email: newcomer,
      role: 'VIEWER',
      application: null,
      invitedBy: 'Avery Acme',
      expiresAt: '2026-03-08T12:00:00.000Z',
      hasAccount: false,
    })
    const nina = await joinAs(world, token, 'nina')
    expect(
      await nina.data('{ viewer { email isSolutionAdmin memberships { role company { name } } } }'),
    ).toEqual({
      viewer: {
        email: newcomer,
        isSolutionAdmin: false,
        memberships: [{ role: 'VIEWER', company: { name: 'Acme Outfitters' } }],
      },
    })
    expect(await offerOf(world.browser(), token)).toBeNull()
    expect(reasonOf(await accept(nina, token))).toBe('INVITATION_NOT_FOUND')
  })

  it('keeps its token out of the log and the database, and forgets the address when it is accepted', async () => {
    const { world, inviteAs } = await acmeWorld()
    const token = await inviteAs('VIEWER')
    await joinAs(world, token, 'nina')
    const dump = await tableDump(world.app.database.reader)
    expect(JSON.stringify(dump)).not.toContain(token)
    expect(JSON.stringify(dump['invitations'])).not.toContain(newcomer)
    expect(JSON.stringify(dump['users']), 'where it belongs').toContain(newcomer)
    expect(world.logged.join('\n')).not.toContain(token)
  })

  it('is accepted by who has the address already, and only by them', async () => {
    const { world, companyId, inviteAs } = await acmeWorld()
    const token = await inviteAs('ADMIN', 'Known@Example.com')
    const known = await signInAs(world, { signInName: 'known', email: 'known@example.com' })
    const other = await signInAs(world, { signInName: 'other', email: 'other@example.com' })
    const nobody = await signInAs(world, { signInName: 'no-address' })
    for (const browser of [other, nobody]) {
      const { errors } = await accept(browser, token)
      expect(errors).toMatchObject([
        { extensions: { code: 'FORBIDDEN', reason: 'INVITATION_FOR_ANOTHER_ADDRESS' } },
      ])
    }
    expect(reasonOf(await accept(world.browser(), token))).toBe('SIGN_IN_REQUIRED')
    expect(await offerOf(other, token)).toMatchObject({ hasAccount: true })
    const input = { token, signInName: 'known2', displayName: 'Known', password: goodPassword }
    expect(reasonOf(await world.browser().query(acceptAsNewUserDocument, { input }))).toBe(
      'INVITATION_ADDRESS_HAS_ACCOUNT',
    )
    expect(await accept(known, token)).toEqual({
      data: {
        acceptInvitation: {
          company: { id: companyId, name: 'Acme Outfitters' },
          role: 'ADMIN',
          application: null,
        },
      },
    })
    expect(await rolesOf(known)).toEqual([{ role: 'ADMIN' }])
  })

  it('raises a role and never lowers one', async () => {
    const { world, acme, companyId, inviteAs } = await acmeWorld()
    const email = 'member@example.com'
    const member = await signInAs(world, { signInName: 'member', email, roles: { [companyId]: 'VIEWER' } })
    const refused = await acme.query(invite.member, { input: { companyId, email, role: 'VIEWER' } })
    expect(refused.errors).toMatchObject([{ extensions: { code: 'CONFLICT', reason: 'ALREADY_A_MEMBER' } }])
    await accept(member, await inviteAs('ADMIN', email))
    expect(await rolesOf(member)).toEqual([{ role: 'ADMIN' }])

    const late = await signInAs(world, { signInName: 'late', email: 'late@example.com' })
    const asViewer = await inviteAs('VIEWER', 'late@example.com')
    const { viewer } = await late.data<{ viewer: { id: string } }>('{ viewer { id } }')
    const { database, services } = world.app
    await database.inTransaction((manager) =>
      services.users.giveRole(manager, { userId: viewer.id, companyId, role: 'ADMIN' }),
    )
    await accept(late, asViewer)
    expect(await rolesOf(late)).toEqual([{ role: 'ADMIN' }])
  })

  it('takes neither role nor company nor address from who accepts', async () => {
    const { world, acme, companyId, inviteAs } = await acmeWorld()
    const token = await inviteAs('VIEWER')
    const whole = { token, signInName: 'nina', displayName: 'Nina', password: goodPassword }
    for (const extra of [
      { role: 'ADMIN' },
      { companyId },
      { email: 'other@example.com' },
      { isSolutionAdmin: true },
      { expiresAt: '2027-01-01T00:00:00.000Z' },
    ]) {
      const asNew = await world.browser().query(acceptAsNewUserDocument, { input: { ...whole, ...extra } })
      const signedIn = await acme.query(acceptDocument, { input: { token, ...extra } })
      expect([extra, reasonOf(asNew), reasonOf(signedIn)]).toEqual([
        extra,
        'VARIABLE_NOT_VALID',
        'VARIABLE_NOT_VALID',
      ])
    }
    const given = { email: newcomer, role: 'VIEWER', companyId }
    for (const extra of [
      { expiresAt: '2027-01-01T00:00:00.000Z' },
      { invitedById: 'x' },
      { applicationId: 'RATING' },
    ])
      expect(reasonOf(await acme.query(invite.member, { input: { ...given, ...extra } }))).toBe(
        'VARIABLE_NOT_VALID',
      )
  })

  it.each([
    ['a password that is too easy', { password: '12345678' }, 'PASSWORD_TOO_COMMON'],
    ['a name that somebody has', { signInName: 'Acme.Admin' }, 'SIGN_IN_NAME_TAKEN'],
    ['a token that was made up', { token: 'A'.repeat(43) }, 'INVITATION_NOT_FOUND'],
    ['a token that is none', { token: '' }, 'INPUT_NOT_VALID'],
  ])('refuses %s and stays good', async (_, wrong, reason) => {
    const { world, inviteAs } = await acmeWorld()
    const token = await inviteAs('VIEWER')
    const input = { token, signInName: 'nina', displayName: 'Nina', password: goodPassword }
    expect(
      reasonOf(await world.browser().query(acceptAsNewUserDocument, { input: { ...input, ...wrong } })),
    ).toBe(reason)
    expect(await rolesOf(await joinAs(world, token, 'nina'))).toEqual([{ role: 'VIEWER' }])
  })

  it('makes one account of ten who come with the same link at once', async () => {
    const { world, inviteAs } = await acmeWorld()
    const token = await inviteAs('VIEWER')
    const join = (index: number) =>
      world.browser().query(acceptAsNewUserDocument, {
        input: { token, signInName: `nina-${index}`, displayName: 'Nina', password: goodPassword },
      })
    const answers = await Promise.all(Array.from({ length: 10 }, (_, index) => join(index)))
    expect(answers.filter(({ errors }) => errors === undefined)).toHaveLength(1)
  })
})

describe('an invitation that has lost its worth', () => {
  it.each([
    'too old',
    'withdrawn',
    'replaced',
    'from who has lost the role',
    'of a removed company',
  ] as const)('answers as if there were none: %s', async (how) => {
    const { world, acme, companyId, inviteAs } = await acmeWorld()
    const other = await signInAs(world, { signInName: 'other-admin', roles: { [companyId]: 'ADMIN' } })
    const token = await inviteAs('VIEWER')
    const happens = {
      'too old': () => world.clock.advance(7 * day),
      withdrawn: async () => {
        const [open] = (await openOf(acme, companyId)).edges
        const { id } = open?.node as { id: string }
        await acme.data('mutation ($id: ID!) { withdrawInvitation(id: $id) }', { id })
      },
      replaced: () => acme.data(invite.member, { input: { companyId, email: newcomer, role: 'ADMIN' } }),
      'from who has lost the role': async () => {
        const { viewer } = await acme.data<{ viewer: { id: string } }>('{ viewer { id } }')
        await other.data(
          'mutation ($input: ChangeMemberRoleInput!) { changeMemberRole(input: $input) { id } }',
          {
            input: { companyId, userId: viewer.id, role: 'VIEWER' },
          },
        )
      },
      'of a removed company': () =>
        acme.data('mutation ($id: ID!) { removeCompany(id: $id) }', { id: companyId }),
    }
    expect(await offerOf(world.browser(), token)).not.toBeNull()
    await happens[how]()
    expect(await offerOf(world.browser(), token)).toBeNull()
    const known = await signInAs(world, { signInName: 'nina', email: newcomer })
    expect(reasonOf(await accept(known, token))).toBe('INVITATION_NOT_FOUND')
    expect(await rolesOf(known)).toEqual([])
  })

  it('is good to the last second of the seventh day', async () => {
    const { world, inviteAs } = await acmeWorld()
    const token = await inviteAs('VIEWER')
    world.clock.advance(7 * day - 1000)
    expect(await rolesOf(await joinAs(world, token, 'nina'))).toEqual([{ role: 'VIEWER' }])
  })
})

describe('who invites', () => {
  it('are the admins of the company, who see and withdraw what is open', async () => {
    const { world, acme, companyId, inviteAs } = await acmeWorld()
    await inviteAs('VIEWER')
    const viewer = await signInAs(world, { signInName: 'viewer', roles: { [companyId]: 'VIEWER' } })
    const demo = await world.as('demo.admin')
    const open = await openOf(acme, companyId)
    expect(open).toMatchObject({
      totalCount: 1,
      edges: [
        {
          node: {
            email: newcomer,
            role: 'VIEWER',
            invitedBy: { signInName: 'acme.admin' },
            acceptedBy: null,
          },
        },
      ],
    })
    expect(await openOf(viewer, companyId)).toEqual({ totalCount: 0, edges: [] })
    const { id } = open.edges[0]?.node as { id: string }
    const withdraw = (browser: Browser, which: string) =>
      browser.query('mutation ($id: ID!) { withdrawInvitation(id: $id) }', { id: which })
    for (const browser of [viewer, demo]) {
      for (const which of [id, randomUUID()])
        expect(reasonOf(await withdraw(browser, which))).toBe('INVITATION_NOT_FOUND')
    }
    expect(await withdraw(acme, id)).toEqual({ data: { withdrawInvitation: true } })
    expect(reasonOf(await withdraw(acme, id))).toBe('INVITATION_NOT_FOUND')
    expect(await openOf(acme, companyId)).toEqual({ totalCount: 0, edges: [] })
  })

  it('is a solution admin for a company that is nobody’s yet: its first admin, though nobody sees the company', async () => {
    const { world, companyId } = await acmeWorld()
    const solution = await world.as('solution.admin')
    const { createCompany } = await solution.data<{ createCompany: { id: string } }>(
      'mutation { createCompany(input: { name: "Customer", applications: [RATING] }) { id } }',
    )
    const to = (input: object) => solution.query(invite.member, { input })
    const asAdmin = { companyId: createCompany.id, email: newcomer, role: 'ADMIN' }
    expect(reasonOf(await to({ ...asAdmin, role: 'VIEWER' }))).toBe('COMPANY_NOT_FOUND')
    expect(reasonOf(await to({ ...asAdmin, companyId }))).toBe('COMPANY_NOT_FOUND')
    expect((await to(asAdmin)).errors).toBeUndefined()
    const token = await tokenFor(world, newcomer, '/invitation')
    expect(await rolesOf(await joinAs(world, token, 'nina'))).toEqual([{ role: 'ADMIN' }])
    expect(reasonOf(await to({ ...asAdmin, email: 'another@example.com' }))).toBe('COMPANY_NOT_FOUND')
  })

  it('writes at most a hundred letters a day', async () => {
    const { acme, companyId, world } = await acmeWorld()
    for (let each = 0; each < 100; each += 1)
      await acme.data(invite.member, {
        input: { companyId, email: `p${each}@example.com`, role: 'VIEWER' },
      })
    const input = { companyId, email: newcomer, role: 'VIEWER' }
    expect((await acme.query(invite.member, { input })).errors).toMatchObject([
      { extensions: { code: 'RATE_LIMITED', reason: 'TOO_MANY_INVITATIONS' } },
    ])
    world.clock.advance(day)
    await acme.signIn('acme.admin')
    expect((await acme.query(invite.member, { input })).errors).toBeUndefined()
  })
})
