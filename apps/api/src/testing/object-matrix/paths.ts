import {
  getNamedType,
  isObjectType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql'

/** A field of a type, and by which fields it is reached from the root. */
export interface Path {
  /** `Type.field` */
  edge: string
  root: string
  fields: readonly string[]
}

const compositeOf = (field: GraphQLField<unknown, unknown>): GraphQLObjectType | null => {
  const type = getNamedType(field.type)
  return isObjectType(type) ? type : null
}

const fieldsOf = (type: GraphQLObjectType) => Object.values(type.getFields())

/** Each edge that queries lead to, once, by a shortest path. */
export function shortestPaths(schema: GraphQLSchema): Path[] {
  const query = schema.getQueryType()
  if (!query) throw new Error('the schema has no queries')
  const paths: Path[] = []
  const seen = new Set<GraphQLObjectType>()
  let level = fieldsOf(query).flatMap((field) => {
    const type = compositeOf(field)
    return type ? [{ type, root: field.name, fields: [] as string[] }] : []
  })
  while (level.length > 0) {
    const next: typeof level = []
    for (const { type, root, fields } of level) {
      if (seen.has(type)) continue
      seen.add(type)
      for (const field of fieldsOf(type)) {
        const path = [...fields, field.name]
        paths.push({ edge: `${type.name}.${field.name}`, root, fields: path })
        const below = compositeOf(field)
        if (below) next.push({ type: below, root, fields: path })
      }
    }
    level = next
  }
  return paths
}

/** A walk along edges that are chosen by `random`, to a depth of six. */
export function longPath(schema: GraphQLSchema, random: () => number): Path {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const roots = fieldsOf(schema.getQueryType() as GraphQLObjectType).filter(compositeOf)
  const root = pick(roots)
  const fields: string[] = []
  let type = compositeOf(root) as GraphQLObjectType
  for (;;) {
    const below = fieldsOf(type).filter(compositeOf)
    const isLast = below.length === 0 || fields.length >= 5
    const field = pick(isLast ? fieldsOf(type).filter((one) => !compositeOf(one)) : below)
    fields.push(field.name)
    if (isLast) return { edge: `${type.name}.${field.name}`, root: root.name, fields }
    type = compositeOf(field) as GraphQLObjectType
  }
}

/** The row's own document, with this path instead of what it selects. */
export function documentOf(document: string, { root, fields }: Path, schema: GraphQLSchema): string {
  const from = document.indexOf(root)
  const opening = document.indexOf('{', document.indexOf(root) + root.length)
  if (from < 0 || opening < 0) throw new Error(`the document does not ask for ${root}`)
  const isComposite = endsComposite(schema, root, fields)
  return `${document.slice(0, opening)}{ ${fields.join(' { ')}${isComposite ? ' { __typename }' : ''} ${'} '.repeat(fields.length - 1)}} }`
}

function endsComposite(schema: GraphQLSchema, root: string, fields: readonly string[]): boolean {
  let type = compositeOf(schema.getQueryType()?.getFields()[root] as GraphQLField<unknown, unknown>)
  for (const name of fields) type = compositeOf(type?.getFields()[name] as GraphQLField<unknown, unknown>)
  return type !== null
}

/** What stands at the end of the path; of lists the first. Undefined where the way there is blocked. */
export function valueAt(data: unknown, { root, fields }: Path): unknown {
  let value = data
  for (const name of [root, ...fields]) {
    if (Array.isArray(value)) value = value[0] as unknown
    if (typeof value !== 'object' || value === null) return undefined
    value = (value as Record<string, unknown>)[name]
  }
  return value
}
