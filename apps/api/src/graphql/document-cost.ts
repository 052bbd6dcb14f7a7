import {
  getNamedType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import { Extensions } from 'type-graphql'
import { documentErrors, documentLimits, fragmentsOf } from './document-limits.js'

/** For what guesses at a secret, sends a letter or hands out a token: a second one in the same request is refused (S-88). */
export const OncePerRequest = (): ReturnType<typeof Extensions> => Extensions({ oncePerRequest: true })

/** The operation that is to be executed, and with what. */
interface Operation {
  schema: GraphQLSchema
  document: DocumentNode
  operation: OperationDefinitionNode
  variables: Readonly<Record<string, unknown>>
}

/** A document that is valid, measured by what it may read: an object costs 1, and a list as many times its entries (S-94). */
export function refuseCostly(asked: Operation): void {
  const root = asked.schema.getRootType(asked.operation.operation)
  if (!root) return
  const once = new Set<string>()
  const sizes = sizesGiven(asked)
  const fragments = fragmentsOf(asked.document)
  const cost = (set: SelectionSetNode, type: GraphQLNamedType): number =>
    set.selections.reduce((sum, selection) => {
      if (selection.kind === Kind.FIELD) return sum + costOfField(selection, type)
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value)
      if (!fragment) return sum
      const narrower = fragment.typeCondition && asked.schema.getType(fragment.typeCondition.name.value)
      return sum + cost(fragment.selectionSet, narrower ?? type)
    }, 0)
  const costOfField = (node: FieldNode, type: GraphQLNamedType): number => {
    const field = isObjectType(type) ? type.getFields()[node.name.value] : undefined
    if (!field) return 0
    if (type === root && field.extensions.oncePerRequest) refuseSecond(once, field.name)
    if (!node.selectionSet) return 0
    const inner = cost(node.selectionSet, getNamedType(field.type))
    // A connection and its edges are no reads: of an entry its node is.
    const own = field.args.some(isPageSize) || isConnection(type) ? 0 : 1
    return entries(field, node, sizes) * (own + inner)
  }
  if (cost(asked.operation.selectionSet, root) > documentLimits.cost)
    throw documentErrors.DOCUMENT_TOO_COSTLY()
}

function refuseSecond(seen: Set<string>, name: string): void {
  if (seen.has(name)) throw documentErrors.ONLY_ONCE_IN_A_REQUEST()
  seen.add(name)
}

const isPageSize = ({ name }: { name: string }): boolean => name === 'first'

const isConnection = ({ name }: GraphQLNamedType): boolean => name.endsWith('Connection')

/** Of a connection the entries are counted where the page is asked for, not once more at its `edges`. */
function entries(
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  sizes: ReadonlyMap<string, unknown>,
): number {
  const first = field.args.find(isPageSize)
  if (!first) {
    const type = isNonNullType(field.type) ? field.type.ofType : field.type
    return isListType(type) && field.name !== 'edges' ? documentLimits.entriesOfOtherLists : 1
  }
  const given = node.arguments?.find(({ name }) => name.value === 'first')?.value
  let size: unknown = first.defaultValue
  if (given?.kind === Kind.INT) size = Number(given.value)
  if (given?.kind === Kind.VARIABLE && sizes.has(given.name.value)) size = sizes.get(given.name.value)
  // A page that is out of bounds is refused when it is read.
  return typeof size === 'number' && size >= 0
    ? Math.min(size, documentLimits.pageSize)
    : documentLimits.pageSize
}

/** The variables, and what the operation says of those that were left out. */
function sizesGiven({ operation, variables }: Operation): ReadonlyMap<string, unknown> {
  const sizes = new Map<string, unknown>()
  for (const { variable, defaultValue } of operation.variableDefinitions ?? [])
    if (defaultValue?.kind === Kind.INT) sizes.set(variable.name.value, Number(defaultValue.value))
  for (const [name, value] of Object.entries(variables)) if (value !== undefined) sizes.set(name, value)
  return sizes
}
