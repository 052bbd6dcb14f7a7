import type { ApolloServerPlugin } from '@apollo/server'
import { GraphQLError, Kind, OperationTypeNode, visit, type DocumentNode } from 'graphql'
import type { RequestContext } from '../context.js'
import { refuseUnfitDocument } from './document-limits.js'
import { refuseCostly } from './document-cost.js'
import { DomainError, httpStatusOf } from '../errors.js'
import { startDeadline } from './graphql-deadline.js'
import { currentRequest } from '../request-source.js'

const errorsOfOneAnswer = 10
const rememberedDocuments = 1_000

/** Whoever signed in or brought a key builds on the schema; strangers read it in rehearsal only (S-95, S-96). */
export const mayReadSchema = (isOpen: boolean): boolean => {
  const source = currentRequest()
  return isOpen || source?.userId != null || source?.apiClientId != null
}

/** What Apollo does not refuse by itself: a costly operation, and a stranger's look at the schema. */
export function graphqlLimits(isOpen: boolean): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation: async ({ schema, document, operation, request }) =>
          refusedAs400(() => {
            if (!mayReadSchema(isOpen) && asksForSchema(document)) throw schemaIsNotOpen()
            if (!operation) return
            refuseCostly({ schema, document, operation, variables: request.variables ?? {} })
            // A mutation is never given up: UPS may have acted already.
            if (operation.operation === OperationTypeNode.QUERY) startDeadline()
          }),
        async willSendResponse({ response: { body } }) {
          if (body.kind === 'single' && body.singleResult.errors)
            body.singleResult.errors = body.singleResult.errors.slice(0, errorsOfOneAnswer)
        },
      }),
  }
}

/** Refuses a body whose document is unfit; what was fit once is remembered, as Apollo remembers what it has parsed. */
export function unfitDocuments(): (body: unknown) => void {
  const fit = new Set<string>()
  return (body) => {
    const { query } = (body ?? {}) as { query?: unknown }
    if (typeof query !== 'string' || fit.has(query)) return
    refuseUnfitDocument(query)
    if (fit.size >= rememberedDocuments) fit.clear()
    fit.add(query)
  }
}

const schemaIsNotOpen = (): DomainError =>
  new DomainError({
    code: 'BAD_USER_INPUT',
    reason: 'INTROSPECTION_DISABLED',
    message: 'This server describes its schema to people who have signed in, and to API clients.',
  })

function asksForSchema(document: DocumentNode): boolean {
  let asks = false
  visit(document, {
    [Kind.FIELD]: ({ name }) => {
      asks ||= name.value === '__schema' || name.value === '__type'
    },
  })
  return asks
}

function refusedAs400(check: () => void): void {
  try {
    check()
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    const extensions = { http: { status: httpStatusOf(error) } }
    throw new GraphQLError(error.message, { extensions, originalError: error })
  }
}
