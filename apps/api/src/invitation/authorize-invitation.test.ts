import { expect, it } from 'vitest'
import type { Browser } from '../testing/browser.js'
import { companyIdOf, createTestApp } from '../testing/create-test-app.js'
import { acceptDocument, invite, joinAs } from '../testing/invitations.js'
import { tokenFor } from '../testing/letters.js'
import {
  agreeAtUps,
  authorizationDocument,
  authorizationOf,
  beginOptIn,
  beginOptInDocument,
  optIn,
} from '../testing/opt-in.js'
import { signInAs } from '../testing/people.js'

const day = 24 * 3600_000
const email = 'uma@ups-login.example'

async function invited() {
  const world = await createTestApp()
  const acme = await world.as('acme.admin')
  const companyId = await companyIdOf(acme, 'Acme Outfitters')
  await acme.data(invite.authorize, { input: { companyId, application: 'RATING', email } })
  const uma = await joinAs(world, await tokenFor(world, email, '/invitation'), 'uma')
  return { world, acme, companyId, uma }
}

const statusOf = async (browser: Browser, companyId: string) =>
  (await authorizationOf(browser, companyId, 'RATING'))?.status

const begin = (browser: Browser, companyId: string, application = 'RATING') =>
  browser.query(beginOptInDocument, {
    input: {
      companyId,
      application,
      returnTo: application === 'RATING' ? 'RATING_COMPANY_MANAGER' : 'PICKUP_MANAGER_SETTINGS',
    },
  })

const everythingDocument = `query ($id: ID!) {
  viewer { memberships { role } }
  groups { totalCount }
  companies { totalCount edges { node { id name } } }
  inOther: companies(application: PICKUP_MANAGER) { totalCount }
  company(id: $id) {
    name accountExecutive { name contact }
    members { totalCount edges { node { email } } }
    invitations { totalCount edges { node { email } } }
    authorizations { application { id } status mayBegin vaultKey generation authorizedAt upsProfileNote endedAt endReason
      nextRefreshAt upsMayHonourUntil authorizedBy { id } endedBy { id } tokens { issuedAt } refreshProblem { code } }
  }
  other: authorization(companyId: $id, application: PICKUP_MANAGER) { id }
}`

/** All there is to see, where only whether it stands differs. */
const seen = (companyId: string, status: string, mayBegin: boolean) => ({
  viewer: { memberships: [] },
  groups: { totalCount: 0 },
  companies: { totalCount: 1, edges: [{ node: { id: companyId, name: 'Acme Outfitters' } }] },
  inOther: { totalCount: 0 },
  company: {
    name: 'Acme Outfitters',
    accountExecutive: null,
    members: { totalCount: 0, edges: [] },
    invitations: { totalCount: 0, edges: [] },
    authorizations: [
      {
        application: { id: 'RATING' },
        status,
        mayBegin,
        vaultKey: null,
        generation: 0,
        authorizedAt: null,
        upsProfileNote: null,
        endedAt: null,
        endReason: null,
        nextRefreshAt: null,
        upsMayHonourUntil: null,
        authorizedBy: null,
        endedBy: null,
        tokens: null,
        refreshProblem: null,
      },
    ],
  },
  other: null,
})

it('lets a colleague authorize the one company in the one application, and see only what that takes', async () => {
  const { world, acme, companyId, uma } = await invited()
  expect(await uma.data(everythingDocument, { id: companyId })).toEqual(
    seen(companyId, 'NOT_AUTHORIZED', true),
  )

  const begun = await beginOptIn(uma, companyId, 'RATING')
  const landed = await uma.arriveAt(await agreeAtUps(world, begun))
  expect(landed).toMatch(/^\/applications\/rating\/company-manager\?/)
  const { optIn: outcome } = await uma.data<{ optIn: object }>(
    `{ optIn(id: "${begun.id}") { outcome company { name } nextApplication { id } } }`,
  )
  expect(outcome).toEqual({
    outcome: 'AUTHORIZED',
    company: { name: 'Acme Outfitters' },
    nextApplication: null,
  })
  expect(await authorizationOf(acme, companyId, 'RATING')).toMatchObject({
    status: 'AUTHORIZED',
    authorizedBy: { displayName: 'uma' },
  })

  expect(await uma.data(everythingDocument, { id: companyId }), 'used up').toEqual(
    seen(companyId, 'AUTHORIZED', false),
  )
  expect((await begin(uma, companyId)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
  world.clock.advance(7 * day)
  await uma.signIn('uma', 'a hedgehog on the ferry')
  expect(await uma.data(`{ companies { totalCount } company(id: "${companyId}") { id } }`)).toEqual({
    companies: { totalCount: 0 },
    company: null,
  })
})

it('lets the colleague do nothing else for the company', async () => {
  const { world, acme, companyId, uma } = await invited()
  await optIn(world, acme, 'RATING')
  const key = `input: { companyId: "${companyId}", application: RATING }`
  const refused = {
    optOut: `mutation { optOut(${key}) { id } }`,
    refreshToken: `mutation { refreshToken(${key}) { id } }`,
    withdrawCompany: `mutation { withdrawCompany(${key}) }`,
    updateCompany: `mutation { updateCompany(input: { id: "${companyId}", name: "Taken" }) { id } }`,
    removeCompany: `mutation { removeCompany(id: "${companyId}") }`,
    enrolCompany: `mutation { enrolCompany(${key}) { id } }`,
    inviteUser: `mutation { inviteUser(input: { companyId: "${companyId}", email: "a@example.com", role: ADMIN }) { id } }`,
    inviteToAuthorize: `mutation { inviteToAuthorize(input: { companyId: "${companyId}", application: RATING, email: "a@example.com" }) { id } }`,
    changeMemberRole: `mutation { changeMemberRole(input: { companyId: "${companyId}", userId: "x", role: ADMIN }) { id } }`,
    createApiClient: `mutation { createApiClient(input: { name: "Portal", companyIds: ["${companyId}"], applications: [RATING], scopes: [STATUS_READ] }) { key } }`,
    apiClients: `{ apiClients(companyId: "${companyId}") { totalCount } }`,
    tokenHistory: `{ authorization(companyId: "${companyId}", application: RATING) { tokenHistory { totalCount } } }`,
  }
  for (const [operation, document] of Object.entries(refused)) {
    const { errors } = await uma.query(document)
    expect([operation, errors?.[0]?.extensions.code]).toEqual([operation, 'FORBIDDEN'])
  }
  expect((await begin(uma, companyId, 'PICKUP_MANAGER')).errors).toMatchObject([
    { extensions: { code: 'NOT_FOUND' } },
  ])
  const demoId = await companyIdOf(await world.as('demo.admin'), 'Demonstration Company')
  expect((await begin(uma, demoId)).errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }])
  expect(await statusOf(acme, companyId)).toBe('AUTHORIZED')
})

