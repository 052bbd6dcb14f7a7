import { expect, it } from 'vitest'
import { asApiClient, createApiClient, tokenPath, vaulted } from '../testing/api-client.js'
import type { Browser } from '../testing/browser.js'
import { createTestApp } from '../testing/create-test-app.js'
import { signInAs } from '../testing/people.js'

interface Answer {
  edges: { node: { at: string; clientName: string; generation: number; address: string } }[]
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
  totalCount: number
}

async function handOutsOf(browser: Browser, variables: object): Promise<Answer | null> {
  const { authorization } = await browser.data<{ authorization: { handOuts: Answer | null } }>(
    `query ($companyId: ID!, $first: Int! = 25, $after: String) {
      authorization(companyId: $companyId, application: RATING) {
        handOuts(first: $first, after: $after) {
          totalCount pageInfo { hasNextPage endCursor } edges { node { at clientName generation address } }
        }
      }
    }`,
    variables,
  )
  return authorization.handOuts
}

it('tells admins of the company who took its tokens, newest first and a page at a time, and nobody else', async () => {
  const world = await createTestApp()
  const { admin, companyId, vaultKey } = await vaulted(world)
  const { key } = await createApiClient(admin, { companyIds: [companyId] })
  const portal = asApiClient(world, key)
  const { key: otherKey } = await createApiClient(admin, { companyIds: [companyId], name: 'Label printer' })
  const printer = asApiClient(world, otherKey)
  for (const client of [portal, printer, portal]) {
    expect((await client.get(tokenPath(vaultKey))).statusCode).toBe(200)
    world.clock.advance(1000)
  }

  const first = await handOutsOf(admin, { companyId, first: 2 })
  const takers = (page: Answer | null) => page?.edges.map(({ node }) => node.clientName)
  expect(takers(first)).toEqual(['Returns portal', 'Label printer'])
  expect(first).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } })
  expect(first?.edges[0]?.node).toEqual({
    at: '2026-03-01T12:00:02.000Z',
    clientName: 'Returns portal',
    generation: 1,
    address: '127.0.0.1',
  })
  const after = first?.pageInfo.endCursor
  const rest = await handOutsOf(admin, { companyId, first: 2, after })
  expect(takers(rest)).toEqual(['Returns portal'])
  expect(rest?.pageInfo.hasNextPage).toBe(false)

  expect(takers(await handOutsOf(await world.as('solution.admin'), { companyId }))).toHaveLength(3)
  const viewer = await signInAs(world, { signInName: 'viewer', roles: { [companyId]: 'VIEWER' } })
  expect(await handOutsOf(viewer, { companyId })).toBeNull()
})
