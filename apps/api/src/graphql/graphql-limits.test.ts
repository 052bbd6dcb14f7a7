import { getIntrospectionQuery } from 'graphql'
import { verify } from '@node-rs/argon2'
import { expect, it, vi } from 'vitest'
import { documentLimits } from './document-limits.js'
import type { GraphQLAnswer } from '../testing/browser.js'
import { createTestApp } from '../testing/create-test-app.js'

const times = (count: number, text: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => text(i)).join(' ')

/** A fragment that asks twice for the next one, and so on: 2^n fields in a few hundred characters. */
const doubling = (n: number): string =>
  `{ viewer { ...F0 } } ${times(n, (i) => `fragment F${i} on User { ...F${i + 1} ...F${i + 1} }`)} fragment F${n} on User { id }`

const deep = 'company(id: "x") { authorizations { company { authorizations { company { authorizations'
const nine = `${deep} { company { authorizations { id } } } } } } } }`

const refused: [what: string, query: string, reason: string][] = [
  ['nine levels', `{ ${nine} }`, 'DOCUMENT_TOO_DEEP'],
  ['nine levels by inline fragments', `{ ... on Query { ${nine} } }`, 'DOCUMENT_TOO_DEEP'],
  ['nine levels by a named fragment', `{ ...F } fragment F on Query { ${nine} }`, 'DOCUMENT_TOO_DEEP'],
  [
    'a deep fragment that a shallow place used before',
    `{ company(id: "x") { authorizations { ...A } } viewer { id } b: company(id: "x") { authorizations { company { authorizations { company { ...C } } } } } }
     fragment A on Authorization { company { ...C } } fragment C on Company { authorizations { company { authorizations { id } } } }`,
    'DOCUMENT_TOO_DEEP',
  ],
  [
    'a deep fragment with the name of a meta field',
    `{ ...__schema } fragment __schema on Query { ${nine} }`,
    'DOCUMENT_TOO_DEEP',
  ],
  ['deep fields beside introspection', `{ __typename ${nine} }`, 'DOCUMENT_TOO_DEEP'],
  [
    'introspection without end',
    `{ __schema { ${'types { fields { type { '.repeat(8)} name ${'} '.repeat(24)} } }`,
    'DOCUMENT_TOO_DEEP',
  ],
  [
    'a fragment in a circle',
    '{ viewer { ...A } } fragment A on User { ...B } fragment B on User { ...A }',
    'DOCUMENT_TOO_DEEP',
  ],
  ['16 aliases', `{ ${times(16, (i) => `a${i}: viewer { id }`)} }`, 'TOO_MANY_ALIASES'],
  [
    '16 aliases in fragments',
    `{ ...F } fragment F on Query { ${times(16, (i) => `a${i}: viewer { id }`)} }`,
    'TOO_MANY_ALIASES',
  ],
  ['51 directives', `{ ${times(51, () => 'viewer @skip(if: false) { id }')} }`, 'TOO_MANY_DIRECTIVES'],
  [
    '51 directives that nobody knows',
    `{ ${times(51, (i) => `viewer @x${i} { id }`)} }`,
    'TOO_MANY_DIRECTIVES',
  ],
  ['six directives at one field', `{ viewer { id ${times(6, (i) => `@x${i}`)} } }`, 'TOO_MANY_DIRECTIVES'],
  ['15,001 characters', `{ viewer { id } } ${' '.repeat(documentLimits.characters)}`, 'DOCUMENT_TOO_LONG'],
  ['1,001 tokens', `{ viewer { ${'id '.repeat(documentLimits.tokens - 2)} } }`, 'DOCUMENT_TOO_LONG'],
  ['fragments that double thirty times', doubling(30), 'TOO_MANY_FIELDS'],
  [
    'pages in pages',
    '{ companies(first: 100) { edges { node { authorizations { tokenHistory(first: 100) { edges { node { generation } } } } } } } }',
    'DOCUMENT_TOO_COSTLY',
  ],
  [
    'pages in pages by a fragment',
    `{ companies(first: 100) { edges { node { ...C } } } } fragment C on Company { authorizations { ... { tokenHistory(first: 100) { edges { node { generation } } } } } }`,
    'DOCUMENT_TOO_COSTLY',
  ],
]

it('refuses documents that are too long, too deep, too wide or too costly before anything is executed', async () => {
  const world = await createTestApp()
  const admin = await world.as('acme.admin')
  for (const [what, query, reason] of refused) {
    const answer = await admin.post(JSON.stringify({ query }))
    const { data, errors } = answer.json<GraphQLAnswer>()
    expect([what, answer.statusCode, data ?? null]).toEqual([what, 400, null])
    expect(errors, what).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', reason } }])
  }
})

