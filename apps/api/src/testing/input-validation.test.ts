import {
  GraphQLString,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isScalarType,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
} from 'graphql'
import { expect, it } from 'vitest'
import { createSchema } from '../schema.js'
import { isObjectRow } from './object-matrix/row.js'
import { rows } from './object-matrix/rows.js'
import { createScene, type CallerName, type Scene } from './object-matrix/scene.js'

const schema = createSchema()
/** Some hundred requests each. */
const patience = 120_000

/** One place in the variables of an operation where a client may write what it likes. */
interface Place {
  operation: string
  path: readonly string[]
  type: GraphQLInputType
}

function placesOf(operation: string): Place[] {
  const [kind, name = ''] = operation.split('.')
  const root = kind === 'Query' ? schema.getQueryType() : schema.getMutationType()
  const below = (path: string[], list: readonly (GraphQLArgument | GraphQLInputField)[]): Place[] =>
    list.flatMap((one): Place[] => {
      const type = getNamedType(one.type)
      const here = [...path, one.name]
      return isInputObjectType(type)
        ? below(here, Object.values(type.getFields()))
        : [{ operation, path: here, type: one.type }]
    })
  return below([], root?.getFields()[name]?.args ?? [])
}

const isOf = (type: GraphQLInputType, ...names: string[]): boolean => {
  const named = getNamedType(type)
  return isScalarType(named) && names.includes(named.name)
}

const tooLong = 'x'.repeat(50_000)
const invisible = ['a\u0000b', 'a\u202eb', 'a\u200bb', 'a\nb', 'a\u001b[31m']
/** May hold anything, within a length: it is only compared with what is stored, or its hash is. */
const freeText = /password$|^search$|^after$/i
/** Only compared as well, and too long is answered as wrong: who guesses learns nothing of a limit. */
const isCredential = ({ operation, path }: Place): boolean =>
  operation === 'Mutation.signIn' && path.at(-1) === 'signInName'

function badValues({ path, type }: Place): unknown[] {
  const name = path.at(-1) ?? ''
  const inList = (values: unknown[]) =>
    isListType(getNullableType(type)) ? values.map((one) => [one]) : values
  if (isOf(type, 'ID')) return inList([tooLong])
  if (isOf(type, 'String')) return inList([tooLong, ...(freeText.test(name) ? [] : invisible)])
  if (isOf(type, 'Int')) return [-1, 2 ** 31 - 1]
  return []
}

/** Who may do it, so that nothing but the value can be the reason of a refusal. */
function someoneWhoMay(operation: string): CallerName {
  const row = rows[operation]
  const ofKey = row?.verdicts['key of A for tokens']
  if (typeof ofKey === 'object' && ofKey.A === 'answer') return 'key of A for tokens'
  const isFor = (caller: CallerName) => row?.verdicts[caller] === 'answer'
  return (['solution admin', 'admin of A', 'key of A for status'] as const).find(isFor) ?? 'admin of A'
}

function variablesWith(scene: Scene, { operation, path }: Place, value: unknown): object {
  const row = rows[operation]
  const valid = row && (isObjectRow(row) ? row.variables(scene.targets.A) : row.variables)
  const changed = structuredClone(valid ?? {}) as Record<string, unknown>
  let at = changed
  for (const name of path.slice(0, -1)) at = (at[name] ??= {}) as Record<string, unknown>
  at[path.at(-1) ?? ''] = value
  return changed
}

/** The row's document, with a variable for each argument, also for those that it leaves out. */
function documentOf({ operation, path }: Place): string {
  const document = rows[operation]?.document ?? ''
  const [argument = ''] = path
  if (document.includes(`$${argument}`)) return document
  const [kind, name = ''] = operation.split('.')
  const root = kind === 'Query' ? schema.getQueryType() : schema.getMutationType()
  const type = root?.getFields()[name]?.args.find((one) => one.name === argument)?.type
  const field = new RegExp(`\\b${name}\\b(\\()?`).exec(document)
  if (!field || !type) throw new Error(`no place for ${argument} in ${document}`)
  const call = document.slice(0, field.index) + `${name}(${argument}: $${argument}${field[1] ? ', ' : ')'}`
  const rest = document.slice(field.index + field[0].length)
  return declared(call + rest, `$${argument}: ${String(type)}`)
}