it('ends the flow only in the browser session that began it, and for nobody else', async () => {
  const { world, acme, companyId, uma } = await invited()
  const stranger = await signInAs(world, { signInName: 'stranger' })
  const elsewhere = world.browser()
  await elsewhere.signIn('uma', 'a hedgehog on the ferry')
  for (const browser of [stranger, elsewhere, acme, world.browser()]) {
    const begun = await beginOptIn(uma, companyId, 'RATING')
    await browser.arriveAt(await agreeAtUps(world, begun))
    expect(await statusOf(acme, companyId)).toBe('NOT_AUTHORIZED')
  }
})

it('attaches nothing once the invitation was withdrawn, also while the colleague is at UPS.com', async () => {
  const { world, acme, companyId, uma } = await invited()
  const begun = await beginOptIn(uma, companyId, 'RATING')
  const address = await agreeAtUps(world, begun)
  await withdrawAll(acme, companyId)
  await uma.arriveAt(address)
  expect(await statusOf(acme, companyId)).toBe('NOT_AUTHORIZED')
  expect(await uma.data(`{ company(id: "${companyId}") { id } }`)).toEqual({ company: null })
})

it('is used up by the first of two visits that come back', async () => {
  const { world, acme, companyId, uma } = await invited()
  const visits = [await beginOptIn(uma, companyId, 'RATING'), await beginOptIn(uma, companyId, 'RATING')]
  const addresses: string[] = []
  for (const visit of visits) addresses.push(await agreeAtUps(world, visit))
  await Promise.all(addresses.map((address) => uma.arriveAt(address)))
  const outcomes: string[] = []
  for (const { id } of visits) {
    const { optIn: visit } = await uma.data<{ optIn: { outcome: string } }>(
      `{ optIn(id: "${id}") { outcome } }`,
    )
    outcomes.push(visit.outcome)
  }
  expect(outcomes.sort()).toEqual(['AUTHORIZED', 'VOIDED'])
  expect(await acme.data(authorizationDocument, { companyId, application: 'RATING' })).toMatchObject({
    authorization: { generation: 1 },
  })
})

it('is refused where the company is not enrolled, and to who has another address', async () => {
  const { world, acme, companyId } = await invited()
  await acme.data(
    `mutation { withdrawCompany(input: { companyId: "${companyId}", application: PICKUP_MANAGER }) }`,
  )
  const input = { companyId, application: 'PICKUP_MANAGER', email: 'a@example.com' }
  expect((await acme.query(invite.authorize, { input })).errors).toMatchObject([
    { extensions: { code: 'NOT_FOUND', reason: 'AUTHORIZATION_NOT_FOUND' } },
  ])
  await acme.data(invite.authorize, { input: { ...input, application: 'CONSUMER_RETURNS' } })
  const other = await signInAs(world, { signInName: 'other', email: 'other@example.com' })
  const token = await tokenFor(world, 'a@example.com', '/invitation')
  expect((await other.query(acceptDocument, { input: { token } })).errors).toMatchObject([
    { extensions: { reason: 'INVITATION_FOR_ANOTHER_ADDRESS' } },
  ])
})

async function withdrawAll(admin: Browser, companyId: string): Promise<void> {
  const { company } = await admin.data<{
    company: { invitations: { edges: { node: { id: string; acceptedBy: { signInName: string } } }[] } }
  }>(`{ company(id: "${companyId}") { invitations { edges { node { id acceptedBy { signInName } } } } } }`)
  expect(company.invitations.edges.map(({ node }) => node.acceptedBy.signInName)).toEqual(['uma'])
  for (const { node } of company.invitations.edges)
    await admin.data('mutation ($id: ID!) { withdrawInvitation(id: $id) }', { id: node.id })
}
