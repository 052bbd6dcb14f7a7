import { expect, it } from 'vitest'
import { AuditEventEntity } from '../audit/audit-event.entity.js'
import {
  asApiClient,
  createApiClient,
  createApiClientDocument,
  statusPath,
  tokenPath,
  vaulted,
} from '../testing/api-client.js'
import type { Browser } from '../testing/browser.js'
import { companyIdOf, createTestApp, type TestApp } from '../testing/create-test-app.js'

const listDocument = `query ($companyId: ID!, $first: Int! = 25, $after: String) {
  apiClients(companyId: $companyId, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    edges { node { id name revokedAt keys { id publicId revokedAt } grants { company { name } application scopes } } }
  }
}`

interface Listed {
  apiClients: {
    totalCount: number
    pageInfo: { hasNextPage: boolean; endCursor: string }
    edges: {
      node: { id: string; name: string; revokedAt: string | null; grants: object[]; keys: object[] }
    }[]
  } | null
}

const revokeDocument = 'mutation ($id: ID!) { revokeApiClient(id: $id) { id revokedAt keys { revokedAt } } }'
const withdrawDocument =
  'mutation ($input: WithdrawApiClientGrantInput!) { withdrawApiClientGrant(input: $input) }'

async function refusal(browser: Browser, document: string, variables: object) {
  const { errors } = await browser.query(document, variables)
  return [errors?.[0]?.extensions.code, errors?.[0]?.extensions.reason]
}

const list = async (browser: Browser, companyId: string) =>
  (await browser.data<Listed>(listDocument, { companyId })).apiClients

const events = async (world: TestApp, prefix: string) =>
  (await world.app.database.reader.find(AuditEventEntity)).filter(({ name }) => name.startsWith(prefix))

/** The admin of Acme becomes an admin of Demonstration Company too. */
async function giveRole(
  world: TestApp,
  signInName: string,
  company: { id: string; role: 'ADMIN' | 'VIEWER' },
) {
  const { users } = world.app.services
  const user = await users.findBySignInName(signInName)
  await world.app.database.inTransaction((manager) =>
    users.giveRole(manager, { userId: user?.id ?? '', companyId: company.id, role: company.role }),
  )
}

it('shows a key once and keeps a hash of it that is no key', async () => {
  const world = await createTestApp()
  const admin = await world.as('acme.admin')
  const companyId = await companyIdOf(admin, 'Acme Outfitters')
  const { key, apiClient } = await createApiClient(admin, {
    companyIds: [companyId],
    name: ' Returns portal ',
  })
  expect(apiClient).toMatchObject({
    name: 'Returns portal',
    revokedAt: null,
    keys: [{ publicId: key.slice(4, 20), revokedAt: null }],
    grants: [
      { company: { name: 'Acme Outfitters' }, application: 'RATING', scopes: ['STATUS_READ', 'TOKEN_READ'] },
    ],
  })
  const listed = await list(admin, companyId)
  expect(listed?.edges.map(({ node }) => node)).toMatchObject([apiClient])

  const secret = key.slice(21)
  const tables = ['api_clients', 'api_client_keys', 'api_client_grants', 'audit_events']
  const rows = await Promise.all(
    tables.map((table) =>
      world.app.database.reader.query<Record<string, string>[]>(`SELECT * FROM ${table}`),
    ),
  )
  for (const text of [JSON.stringify(rows), JSON.stringify(listed), world.logged.join('')]) {
    expect(text).not.toContain(secret)
    expect(text).not.toContain(secret.slice(0, 64))
  }
  const secretHash = rows[1]?.[0]?.secretHash ?? ''
  expect(secretHash).toMatch(/^[0-9a-f]{64}$/)
  for (const guess of [secretHash, `oih_${key.slice(4, 20)}_${secretHash}${key.slice(-8)}`]) {
    expect((await asApiClient(world, guess).get(statusPath('x'))).statusCode).toBe(401)
  }
  expect((await asApiClient(world, key).get(statusPath('x'))).statusCode).toBe(404)
})

