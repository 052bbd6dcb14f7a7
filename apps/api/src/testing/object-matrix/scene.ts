import type { ApplicationId } from '../../application/applications.js'
import type { GraphQLAnswer } from '../browser.js'
import { asApiClient, createApiClient, type CreatedAnswer } from '../api-client.js'
import type { Browser } from '../browser.js'
import { companyIdOf, createTestApp, type TestApp } from '../create-test-app.js'
import { invite, joinAs } from '../invitations.js'
import { tokenFor } from '../letters.js'
import { setLicenseKey } from '../license-key.js'
import { agreeAtUps, authorizationOf, beginOptIn } from '../opt-in.js'
import { signInAs } from '../people.js'
import { createEndpoint, sendTest } from '../webhooks.js'

export const callerNames = [
  'anonymous',
  'stranger',
  'viewer of A',
  'admin of A',
  'admin of B',
  'solution admin',
  'invitee of A',
  'key of A for status',
  'key of A for tokens',
  'key of B',
  'revoked key of A',
] as const
export type CallerName = (typeof callerNames)[number]

/** A and B have opted in to RATING; C has authorized nothing, so that a solution admin may not know of it. */
export const owners = ['A', 'B', 'C'] as const
export type Owner = (typeof owners)[number]
/** `absent` has the form of ours, `malformed` has not. */
export type Column = Owner | 'absent' | 'malformed'

/** Who makes what an answer ends; nobody who asks may anything with C. */
export const adminOf = { A: 'admin of A', B: 'admin of B', C: 'anonymous' } as const

/** What can be named in a request, each of one company. */
export interface Target {
  companyId: string
  authorizationId: string
  vaultKey: string
  apiClientId: string
  apiKeyId: string
  webhookEndpointId: string
  webhookDeliveryId: string
  visitId: string
  /** Of a group that gives this company, and of a person who may look at it. */
  groupId: string
  memberId: string
  invitationId: string
}

export interface Answer {
  status: number
  headers: Record<string, unknown>
  body: GraphQLAnswer
  /** All that came, without what differs from one request to the next. */
  comparable: string
}

export interface Scene {
  world: TestApp
  targets: Record<Column, Target>
  /** Words that stand in the rows of one company only. */
  canaries: Record<Owner, string>
  ask(caller: CallerName, query: string, variables: object): Promise<Answer>
  browserOf(caller: CallerName): Browser
}

const application: ApplicationId = 'RATING'
const canaries = { A: 'Acme Outfitters', B: 'Demonstration Company', C: 'Canary of the unauthorized' }
const profiles = {
  A: { username: 'acme', password: 'ups-demo' },
  B: { username: 'demo', password: 'ups-demo' },
}

/** Every caller that the matrix knows, and one of everything for each company. */
export async function createScene(): Promise<Scene> {
  const world = await createTestApp()
  const adminA = await world.as('acme.admin')
  const adminB = await world.as('demo.admin')
  const adminC = await signInAs(world, { signInName: 'c.admin' })
  await adminC.data('mutation ($input: CreateCompanyInput!) { createCompany(input: $input) { id } }', {
    input: { name: canaries.C, applications: [application, 'PICKUP_MANAGER'] },
  })
  const a = await targetOf(world, adminA, 'A')
  const b = await targetOf(world, adminB, 'B')
  const c = await targetOf(world, adminC, 'C')

  const browsers: Partial<Record<CallerName, Browser>> = {
    stranger: await signInAs(world, { signInName: 'a.stranger' }),
    'viewer of A': await world.as('viewer.of.A'),
    'admin of A': adminA,
    'admin of B': adminB,
    'solution admin': await world.as('solution.admin'),
    'invitee of A': await inviteeOf(world, adminA, a.companyId),
  }
  const keyFor = async (companyId: string, scopes: ('STATUS_READ' | 'TOKEN_READ')[]) =>
    createApiClient(companyId === b.companyId ? adminB : adminA, {
      companyIds: [companyId],
      applications: [application],
      scopes,
    })
  const revoked = await keyFor(a.companyId, ['STATUS_READ', 'TOKEN_READ'])
  await adminA.data('mutation ($id: ID!) { revokeApiClient(id: $id) { id } }', { id: revoked.apiClient.id })
  const keys: Partial<Record<CallerName, string>> = {
    'key of A for status': (await keyFor(a.companyId, ['STATUS_READ'])).key,
    'key of A for tokens': (await keyFor(a.companyId, ['TOKEN_READ'])).key,
    'key of B': (await keyFor(b.companyId, ['STATUS_READ', 'TOKEN_READ'])).key,
    'revoked key of A': revoked.key,
  }
  const browserOf = (caller: CallerName): Browser => browsers[caller] ?? world.browser()
  return {
    world,
    canaries,
    browserOf,
    targets: { A: a, B: b, C: c, absent: allOf(absentId), malformed: allOf("' OR '1'='1") },
    async ask(caller, query, variables) {
      const key = keys[caller]
      const body = JSON.stringify({ query, variables })
      const response = key ? await asApiClient(world, key).post(body) : await browserOf(caller).post(body)
      // What is left of a client's quota differs from one request to the next as well.
      const { 'x-request-id': requestId, date: _date, ratelimit: _left, ...headers } = response.headers
      const comparable = JSON.stringify([response.statusCode, headers, response.body]).replaceAll(
        String(requestId),
        'request-id',
      )
      return { status: response.statusCode, headers, body: response.json<GraphQLAnswer>(), comparable }
    },
  }
}

