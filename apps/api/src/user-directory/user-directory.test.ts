import { expect, it } from 'vitest'
import type { Browser } from '../testing/browser.js'
import { companyIdOf, createTestApp } from '../testing/create-test-app.js'
import { groupOf } from '../testing/object-matrix/scene.js'
import { signInAs } from '../testing/people.js'
import { statementsOf } from '../testing/statements.js'

interface Account {
  user: { id: string; signInName: string; disabledAt: string | null }
  email: string | null
  createdAt: string
  lastSignInAt: string | null
  sessionCount: number
  companyCount: number
}

const document = `query ($search: String, $first: Int, $after: String) {
  users(search: $search, first: $first, after: $after) { totalCount pageInfo { endCursor hasNextPage }
    edges { node { user { id signInName disabledAt } email createdAt lastSignInAt sessionCount companyCount } } } }`

interface Page {
  users: {
    totalCount: number
    pageInfo: { endCursor: string; hasNextPage: boolean }
    edges: { node: Account }[]
  }
}

async function ask(browser: Browser, variables: object = {}): Promise<Page['users']> {
  return (await browser.data<Page>(document, { first: 25, ...variables })).users
}

const namesOf = ({ edges }: Page['users']) => edges.map(({ node }) => node.user.signInName)

it('finds people by the beginning of sign in name, name or mail address, in any case, and knows no wildcards', async () => {
  const world = await createTestApp()
  await signInAs(world, { signInName: 'zoë.post', email: 'desk_one@example.com' })
  const admin = await world.as('solution.admin')
  const found = async (search: string) => namesOf(await ask(admin, { search }))
  expect(await found('ACME.')).toEqual(['acme.admin'])
  expect(await found('drew d')).toEqual(['demo.admin'])
  expect(await found('ZOË')).toEqual(['zoë.post'])
  expect(await found('desk_one@')).toEqual(['zoë.post'])
  for (const nobody of ['admin', '%', '_', 'desk%', "' OR '1'='1"]) expect(await found(nobody)).toEqual([])
  expect(await found('  ')).toEqual(['acme.admin', 'demo.admin', 'solution.admin', 'zoë.post'])
})

it('tells when somebody last signed in, where they are now, and of how many companies, but of none which', async () => {
  const world = await createTestApp()
  const acme = await world.as('acme.admin')
  const companyId = await companyIdOf(acme, 'Acme Outfitters')
  // By a role and by a group: one company all the same.
  await groupOf(world, acme, { owner: 'A', companyId })
  await signInAs(world, { signInName: 'idle' })
  world.clock.advance(31 * 60_000)
  await world.as('acme.admin')
  await world.as('acme.admin')
  const admin = await world.as('solution.admin')
  const page = await ask(admin)
  const of = (name: string) => page.edges.find(({ node }) => node.user.signInName === name)?.node
  expect(of('acme.admin')).toMatchObject({
    email: 'avery@acme.example',
    createdAt: '2026-03-01T12:00:00.000Z',
    lastSignInAt: '2026-03-01T12:31:00.000Z',
    sessionCount: 2,
    companyCount: 1,
  })
  expect(of('viewer.of.A')).toMatchObject({ companyCount: 1 })
  expect(of('idle')).toMatchObject({
    lastSignInAt: '2026-03-01T12:00:00.000Z',
    sessionCount: 0,
    companyCount: 0,
  })
  expect(of('demo.admin')).toMatchObject({ lastSignInAt: null })
  const named = await admin.data('{ users { edges { node { user { memberships { company { name } } } } } } }')
  expect(JSON.stringify(named)).not.toMatch(/Outfitters|Demonstration Company/)
})

it('pages through them by cursor, at the same number of statements however many they are', async () => {
  const world = await createTestApp()
  const admin = await world.as('solution.admin')
  const statements = await statementsOf(world)
  await ask(admin, { first: 1 })
  const forOne = statements.length
  for (const name of ['p1', 'p2', 'p3', 'p4']) await signInAs(world, { signInName: name })
  statements.length = 0
  expect((await ask(admin, { first: 100 })).totalCount).toBe(7)
  expect(statements).toHaveLength(forOne)

  const seen: string[] = []
  let after: string | null = null
  do {
    const page: Page['users'] = await ask(admin, { first: 3, after })
    seen.push(...namesOf(page))
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null
  } while (after !== null)
  expect(seen).toEqual(['acme.admin', 'demo.admin', 'p1', 'p2', 'p3', 'p4', 'solution.admin'])
})

it('shows who is shut out, nobody who was erased, and none of it to others', async () => {
  const world = await createTestApp()
  const admin = await world.as('solution.admin')
  const gone = await signInAs(world, { signInName: 'gone' })
  const { viewer } = await gone.data<{ viewer: { id: string } }>('{ viewer { id } }')
  const shut = (await ask(admin, { search: 'demo.admin' })).edges[0]?.node.user.id
  await admin.data('mutation ($id: ID!) { disableUser(id: $id) { id } }', { id: shut })
  await admin.data('mutation ($id: ID!) { eraseUser(id: $id) }', { id: viewer.id })
  const page = await ask(admin)
  expect(namesOf(page)).toEqual(['acme.admin', 'demo.admin', 'solution.admin'])
  expect(page.edges[1]?.node.user.disabledAt).toBe('2026-03-01T12:00:00.000Z')
  for (const verb of ['enableUser(id: $id) { id }', 'eraseUser(id: $id)', 'endSessionsOf(userId: $id)']) {
    const { errors } = await admin.query(`mutation ($id: ID!) { ${verb} }`, { id: viewer.id })
    expect(errors?.[0]?.extensions.code, verb).toBe('NOT_FOUND')
  }
  const acme = await world.as('acme.admin')
  expect((await acme.query(document, { first: 1 })).errors).toMatchObject([
    { extensions: { code: 'FORBIDDEN', reason: 'PEOPLE_NOT_YOURS_TO_SEE' } },
  ])
})
