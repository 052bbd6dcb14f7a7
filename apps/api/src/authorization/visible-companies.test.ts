import { expect, it } from 'vitest'
import type { ApplicationId } from '../application/applications.js'
import type { Browser } from '../testing/browser.js'
import { companyIdOf, createTestApp, type TestApp } from '../testing/create-test-app.js'
import { agreeAtUps, authorizationOf, beginOptIn, optIn } from '../testing/opt-in.js'
import { signInAs } from '../testing/people.js'

interface Seen {
  names: string[]
  totalCount: number
  notYet: number
  /** What is reached through the companies: application and state. */
  authorizations: string[]
}

async function seenBy(
  browser: Browser,
  asked: { application?: ApplicationId; search?: string } = {},
): Promise<Seen> {
  const { companies } = await browser.data<{
    companies: {
      totalCount: number
      notYetAuthorizedCount: number
      edges: { node: { name: string; authorizations: { status: string; application: { id: string } }[] } }[]
    }
  }>(
    `query ($application: ApplicationId, $search: String) {
      companies(application: $application, search: $search) {
        totalCount notYetAuthorizedCount edges { node { name authorizations { status application { id } } } }
      }
    }`,
    asked,
  )
  return {
    names: companies.edges.map(({ node }) => node.name),
    totalCount: companies.totalCount,
    notYet: companies.notYetAuthorizedCount,
    authorizations: companies.edges.flatMap(({ node }) =>
      node.authorizations.map(({ status, application }) => `${application.id} ${status}`),
    ),
  }
}

const none = { names: [], totalCount: 0, authorizations: [] }

const optOut = (browser: Browser, companyId: string, application: ApplicationId) =>
  browser.query('mutation ($input: OptOutInput!) { optOut(input: $input) { status } }', {
    input: { companyId, application },
  })

async function acmeHasOptedIn(world: TestApp) {
  const acme = await world.as('acme.admin')
  const companyId = await companyIdOf(acme, 'Acme Outfitters')
  await optIn(world, acme, 'RATING')
  return { acme, companyId }
}

it('shows a solution admin a company when it has authenticated, and hides it again when it has opted out', async () => {
  const world = await createTestApp()
  const solution = await world.as('solution.admin')
  expect(await seenBy(solution)).toEqual({ ...none, notYet: 2 })
  expect(await seenBy(solution, { search: 'acme' })).toEqual({ ...none, notYet: 2 })

  const { acme, companyId } = await acmeHasOptedIn(world)
  const acmeInRating = {
    names: ['Acme Outfitters'],
    totalCount: 1,
    notYet: 1,
    authorizations: ['RATING AUTHORIZED'],
  }
  expect(await seenBy(solution)).toEqual(acmeInRating)
  expect(await seenBy(solution, { search: 'acme' })).toEqual(acmeInRating)
  expect(await seenBy(solution, { search: 'demo' })).toEqual({ ...none, notYet: 1 })

  expect(await optOut(acme, companyId, 'RATING')).toMatchObject({
    data: { optOut: { status: 'NOT_AUTHORIZED' } },
  })
  expect(await seenBy(solution)).toEqual({ ...none, notYet: 2 })
  expect(await solution.data(`{ company(id: "${companyId}") { name } }`)).toEqual({ company: null })
})

it('counts as not yet authorized in an application only what is enrolled there, and in all whatever is not shown', async () => {
  const world = await createTestApp()
  const acme = await world.as('acme.admin')
  const solution = await world.as('solution.admin')
  await acme.data('mutation { createCompany(input: { name: "Enrolled Nowhere", applications: [] }) { id } }')
  expect((await seenBy(solution)).notYet).toBe(3)
  expect((await seenBy(solution, { application: 'RATING' })).notYet).toBe(2)

  const companyId = await companyIdOf(acme, 'Acme Outfitters')
  await acme.data(`mutation { withdrawCompany(input: { companyId: "${companyId}", application: RATING }) }`)
  expect((await seenBy(solution, { application: 'RATING' })).notYet).toBe(1)
  expect((await seenBy(solution, { application: 'PICKUP_MANAGER' })).notYet).toBe(2)
  await acme.data('mutation ($id: ID!) { removeCompany(id: $id) }', { id: companyId })
  expect((await seenBy(solution, { application: 'PICKUP_MANAGER' })).notYet).toBe(1)
  expect((await seenBy(solution)).notYet).toBe(2)
})

it('shows a solution admin nothing of the applications in which the company has not authenticated', async () => {
  const world = await createTestApp()
  const { companyId } = await acmeHasOptedIn(world)
  const solution = await world.as('solution.admin')
  expect(await seenBy(solution, { application: 'RATING' })).toMatchObject({
    names: ['Acme Outfitters'],
    notYet: 1,
  })
  expect(await seenBy(solution, { application: 'PICKUP_MANAGER' })).toEqual({ ...none, notYet: 2 })
  expect(await authorizationOf(solution, companyId, 'RATING')).toMatchObject({ status: 'AUTHORIZED' })
  expect(await authorizationOf(solution, companyId, 'PICKUP_MANAGER')).toBeNull()
  const { company } = await solution.data<{ company: { all: object[]; one: object[] } }>(
    `{ company(id: "${companyId}") {
      all: authorizations { company { authorizations { application { id } } } } one: authorizations(application: PICKUP_MANAGER) { id }
    } }`,
  )
  expect(company).toEqual({
    all: [{ company: { authorizations: [{ application: { id: 'RATING' } }] } }],
    one: [],
  })
  for (const operation of ['optOut', 'refreshToken', 'withdrawCompany'] as const) {
    const fields = operation === 'withdrawCompany' ? '' : '{ id }'
    const { errors } = await solution.query(
      `mutation { ${operation}(input: { companyId: "${companyId}", application: PICKUP_MANAGER }) ${fields} }`,
    )
    expect([operation, errors?.[0]?.extensions.code]).toEqual([operation, 'NOT_FOUND'])
  }
})