const absentId = '0190c7a0-0000-7000-8000-000000000000'

function allOf(id: string): Target {
  const vaultKey = id === absentId ? id.toUpperCase() : id
  return {
    companyId: id,
    authorizationId: id,
    vaultKey,
    apiClientId: id,
    apiKeyId: id,
    webhookEndpointId: id,
    webhookDeliveryId: id,
    visitId: id,
    groupId: id,
    memberId: id,
    invitationId: id,
  }
}

/** One of everything that a company can have. */
async function targetOf(world: TestApp, admin: Browser, owner: Owner): Promise<Target> {
  const companyId = await companyIdOf(admin, canaries[owner])
  const visit = await beginOptIn(admin, companyId, application)
  if (owner !== 'C') {
    await admin.arriveAt(await agreeAtUps(world, visit, profiles[owner]))
    await setLicenseKey(admin, companyId)
  }
  const authorization = await authorizationOf(admin, companyId, application)
  const client: CreatedAnswer = await createApiClient(admin, {
    companyIds: [companyId],
    applications: [application],
    scopes: ['STATUS_READ'],
  })
  return {
    companyId,
    authorizationId: authorization?.id ?? '',
    // C has none: what it would be is as absent as can be.
    vaultKey: authorization?.vaultKey ?? absentId.toUpperCase(),
    apiClientId: client.apiClient.id,
    apiKeyId: client.apiClient.keys[0]?.id ?? '',
    ...(await webhookOf(admin, client.apiClient.id)),
    visitId: visit.id,
    ...(await groupOf(world, admin, { owner, companyId })),
    invitationId: await invitationOf(admin, companyId),
  }
}

/** An endpoint, and what was sent to it. */
export async function webhookOf(
  admin: Browser,
  apiClientId: string,
): Promise<Pick<Target, 'webhookEndpointId' | 'webhookDeliveryId'>> {
  const { endpoint } = await createEndpoint(admin, { apiClientId })
  return { webhookEndpointId: endpoint.id, webhookDeliveryId: await sendTest(admin, endpoint.id) }
}

/** A group that lets two people look at the company, who may do so anyway: one of them asks, the other is asked about. */
export async function groupOf(
  world: TestApp,
  admin: Browser,
  { owner, companyId }: { owner: Owner; companyId: string },
): Promise<Pick<Target, 'groupId' | 'memberId'>> {
  const { createGroup } = await admin.data<{ createGroup: { id: string } }>(
    'mutation ($input: CreateGroupInput!) { createGroup(input: $input) { id } }',
    { input: { name: `Group of ${canaries[owner]}`, role: 'VIEWER' } },
  )
  const groupId = createGroup.id
  await admin.data('mutation ($input: GroupCompanyInput!) { addGroupCompany(input: $input) { id } }', {
    input: { groupId, companyId },
  })
  let memberId = ''
  for (const signInName of [`viewer.of.${owner}`, `member.of.${owner}`]) {
    memberId = await memberOf(world, signInName, companyId)
    await admin.data('mutation ($input: GroupMemberInput!) { addGroupMember(input: $input) { id } }', {
      input: { groupId, userId: memberId },
    })
  }
  return { groupId, memberId }
}

/** The id of a person who may look at the company. */
export async function memberOf(world: TestApp, signInName: string, companyId: string): Promise<string> {
  const { users } = world.app.services
  if (!(await users.findBySignInName(signInName)))
    await signInAs(world, { signInName, roles: { [companyId]: 'VIEWER' } })
  return (await users.findBySignInName(signInName))?.id ?? ''
}

/** Of somebody who has not answered yet. */
export async function invitationOf(admin: Browser, companyId: string): Promise<string> {
  const { inviteUser } = await admin.data<{ inviteUser: { id: string } }>(
    'mutation ($input: InviteUserInput!) { inviteUser(input: $input) { id } }',
    { input: { companyId, email: 'somebody@example.com', role: 'VIEWER' } },
  )
  return inviteUser.id
}

/** A colleague who holds the UPS.com login: may authorize one company in one application, and nothing else. */
async function inviteeOf(world: TestApp, admin: Browser, companyId: string): Promise<Browser> {
  const email = 'colleague@example.com'
  await admin.data(invite.authorize, { input: { companyId, application, email } })
  return joinAs(world, await tokenFor(world, email, '/invitation'), 'a.colleague')
}