it('lets an admin give what is the company’s, and an operator give the status of what an operator sees', async () => {
  const world = await createTestApp()
  const { admin, companyId } = await vaulted(world, 'RATING')
  const demo = await world.as('demo.admin')
  const solution = await world.as('solution.admin')
  const viewer = await world.as('demo.admin')
  const demoId = await companyIdOf(demo, 'Demonstration Company')
  await giveRole(world, 'demo.admin', { id: companyId, role: 'VIEWER' })

  const give = async (
    who: Browser,
    companyIds: string[],
    { scopes, application = 'RATING' }: { scopes: string[]; application?: string },
  ) => {
    const input = { name: 'Portal', companyIds, applications: [application], scopes }
    return (await refusal(who, createApiClientDocument, { input }))[1] ?? 'given'
  }
  const status = { scopes: ['STATUS_READ'] }
  const token = { scopes: ['TOKEN_READ'] }
  const both = { scopes: ['STATUS_READ', 'TOKEN_READ'] }
  const statusElsewhere = { ...status, application: 'PICKUP_MANAGER' }
  expect(await give(world.browser(), [companyId], status)).toBe('SIGN_IN_REQUIRED')
  expect(await give(admin, [companyId], statusElsewhere)).toBe('given')
  expect(await give(admin, [companyId], both)).toBe('given')
  expect(await give(admin, [companyId, demoId], status)).toBe('COMPANY_NOT_FOUND')
  expect(await give(admin, ['no-such-company'], status)).toBe('COMPANY_NOT_FOUND')
  expect(await give(viewer, [companyId], status)).toBe('STATUS_READ_NOT_YOURS_TO_GIVE')
  expect(await give(viewer, [companyId], token)).toBe('TOKEN_READ_NOT_YOURS_TO_GIVE')
  expect(await give(viewer, [demoId, companyId], token)).toBe('TOKEN_READ_NOT_YOURS_TO_GIVE')
  expect(await give(solution, [companyId], status)).toBe('given')
  expect(await give(solution, [companyId], token)).toBe('TOKEN_READ_NOT_YOURS_TO_GIVE')
  expect(await give(solution, [companyId], both)).toBe('TOKEN_READ_NOT_YOURS_TO_GIVE')
  expect(await give(solution, [companyId], statusElsewhere)).toBe('COMPANY_NOT_FOUND')
  expect(await give(solution, [demoId], status)).toBe('COMPANY_NOT_FOUND')

  expect(await events(world, 'api_client.created')).toHaveLength(3)
  expect(
    (await events(world, 'api_client.granted')).map(({ companyId: of, details }) => [of, details]),
  ).toEqual(
    expect.arrayContaining([
      [companyId, { clientId: expect.any(String) as string, mayReadStatus: true, mayReadTokens: true }],
    ]),
  )
  expect(await events(world, 'api_client.')).toHaveLength(6)
})

it('refuses names that deceive, and lists that are empty or too long', async () => {
  const world = await createTestApp()
  const admin = await world.as('acme.admin')
  const companyId = await companyIdOf(admin, 'Acme Outfitters')
  const fine = { name: 'Portal', companyIds: [companyId], applications: ['RATING'], scopes: ['STATUS_READ'] }
  for (const odd of [
    { name: '' },
    { name: '   ' },
    { name: 'x'.repeat(201) },
    { name: 'a\u202Eb' },
    { companyIds: [] },
    { companyIds: Array.from({ length: 51 }, () => companyId) },
    { companyIds: ['x'.repeat(65)] },
    { applications: [] },
    { scopes: [] },
    { scopes: ['WEBHOOK_MANAGE'] },
  ]) {
    const [code] = await refusal(admin, createApiClientDocument, { input: { ...fine, ...odd } })
    expect([odd, code]).toEqual([odd, 'BAD_USER_INPUT'])
  }
  const twice = { companyIds: [companyId, companyId], applications: ['RATING' as const, 'RATING' as const] }
  expect((await createApiClient(admin, twice)).apiClient.grants).toHaveLength(1)
})