function declared(document: string, variable: string): string {
  if (/^\w+ \(/.test(document)) return document.replace('(', `(${variable}, `)
  if (/^\w+ \{/.test(document)) return document.replace(' {', ` (${variable}) {`)
  return `query (${variable}) ${document}`
}

const places = Object.keys(rows).flatMap(placesOf)

it(
  'refuses in each field what is too long, invisible or out of range, with a code, and breaks over none',
  async () => {
    const scene = await createScene()
    const accepted: string[] = []
    let tried = 0
    for (const place of places) {
      for (const value of badValues(place)) {
        tried += 1
        const document = documentOf(place)
        const answer = await scene.ask(
          someoneWhoMay(place.operation),
          document,
          variablesWith(scene, place, value),
        )
        const [error] = answer.body.errors ?? []
        const code = error?.extensions.code ?? (answer.status === 400 ? 'BAD_USER_INPUT' : 'accepted')
        if (code === 'BAD_USER_INPUT' || (code === 'UNAUTHENTICATED' && isCredential(place))) continue
        // An id of any length is looked for, by an index, and not found.
        const found = Object.values(answer.body.data ?? {})[0] as { edges?: unknown[] } | null | undefined
        const isNothing = code === 'NOT_FOUND' || found === null || found?.edges?.length === 0
        if (isOf(place.type, 'ID') && isNothing) continue
        const what = `${code} ${error?.message ?? ''}`
        accepted.push(
          `${place.operation} ${place.path.join('.')} = ${JSON.stringify(value).slice(0, 40)}: ${what}`,
        )
      }
    }
    expect(accepted).toEqual([])
    expect(tried).toBeGreaterThan(places.length / 2)
  },
  patience,
)

it(
  'takes an id of no form of ours for one that does not exist, on either database',
  async () => {
    const scene = await createScene()
    const broken: string[] = []
    for (const place of places.filter(({ type }) => isOf(type, 'ID') && isNonNullType(type))) {
      for (const value of ['', '\u0000', '\ud800', 'Ω≈ç√', '%', '0', "'; DROP TABLE users; --"]) {
        const sent = isListType(getNullableType(place.type)) ? [value] : value
        const answer = await scene.ask(
          someoneWhoMay(place.operation),
          documentOf(place),
          variablesWith(scene, place, sent),
        )
        const codes = (answer.body.errors ?? []).map(({ extensions }) => extensions.code)
        if (answer.status < 500 && codes.every((code) => ['NOT_FOUND', 'BAD_USER_INPUT'].includes(code)))
          continue
        broken.push(`${place.operation} ${place.path.join('.')} = ${JSON.stringify(value)}: ${codes.join()}`)
      }
    }
    expect(broken).toEqual([])
  },
  patience,
)

/** Never the client's to say, unless an input names it on purpose. */
const ours = [
  'id',
  'companyId',
  'userId',
  'role',
  'isSolutionAdmin',
  'status',
  'generation',
  'mintedVaultKey',
  'createdAt',
  'removedAt',
  'passwordHash',
]

it(
  'refuses a field that an input does not name, were it a column of the table',
  async () => {
    const scene = await createScene()
    const inputs = places.filter(({ path }) => path[0] === 'input')
    const accepted: string[] = []
    for (const operation of new Set(inputs.map((place) => place.operation))) {
      const named = new Set(inputs.filter((one) => one.operation === operation).map(({ path }) => path[1]))
      for (const column of ours.filter((one) => !named.has(one))) {
        const place = { operation, path: ['input', column], type: GraphQLString }
        const variables = variablesWith(scene, place, '1')
        const answer = await scene.ask(someoneWhoMay(operation), rows[operation]?.document ?? '', variables)
        const code = answer.body.errors?.[0]?.extensions.code
        if (code !== 'BAD_USER_INPUT' && answer.status !== 400) accepted.push(`${operation} ${column}`)
      }
    }
    expect(accepted).toEqual([])
  },
  patience,
)
