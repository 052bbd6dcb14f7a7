import { expect, it } from 'vitest'
import { asApiClient, createApiClient, vaulted } from './api-client.js'
import { recordedIn, type Recorded } from './audit-trail.js'
import type { Browser } from './browser.js'
import { createTestApp, type TestApp } from './create-test-app.js'

const addressOfPeople = '127.0.0.1'

/** The one such record there is, of that request if it is named. */
async function recordOf(world: TestApp, name: string, requestId?: string): Promise<Recorded | undefined> {
  const found = (await recordedIn(world)).filter((event) => event.name === name)
  const wanted = requestId === undefined ? found : found.filter((event) => event.requestId === requestId)
  expect(wanted).toHaveLength(1)
  return wanted[0]
}

const remove = 'mutation ($id: ID!) { removeCompany(id: $id) }'

it('records a wrong sign-in as the deed of nobody, with the account that it was tried on', async () => {
  const world = await createTestApp()
  const owner = await world.app.services.users.findBySignInName('acme.admin')
  await expect(world.browser().signIn('acme.admin', 'wrong')).rejects.toThrow('UNAUTHENTICATED')
  expect(await recordOf(world, 'session.refused')).toMatchObject({
    result: 'REFUSED',
    person: null,
    details: { userId: owner?.id },
    address: addressOfPeople,
    requestId: expect.any(String) as string,
  })
})

it('records access that is refused, as forbidden or as not there', async () => {
  const world = await createTestApp()
  const { companyId } = await vaulted(world)
  const refusedTo = async (browser: Browser, query: string, variables: object): Promise<string> => {
    const { errors } = await browser.query(query, variables)
    return errors?.[0]?.extensions.requestId ?? 'not refused'
  }
  const optOut = 'mutation ($input: OptOutInput!) { optOut(input: $input) { id } }'
  const operator = await world.as('solution.admin')
  const forbidden = await refusedTo(operator, optOut, { input: { companyId, application: 'RATING' } })
  expect(await recordOf(world, 'access.refused', forbidden)).toMatchObject({
    result: 'REFUSED',
    person: 'solution.admin',
    address: addressOfPeople,
    details: { code: 'FORBIDDEN' },
  })
  const notThere = await refusedTo(await world.as('demo.admin'), remove, { id: companyId })
  expect(await recordOf(world, 'access.refused', notThere)).toMatchObject({
    result: 'REFUSED',
    person: 'demo.admin',
    address: addressOfPeople,
    details: { code: 'NOT_FOUND' },
  })
})

it('records that a limit was hit', async () => {
  const world = await createTestApp()
  const admin = await world.as('acme.admin')
  let limited: string | undefined
  for (let index = 0; index < 20 && !limited; index++) {
    const { errors } = await admin.query(
      'mutation ($input: ChangeEmailInput!) { changeEmail(input: $input) }',
      {
        input: { email: `new${index}@example.com` },
      },
    )
    const [refusal] = errors ?? []
    if (refusal?.extensions.code === 'RATE_LIMITED') limited = refusal.extensions.requestId
  }
  expect(limited).toBeDefined()
  expect(await recordOf(world, 'limit.reached')).toMatchObject({
    result: 'REFUSED',
    person: 'acme.admin',
    address: addressOfPeople,
    requestId: limited,
    details: { code: 'RATE_LIMITED' },
  })
})

it('records a forged return from UPS.com', async () => {
  const world = await createTestApp()
  const admin = await world.as('acme.admin')
  await admin.arriveAt(`${admin.publicUrl}/oauth/callback/rating?code=forged&state=${'A'.repeat(43)}`)
  expect(await recordOf(world, 'callback.refused')).toMatchObject({
    applicationId: 'RATING',
    result: 'REFUSED',
    person: 'acme.admin',
    address: addressOfPeople,
    requestId: expect.any(String) as string,
  })
})

it('records tokens that cannot be decrypted, once somebody asks for them', async () => {
  const world = await createTestApp()
  const { admin, companyId, vaultKey, authorizationId } = await vaulted(world)
  const { key } = await createApiClient(admin, { companyIds: [companyId] })
  await world.app.database.inTransaction((manager) =>
    manager.query(
      `UPDATE token_sets SET "accessToken" = 'v1.damaged' WHERE "authorizationId" = '${authorizationId}'`,
    ),
  )
  const { errors } = await asApiClient(world, key).query(
    'mutation ($vaultKey: ID!) { issueAccessToken(vaultKey: $vaultKey) { expiresAt } }',
    { vaultKey },
  )
  expect(errors?.[0]?.extensions.code).toBe('INTERNAL')
  expect(await recordOf(world, 'authorization.refresh_failed')).toMatchObject({
    result: 'FAILED',
    companyId,
    applicationId: 'RATING',
    details: { code: 'TOKENS_UNREADABLE' },
  })
})

it('records a copy of the trail', async () => {
  const world = await createTestApp()
  const { admin, companyId } = await vaulted(world)
  const { headers } = await admin.request('GET', `/exports/audit.csv?companyId=${companyId}`)
  expect(await recordOf(world, 'audit.exported')).toMatchObject({
    result: 'DONE',
    person: 'acme.admin',
    address: addressOfPeople,
    companyId,
    requestId: headers['x-request-id'],
  })
})