it('shows each company its own clients and grants only, by pages', async () => {
  const world = await createTestApp()
  const { admin, companyId } = await vaulted(world)
  const demo = await world.as('demo.admin')
  const demoId = await companyIdOf(demo, 'Demonstration Company')
  await giveRole(world, 'acme.admin', { id: demoId, role: 'ADMIN' })
  for (const name of ['first', 'second', 'third']) {
    world.clock.advance(1000)
    await createApiClient(admin, { companyIds: [companyId], name })
  }
  world.clock.advance(1000)
  await createApiClient(admin, { companyIds: [companyId, demoId], name: 'shared' })

  const seen = await list(demo, demoId)
  expect(seen?.edges.map(({ node }) => [node.name, node.grants])).toEqual([
    [
      'shared',
      [
        {
          company: { name: 'Demonstration Company' },
          application: 'RATING',
          scopes: ['STATUS_READ', 'TOKEN_READ'],
        },
      ],
    ],
  ])
  expect(await list(demo, companyId)).toBeNull()
  expect(await list(demo, 'no-such-company')).toBeNull()
  expect((await list(await world.as('solution.admin'), companyId))?.totalCount).toBe(4)
  expect(await list(await world.as('solution.admin'), demoId)).toBeNull()
  await giveRole(world, 'demo.admin', { id: companyId, role: 'VIEWER' })
  expect(await refusal(demo, listDocument, { companyId })).toEqual([
    'FORBIDDEN',
    'API_CLIENTS_NOT_YOURS_TO_SEE',
  ])

  const names: string[] = []
  let after: string | null = null
  do {
    const page: Listed = await admin.data<Listed>(listDocument, { companyId, first: 3, after })
    names.push(...(page.apiClients?.edges.map(({ node }) => node.name) ?? []))
    expect(page.apiClients?.totalCount).toBe(4)
    after = page.apiClients?.pageInfo.hasNextPage ? page.apiClients.pageInfo.endCursor : null
    if (after) {
      expect((await refusal(admin, listDocument, { companyId: demoId, after }))[1]).toBe('CURSOR_NOT_VALID')
    }
  } while (after)
  expect(names).toEqual(['shared', 'third', 'second', 'first'])
  expect((await refusal(admin, listDocument, { companyId, first: 101 }))[1]).toBe('PAGE_SIZE_OUT_OF_RANGE')
})

it('ends a client at once here and within a second elsewhere, in the trail of every company that let it in', async () => {
  const world = await createTestApp()
  const { admin, companyId, vaultKey } = await vaulted(world)
  const { key, apiClient } = await createApiClient(admin, { companyIds: [companyId] })
  const client = asApiClient(world, key)
  expect((await client.get(tokenPath(vaultKey))).statusCode).toBe(200)

  const first = await admin.data(revokeDocument, { id: apiClient.id })
  expect(first).toMatchObject({
    revokeApiClient: {
      revokedAt: world.clock().toISOString(),
      keys: [{ revokedAt: world.clock().toISOString() }],
    },
  })
  expect((await client.get(tokenPath(vaultKey))).statusCode).toBe(401)
  world.clock.advance(1000)
  expect(await admin.data(revokeDocument, { id: apiClient.id })).toEqual(first)
  expect(await events(world, 'api_client.revoked')).toMatchObject([
    { companyId, details: { clientId: apiClient.id } },
  ])

  // Another process revokes: only the tables tell.
  const other = await createApiClient(admin, { companyIds: [companyId] })
  const late = asApiClient(world, other.key)
  expect((await late.get(statusPath(vaultKey))).statusCode).toBe(200)
  await world.app.database.inTransaction((manager) =>
    manager.query(`UPDATE api_clients SET "revokedAt" = 1 WHERE id = '${other.apiClient.id}'`),
  )
  expect((await late.get(tokenPath(vaultKey))).statusCode).toBe(401)
  world.clock.advance(1000)
  expect((await late.get(statusPath(vaultKey))).statusCode).toBe(401)
})