it('counts a page by the size that the variables give it', async () => {
  const world = await createTestApp()
  const admin = await world.as('acme.admin')
  const query = `query ($first: Int = 1) { companies(first: $first) { edges { node { authorizations { tokenHistory(first: $first) { edges { node { generation } } } } } } } }`
  expect((await admin.query(query)).errors).toBeUndefined()
  expect((await admin.query(query, { first: 2 })).errors).toBeUndefined()
  const { errors } = await admin.query(query, { first: 100 })
  expect(errors?.[0]?.extensions.reason).toBe('DOCUMENT_TOO_COSTLY')
})

it('lets a request guess at a password once, however it is written', async () => {
  const world = await createTestApp()
  const guess = (alias: string, password: string): string =>
    `${alias}: signIn(input: { signInName: "acme.admin", password: "${password}" }) { id }`
  vi.mocked(verify).mockClear()
  for (const query of [
    `mutation { ${guess('a', 'one')} ${guess('b', 'two')} }`,
    `mutation { ${guess('a', 'one')} ...F } fragment F on Mutation { ${guess('b', 'two')} }`,
    `mutation { ... on Mutation { ${guess('a', 'one')} } ... { ${guess('b', 'two')} } }`,
  ]) {
    const { data, errors } = await world.browser().query(query)
    expect([data ?? null, errors?.[0]?.extensions.reason]).toEqual([null, 'ONLY_ONCE_IN_A_REQUEST'])
  }
  expect(verify).not.toHaveBeenCalled()
})

it('lets the usual introspection query pass, and says no more than ten errors', async () => {
  const world = await createTestApp()
  const browser = world.browser()
  expect((await browser.query(getIntrospectionQuery())).errors).toBeUndefined()
  const { errors } = await browser.query(`{ ${times(60, (i) => `nothing${i}`)} }`)
  expect(errors).toHaveLength(10)
})

it('executes nothing of several operations in one body, and none that is not named', async () => {
  const world = await createTestApp()
  const admin = await world.as('acme.admin')
  for (const body of [
    [{ query: 'mutation { signOut }' }],
    Array.from({ length: 1_000 }, () => ({ query: 'mutation { signOut }' })),
    { query: 'mutation A { signOut } mutation B { signOut }' },
    { extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } },
    {
      query: 'mutation { signOut }',
      extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } },
    },
  ]) {
    const answer = await admin.post(JSON.stringify(body))
    expect([200, 400]).toContain(answer.statusCode)
    expect(answer.json<GraphQLAnswer>()).toMatchObject({ errors: [{}] })
    expect(answer.json<GraphQLAnswer>().data ?? null).toBeNull()
  }
  expect((await admin.data<{ viewer: unknown }>('{ viewer { id } }')).viewer).not.toBeNull()
})

it('is not harmed by names of prototypes, doubled keys or huge numbers among the variables', async () => {
  const world = await createTestApp()
  const admin = await world.as('acme.admin')
  const query =
    'query ($first: Int, $search: String) { companies(first: $first, search: $search) { totalCount } }'
  const bodies = [
    `{"query":${JSON.stringify(query)},"variables":{"__proto__":{"isSolutionAdmin":true}}}`,
    `{"query":${JSON.stringify(query)},"variables":{"constructor":{"prototype":{"isSolutionAdmin":true}}}}`,
    `{"query":${JSON.stringify(query)},"variables":{"first":1e400}}`,
    `{"query":${JSON.stringify(query)},"variables":{"first":99999999999999999999}}`,
    `{"query":${JSON.stringify(query)},"variables":${'{"search":'.repeat(5_000)}1${'}'.repeat(5_000)}}`,
    `{"query":"mutation { signOut }","query":${JSON.stringify(query)},"variables":{"search":"\\ud800"}}`,
  ]
  for (const body of bodies) {
    const answer = await admin.post(body)
    expect([200, 400], body.slice(0, 200) + answer.body).toContain(answer.statusCode)
  }
  expect(({} as { isSolutionAdmin?: boolean }).isSolutionAdmin).toBeUndefined()
  const { viewer } = await admin.data<{ viewer: { isSolutionAdmin: boolean } }>(
    '{ viewer { isSolutionAdmin } }',
  )
  expect(viewer.isSolutionAdmin).toBe(false)
})
