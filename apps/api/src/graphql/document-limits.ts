import {
  Kind,
  parse,
  visit,
  type DocumentNode,
  type FragmentDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'
import { defineErrors } from '../errors.js'

export const documentLimits = {
  characters: 15_000,
  tokens: 1_000,
  depth: 8,
  /** The usual introspection query follows a type through nine wrappers. */
  introspectionDepth: 16,
  aliases: 15,
  directives: 50,
  directivesOfOneNode: 5,
  selections: 2_000,
  cost: 5_000,
  /** How many entries a list is taken to have that says nothing of pages. */
  entriesOfOtherLists: 5,
  pageSize: 100,
} as const

export const documentErrors = defineErrors({
  DOCUMENT_TOO_LONG: {
    code: 'BAD_USER_INPUT',
    message: `A document may have ${documentLimits.characters} characters and ${documentLimits.tokens} tokens. Please ask for less at once.`,
  },
  DOCUMENT_TOO_DEEP: {
    code: 'BAD_USER_INPUT',
    message: `Fields may lie ${documentLimits.depth} deep in each other. Please ask for less at once.`,
  },
  TOO_MANY_ALIASES: {
    code: 'BAD_USER_INPUT',
    message: `A document may have ${documentLimits.aliases} aliases. Please send several requests.`,
  },
  TOO_MANY_DIRECTIVES: {
    code: 'BAD_USER_INPUT',
    message: `A document may have ${documentLimits.directives} directives, and each field ${documentLimits.directivesOfOneNode}.`,
  },
  TOO_MANY_FIELDS: {
    code: 'BAD_USER_INPUT',
    message: `A document may ask for ${documentLimits.selections} fields, each fragment counted where it is used.`,
  },
  DOCUMENT_TOO_COSTLY: {
    code: 'BAD_USER_INPUT',
    message: `This may read more than ${documentLimits.cost} objects. Please ask for smaller pages, or for fewer lists in lists.`,
  },
  ONLY_ONCE_IN_A_REQUEST: {
    code: 'BAD_USER_INPUT',
    message: 'A request may try this once. Please send one request for each.',
  },
})

/** Looks at a document before anything else is done with it. Where the syntax is wrong, whoever parses it says so, with the place. */
export function refuseUnfitDocument(query: string): void {
  if (query.length > documentLimits.characters) throw documentErrors.DOCUMENT_TOO_LONG()
  let document: DocumentNode
  try {
    document = parse(query, { maxTokens: documentLimits.tokens, noLocation: true })
  } catch {
    return
  }
  refuseOversized(document)
}

/** What a document may look like, whatever the schema: looked at before it is validated, which costs more (S-87 to S-93). */
function refuseOversized(document: DocumentNode): void {
  const { aliases, directives, mostDirectives } = count(document)
  if (directives > documentLimits.directives || mostDirectives > documentLimits.directivesOfOneNode)
    throw documentErrors.TOO_MANY_DIRECTIVES()
  if (aliases > documentLimits.aliases) throw documentErrors.TOO_MANY_ALIASES()
  const fragments = new Shapes(document)
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue
    const { depth, selections } = fragments.of(definition.selectionSet)
    const allowed = fragments.isIntrospection(definition.selectionSet)
      ? documentLimits.introspectionDepth
      : documentLimits.depth
    if (depth > allowed) throw documentErrors.DOCUMENT_TOO_DEEP()
    if (selections > documentLimits.selections) throw documentErrors.TOO_MANY_FIELDS()
  }
}

function count(document: DocumentNode): { aliases: number; directives: number; mostDirectives: number } {
  const counted = { aliases: 0, directives: 0, mostDirectives: 0 }
  visit(document, {
    enter(node) {
      if (node.kind === Kind.FIELD && node.alias) counted.aliases += 1
      const own = 'directives' in node ? (node.directives?.length ?? 0) : 0
      counted.directives += own
      counted.mostDirectives = Math.max(counted.mostDirectives, own)
    },
  })
  return counted
}

interface Shape {
  depth: number
  selections: number
}

/** Depth and size as they are once every fragment stands where it is used. Each fragment is measured once, so doubling costs nothing. */
class Shapes {
  readonly #fragments: Map<string, FragmentDefinitionNode>
  readonly #known = new Map<string, Shape>()
  readonly #underWay = new Set<string>()

  constructor(document: DocumentNode) {
    this.#fragments = fragmentsOf(document)
  }

  of({ selections }: SelectionSetNode): Shape {
    const whole: Shape = { depth: 0, selections: 0 }
    for (const selection of selections) {
      let part: Shape
      if (selection.kind === Kind.FIELD) {
        const inner = selection.selectionSet ? this.of(selection.selectionSet) : { depth: 0, selections: 0 }
        part = { depth: inner.depth + 1, selections: inner.selections + 1 }
      } else if (selection.kind === Kind.INLINE_FRAGMENT) part = this.of(selection.selectionSet)
      else part = this.#ofFragment(selection.name.value)
      whole.depth = Math.max(whole.depth, part.depth)
      whole.selections += part.selections
    }
    return whole
  }

  #ofFragment(name: string): Shape {
    const known = this.#known.get(name)
    if (known) return known
    // A circle has no end; a name that nobody defined is for the validation to say.
    if (this.#underWay.has(name)) return { depth: Infinity, selections: Infinity }
    this.#underWay.add(name)
    const definition = this.#fragments.get(name)
    const shape = definition ? this.of(definition.selectionSet) : { depth: 0, selections: 0 }
    this.#underWay.delete(name)
    this.#known.set(name, shape)
    return shape
  }

  /** Only what stands at the root of the operation itself counts: a fragment could be named like anything. */
  isIntrospection({ selections }: SelectionSetNode): boolean {
    return selections.every(isMeta)
  }
}

const isMeta = (node: SelectionNode): boolean => node.kind === Kind.FIELD && node.name.value.startsWith('__')

export function fragmentsOf(document: DocumentNode): Map<string, FragmentDefinitionNode> {
  const all = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
  return new Map(all.map((definition) => [definition.name.value, definition]))
}