it('lets a stranger end nothing, and a company that shares a client withdraw only its own part', async () => {
  const world = await createTestApp()
  const { admin, companyId, vaultKey } = await vaulted(world)
  const demo = await world.as('demo.admin')
  const demoId = await companyIdOf(demo, 'Demonstration Company')
  await giveRole(world, 'acme.admin', { id: demoId, role: 'ADMIN' })
  const own = await createApiClient(admin, { companyIds: [companyId] })
  const shared = await createApiClient(admin, {
    companyIds: [companyId, demoId],
    applications: ['RATING', 'PICKUP_MANAGER'],
  })
  const notFound = ['NOT_FOUND', 'API_CLIENT_NOT_FOUND']
  expect(await refusal(demo, revokeDocument, { id: own.apiClient.id })).toEqual(notFound)
  expect(await refusal(demo, revokeDocument, { id: 'no-such-client' })).toEqual(notFound)
  expect(await refusal(demo, revokeDocument, { id: '' })).toEqual(notFound)
  expect(await refusal(demo, revokeDocument, { id: shared.apiClient.id })).toEqual([
    'FORBIDDEN',
    'API_CLIENT_NOT_YOURS_TO_REVOKE',
  ])
  const withdraw = (
    who: Browser,
    company: string,
    part: { application?: string; apiClientId?: string } = {},
  ) =>
    refusal(who, withdrawDocument, {
      input: { apiClientId: shared.apiClient.id, companyId: company, ...part },
    })
  expect(await withdraw(demo, companyId)).toEqual(['NOT_FOUND', 'COMPANY_NOT_FOUND'])
  expect(await withdraw(demo, demoId, { application: 'RATING', apiClientId: own.apiClient.id })).toEqual([
    'NOT_FOUND',
    'API_CLIENT_GRANT_NOT_FOUND',
  ])
  await giveRole(world, 'demo.admin', { id: companyId, role: 'VIEWER' })
  expect(await withdraw(demo, companyId)).toEqual(['FORBIDDEN', 'GRANT_NOT_YOURS_TO_WITHDRAW'])
  expect(await refusal(demo, revokeDocument, { id: own.apiClient.id })).toEqual(notFound)

  expect(await withdraw(demo, demoId, { application: 'RATING' })).toEqual([undefined, undefined])
  expect((await list(demo, demoId))?.edges[0]?.node.grants).toHaveLength(1)
  expect(await withdraw(demo, demoId)).toEqual([undefined, undefined])
  expect((await list(demo, demoId))?.totalCount).toBe(0)
  const withdrawn = await events(world, 'api_client.grant_withdrawn')
  expect(withdrawn.map(({ companyId: of, applicationId }) => `${of} ${applicationId}`).sort()).toEqual([
    `${demoId} PICKUP_MANAGER`,
    `${demoId} RATING`,
  ])
  const client = asApiClient(world, shared.key)
  expect((await client.get(tokenPath(vaultKey))).statusCode).toBe(200)
  expect(await withdraw(admin, companyId, { application: 'RATING' })).toEqual([undefined, undefined])
  expect((await client.get(tokenPath(vaultKey))).statusCode).toBe(404)
})

it('leaves a client to those who administer the companies, when its creator has left them', async () => {
  const world = await createTestApp()
  const demo = await world.as('demo.admin')
  const demoId = await companyIdOf(demo, 'Demonstration Company')
  await giveRole(world, 'acme.admin', { id: demoId, role: 'ADMIN' })
  const { apiClient, key } = await createApiClient(await world.as('acme.admin'), { companyIds: [demoId] })
  await world.app.database.inTransaction((manager) =>
    manager.query(
      `DELETE FROM memberships WHERE "companyId" = '${demoId}' AND "userId" = (SELECT id FROM users WHERE "signInNameKey" = 'acme.admin')`,
    ),
  )
  const left = await world.as('acme.admin')
  expect((await refusal(left, revokeDocument, { id: apiClient.id }))[0]).toBe('NOT_FOUND')
  expect((await asApiClient(world, key).get(statusPath('x'))).statusCode).toBe(404)
  await demo.data(revokeDocument, { id: apiClient.id })
  expect((await asApiClient(world, key).get(statusPath('x'))).statusCode).toBe(401)
})