it('keeps showing a solution admin a company whose consent UPS no longer honours, so that somebody can help', async () => {
  const world = await createTestApp()
  await acmeHasOptedIn(world)
  world.standIn.control.password({ username: 'acme', password: 'changed-at-ups' })
  world.clock.advance(32 * 24 * 60 * 60_000)
  await world.app.sweep()
  const solution = await world.as('solution.admin')
  expect(await seenBy(solution, { application: 'RATING' })).toEqual({
    names: ['Acme Outfitters'],
    totalCount: 1,
    notYet: 1,
    authorizations: ['RATING REAUTHORIZATION_REQUIRED'],
  })
})

it('lets a solution admin check, but neither give nor end a consent, which is the company’s', async () => {
  const world = await createTestApp()
  const { companyId } = await acmeHasOptedIn(world)
  const solution = await world.as('solution.admin')
  const input = `input: { companyId: "${companyId}", application: RATING }`
  const { errors: begun } = await solution.query(
    `mutation { beginOptIn(${input.replace(' }', ', returnTo: RATING_COMPANY_MANAGER }')}) { id } }`,
  )
  expect(begun).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
  expect((await optOut(solution, companyId, 'RATING')).errors).toMatchObject([
    { extensions: { code: 'FORBIDDEN' } },
  ])
  expect(await solution.data(`mutation { refreshToken(${input}) { generation } }`)).toEqual({
    refreshToken: { generation: 2 },
  })
  expect(await authorizationOf(solution, companyId, 'RATING')).toMatchObject({
    status: 'AUTHORIZED',
    generation: 2,
  })
})

it('shows members their own companies, authenticated or not, and those of an application only where enrolled', async () => {
  const world = await createTestApp()
  const acme = await world.as('acme.admin')
  const companyId = await companyIdOf(acme, 'Acme Outfitters')
  const own = { names: ['Acme Outfitters'], totalCount: 1, notYet: 0 }
  expect(await seenBy(acme)).toMatchObject(own)
  expect((await seenBy(acme)).authorizations).toHaveLength(5)
  expect(await seenBy(acme, { application: 'RATING' })).toMatchObject(own)
  await acme.data(`mutation { withdrawCompany(input: { companyId: "${companyId}", application: RATING }) }`)
  expect(await seenBy(acme, { application: 'RATING' })).toEqual({ ...none, notYet: 0 })
  expect(await seenBy(acme)).toMatchObject(own)
  expect((await seenBy(acme)).authorizations).toHaveLength(4)
  expect((await world.browser().query('{ companies { totalCount } }')).errors).toMatchObject([
    { extensions: { code: 'UNAUTHENTICATED' } },
  ])
})

it('adds up what one person may see as a member and as a solution admin', async () => {
  const world = await createTestApp()
  const { acme } = await acmeHasOptedIn(world)
  const demoId = await companyIdOf(await world.as('demo.admin'), 'Demonstration Company')
  const both = await signInAs(world, {
    signInName: 'both',
    isSolutionAdmin: true,
    roles: { [demoId]: 'VIEWER' },
  })
  expect(await seenBy(both)).toMatchObject({ names: ['Acme Outfitters', 'Demonstration Company'], notYet: 0 })
  expect((await seenBy(both)).authorizations).toHaveLength(6)

  // A person of one company who authorized is a name to others; of the companies they belong to, only shared ones.
  const { companies } = await both.data<{ companies: { edges: { node: { authorizations: unknown[] } }[] } }>(
    '{ companies(search: "acme") { edges { node { authorizations { authorizedBy { displayName email memberships { company { name } } } } } } } }',
  )
  expect(companies.edges[0]?.node.authorizations).toEqual([
    { authorizedBy: { displayName: 'Avery Acme', email: null, memberships: [] } },
  ])
  expect(await acme.data('{ viewer { email memberships { company { name } } } }')).toEqual({
    viewer: { email: 'avery@acme.example', memberships: [{ company: { name: 'Acme Outfitters' } }] },
  })
})

it('names no company that has not authenticated anywhere in what a solution admin can ask for', async () => {
  const world = await createTestApp()
  await acmeHasOptedIn(world)
  const demo = await world.as('demo.admin')
  const demoId = await companyIdOf(demo, 'Demonstration Company')
  const begun = await beginOptIn(demo, demoId, 'RATING')
  const solution = await world.as('solution.admin')
  const answers = [
    await solution.query('{ viewer { memberships { company { name } } } }'),
    await solution.query(
      `{ optIn(id: "${begun.id}") { company { name } } company(id: "${demoId}") { name } }`,
    ),
    await solution.query(
      '{ companies(first: 100) { totalCount pageInfo { endCursor } edges { cursor node { name } } } }',
    ),
    await solution.query('{ companies(search: "D") { edges { node { name } } } }'),
    await solution.query(`mutation { updateCompany(input: { id: "${demoId}", name: "X" }) { name } }`),
    await solution.query(
      `mutation { enrolCompany(input: { companyId: "${demoId}", application: RATING }) { company { name } } }`,
    ),
  ]
  for (const answer of answers) {
    expect(JSON.stringify(answer)).not.toMatch(/demonstration|drew/i)
    expect(Buffer.from(JSON.stringify(answer), 'base64url').toString()).not.toMatch(/demonstration/i)
  }
  await demo.arriveAt(await agreeAtUps(world, begun, { username: 'demo', password: 'ups-demo' }))
  expect(await seenBy(solution)).toMatchObject({
    names: ['Acme Outfitters', 'Demonstration Company'],
    notYet: 0,
  })
})
