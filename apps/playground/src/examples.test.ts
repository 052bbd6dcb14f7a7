import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { buildSchema, getOperationAST, parse, validate } from 'graphql'
import { expect, it } from 'vitest'
import { examples, fillIn, readExample } from './examples'
import { roles } from './words'

const schema = buildSchema(
  readFileSync(createRequire(import.meta.url).resolve('@optin-hub/api-schema/schema.graphql'), 'utf8'),
)

it('has examples for each role, each with a title, an explanation and a name of its own', () => {
  expect(new Set(examples.map(({ role }) => role))).toEqual(new Set(Object.keys(roles)))
  for (const { id, title, explanation } of examples) {
    expect(title, id).toMatch(/^[A-Z]/)
    expect(explanation, id).toMatch(/\.$/)
  }
  expect(new Set(examples.map(({ title }) => title)).size).toBe(examples.length)
})

it.each(examples.map((example) => [example.id, example] as const))(
  'asks what the schema has: %s',
  (_, example) => {
    const document = parse(example.query)
    expect(validate(schema, document)).toEqual([])
    const name = getOperationAST(document)?.name?.value ?? ''
    expect(name.toLowerCase()).toBe(example.id.replace(/^.*\/|-/g, ''))
  },
)

it('reads a title, an explanation and variables from the comments, and leaves the rest as it is', () => {
  const text =
    '# One\n# Two three.\n# variables: { "id": "<companyId>" }\nquery One($id: ID!) {\n  # inside\n  x\n}\n'
  expect(readExample('../examples/api-key/1-one.graphql', text)).toEqual({
    id: 'api-key/one',
    role: 'api-key',
    title: 'One',
    explanation: 'Two three.',
    query: 'query One($id: ID!) {\n  # inside\n  x\n}\n',
    variables: '{\n  "id": "<companyId>"\n}',
  })
})

it('puts in what is known of the reader, and leaves a gap to fill in where nothing is', () => {
  const variables = '{ "a": "<companyId>", "b": "<vaultKey>" }'
  expect(fillIn(variables, { companyId: 'c-1', vaultKey: null })).toBe('{ "a": "c-1", "b": "<vaultKey>" }')
})
